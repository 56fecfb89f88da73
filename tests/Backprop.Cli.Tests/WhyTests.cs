using System.Text.Json;
using Backprop.Lessons.Networks;

namespace Backprop.Cli.Tests;

public class WhyTests
{
    private static JsonElement[] Whys(params string[] args)
    {
        var run = Run.Of(["explain", .. args, "--json"]);
        Assert.Equal("", run.Error);
        Assert.Empty(Schema.Of("explain").Errors(run.Output));
        return [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("steps").EnumerateArray().SelectMany(step => step.GetProperty("why").EnumerateArray())];
    }

    private static string Written(TemporaryFolder folder, string lesson, string from, string to)
    {
        string path = Path.Combine(folder.Path, "network.json"), text = NetworkLessons.Text(lesson);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
        return path;
    }

    [Theory]
    [InlineData("why-dense.txt", "mazur", "w5", "hidden[0,0]")]
    [InlineData("why-convolution.txt", "cnn", "conv1.weight[0,0,0,1]", "conv1[0,0,1,0]")]
    [InlineData("why-pooling.txt", "pooling", "K[0,0]", "relu1[1,1]", "conv1.input[0,0,1,2]")]
    [InlineData("why-lstm.txt", "lstm", "lstm1.recurrentWeight.f[0,0]", "lstm1.h_1[0,0]", "lstm1.i_2[0,0]")]
    public void A_gradient_is_taken_apart_as_written_down(string file, string network, params string[] entries)
    {
        string expected = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Backprop.Cli.Tests", "Explain", file)).ReplaceLineEndings("\n");
        Assert.Equal(expected, Run.Of(["explain", network, .. entries.SelectMany(entry => new[] { "--why", entry })]).Output);
    }

    /// <summary>From every weight on through all incoming gradients to the loss: each --why that is named can be asked, and every sum is the tape's number.</summary>
    [Theory]
    [InlineData("ann")]
    [InlineData("cnn")]
    [InlineData("rnn")]
    [InlineData("lstm")]
    [InlineData("mazur")]
    [InlineData("pooling")]
    public void Every_incoming_gradient_leads_on_to_the_loss(string network)
    {
        string[] weights = network switch { "mazur" => ["w1", "w8"], "lstm" => ["Wx[1,2]", "Wh[0,1]", "b1[3]"], "rnn" => ["Wx[0,1]", "Wh[1,0]"], _ => ["W1[0,0]", "W2[1,0]"] };
        var (asked, next) = (new HashSet<string>(), weights.ToHashSet());
        while (next.Count > 0)
        {
            var whys = Whys([network, .. next.SelectMany(entry => new[] { "--why", entry })]);
            asked.UnionWith(next);
            next = [];
            foreach (var why in whys)
            {
                double gradient = why.GetProperty("gradient").GetDouble(), sum = why.GetProperty("sum").GetDouble();
                var terms = why.GetProperty("terms").EnumerateArray().ToList();
                Assert.Equal(gradient, sum, 1e-12 * terms.Sum(term => Math.Abs(term.GetProperty("value").GetDouble())));
                double shares = terms.Sum(term => Math.Abs(term.GetProperty("share").GetDouble()));
                Assert.True(shares == 0 || Math.Abs(shares - 1) < 1e-12);
                foreach (var term in terms)
                {
                    Assert.Equal(term.GetProperty("value").GetDouble() == 0, term.TryGetProperty("reason", out _));
                    var factors = term.GetProperty("factors").EnumerateArray().ToList();
                    double product = factors.Aggregate(1.0, (all, factor) => all * factor.GetProperty("value").GetDouble());
                    if (factors.Count > 0) Assert.Equal(term.GetProperty("value").GetDouble(), product, 1e-14);
                    foreach (var factor in factors)
                        if (factor.TryGetProperty("why", out var path) && !asked.Contains(path.GetString()!)) next.Add(path.GetString()!);
                }
            }
        }
        Assert.Contains("loss", asked);
    }

    [Fact]
    public void The_steps_are_chosen_by_at_and_the_update_is_shown()
    {
        var whys = Whys("mazur", "--steps", "3", "--at", "2", "--at", "3", "--why", "w5");
        Assert.Equal(2, whys.Length);
        double After(JsonElement why) => why.GetProperty("update").GetProperty("after").GetDouble();
        Assert.Equal(After(whys[0]), whys[1].GetProperty("update").GetProperty("before").GetDouble());
        Assert.Equal(After(whys[0]) - 0.5 * whys[1].GetProperty("gradient").GetDouble(), After(whys[1]), 1e-15);
        string text = Run.Of("explain", "mazur", "--steps", "3", "--at", "2", "--at", "3", "--why", "w5").Output;
        Assert.Contains("STEP 2   loss ", text, StringComparison.Ordinal);
        Assert.Contains("STEP 3   loss ", text, StringComparison.Ordinal);
        Assert.Contains("   update      w5 = ", text, StringComparison.Ordinal);
    }

    /// <summary>To ask for ∂L/∂x changes none of the other numbers.</summary>
    [Fact]
    public void A_step_that_is_taken_apart_trains_as_any_other()
    {
        JsonElement Document(params string[] more) => JsonDocument.Parse(Run.Of(["explain", "cnn", "--steps", "4", "--at", "all", "--json", .. more]).Output).RootElement;
        var (plain, why) = (Document(), Document("--why", "x[1,1]"));
        foreach (string name in (string[])["losses", "finalLoss", "parameters"])
            Assert.Equal(plain.GetProperty(name).GetRawText(), why.GetProperty(name).GetRawText());
    }

    [Fact]
    public void The_penalty_is_a_term_of_its_own()
    {
        using var folder = new TemporaryFolder();
        string path = Written(folder, "mazur", "\"loss\":", "\"penalty\": { \"l2\": 0.01 }, \"loss\":");
        var terms = Whys(path, "--why", "w5")[0].GetProperty("terms").EnumerateArray().ToList();
        Assert.Equal(2, terms.Count);
        Assert.Equal("WeightPenalty", terms[1].GetProperty("operation").GetString());
        Assert.Equal(0.004, terms[1].GetProperty("value").GetDouble(), 1e-15);
        Assert.Contains("R (weight penalty)   λ = 0.01  ×  w5", Run.Of("explain", path, "--why", "w5").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Dropped_units_say_so()
    {
        using var folder = new TemporaryFolder();
        string path = Written(folder, "ann", "{ \"type\": \"tanh\" },", "{ \"type\": \"tanh\" }, { \"type\": \"dropout\", \"rate\": 0.5 },");
        string output = Run.Of(["explain", path, .. Enumerable.Range(0, 4).SelectMany(i => new[] { "--why", $"tanh1[0,{i}]" })]).Output;
        Assert.Contains("  dropped\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_form_has_the_same_terms()
    {
        string[] args = ["explain", "cnn", "--why", "K[0,1]", "--why", "b2"];
        string csv = Run.Of([.. args, "--format", "csv"]).Output;
        string[] rows = csv.TrimEnd('\n').Split('\n');
        Assert.Equal("step,entry,label,from,sample,time,local,localValue,incoming,incomingValue,term,share,reason,why", rows[0]);
        Assert.Equal(1 + 4 + 1, rows.Length);
        Assert.StartsWith("1,\"conv1.weight[0,0,0,1]\",\"K[0,1]\",\"z1[0,0]\",0,,\"x[0,1]\",2,\"δ1[0,0]\",-0.00769891", rows[1], StringComparison.Ordinal);
        string markdown = Run.Of([.. args, "--format", "markdown"]).Output;
        Assert.Contains("| z1\\[1,0\\] | x\\[1,1\\] = 1 | δ1\\[1,0\\] = 0 | 0 | ReLU closed, z1 = −0.2 | conv1\\[0,0,1,0\\] |", markdown, StringComparison.Ordinal);
        Assert.Contains("- sum −0.00256630     tape −0.00256630     difference 0\n", markdown, StringComparison.Ordinal);
        string html = Run.Of([.. args, "--format", "html"]).Output;
        Assert.Contains("<td>ReLU closed, z1 = −0.2</td>", html, StringComparison.Ordinal);
        Assert.Contains("<p class=\"numbers\">sum −0.00256630 · tape −0.00256630 · difference 0</p>", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("https?:", html);
    }

    [Fact]
    public void Names_cannot_leave_the_page()
    {
        using var folder = new TemporaryFolder();
        string path = Written(folder, "cnn", "K[0,1]", "<b>&|x");
        Assert.Contains("= &lt;b&gt;&amp;|x</caption>", Run.Of("explain", path, "--why", "<b>&|x", "--format", "html").Output, StringComparison.Ordinal);
        Assert.Contains("= \\<b>&\\|x\n", Run.Of("explain", path, "--why", "<b>&|x", "--format", "markdown").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--why: there is no 'conv1.wieght'; did you mean conv1.weight?", "--why", "conv1.wieght[0,0,0,1]")]
    [InlineData("--why: there is no 'weights'; there are x, conv1, relu1, flatten1, output, sigmoid1, loss, conv1.weight, conv1.bias, output.weight, output.bias; textbook's names are K[0,0], K[0,1], K[1,0], K[1,1]", "--why", "weights")]
    [InlineData("--why: a name is needed, like hidden.weight[0,1]; none came", "--why", "")]
    [InlineData("--why: 'conv1.weight[0,0,0,1' has no closing bracket; conv1.weight[0,0,0,1] may be meant", "--why", "conv1.weight[0,0,0,1")]
    [InlineData("--why: 'conv1.weight' has 4 entries; say which: indices go from [0,0,0,0] to [0,0,1,1]", "--why", "conv1.weight")]
    [InlineData("--why: 'conv1.weight[0,0,0,2]' lies outside the shape [1, 1, 2, 2]: indices go from [0,0,0,0] to [0,0,1,1]", "--why", "conv1.weight[0,0,0,2]")]
    [InlineData("--why: 'y' has no gradient: the tape computes none for this input", "--why", "y")]
    [InlineData("--only and --why contradict each other; leave one out", "--why", "K[0,1]", "--only", "conv1")]
    public void What_cannot_be_taken_apart_is_refused_in_one_line(string message, params string[] args) =>
        Assert.Equal($"backprop: {message}", Run.Of(["explain", "cnn", .. args]).Refusal);

    [Fact]
    public void A_bias_that_is_not_trained_has_no_gradient() =>
        Assert.Equal("backprop: --why: 'hidden.bias' has no gradient: it is not trained", Run.Of("explain", "mazur", "--why", "hidden.bias[1]").Refusal);

    [Fact]
    public void What_lies_behind_a_zero_is_called_by_its_symbol_and_every_sample_is_said()
    {
        string text = WhyOf(
            """
            { "format": "backprop-network/1", "name": "g", "seed": 2, "input": [3, 2], "layers": [{ "type": "gru", "units": 2 }, { "type": "linear", "units": 1 }],
              "loss": "mean_squared_error", "optimizer": { "type": "sgd", "learningRate": 0.1 },
              "data": { "inputs": [[[1, 2], [0.5, -1], [0, 1]], [[0.3, 0.1], [1, 1], [-1, 0]]], "targets": [[1], [0]] } }
            """, "gru1.bias[0]", "gru1.recurrentWeight[1,3]").Output;
        // The reset gate does nothing at t = 1: what it lets through is h_0·Wh. No input is 0.
        Assert.Matches(@"\n   sample 1  t = 1  .*  \S+\[1,0\] is 0\n", text);
        Assert.Matches(@"\n   sample 1  t = 1  .* h_0\[1,1\] .*  h_0 is 0\n", text);
        Assert.DoesNotContain("input is 0", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_no_window_reads_says_so()
    {
        string text = WhyOf(
            """
            { "format": "backprop-network/1", "name": "c", "input": [1, 3, 2],
              "layers": [{ "type": "conv2d", "filters": 1, "kernel": 1, "weight": [[[[1]]]] }, { "type": "relu" }, { "type": "max_pool2d", "kernel": 2 },
                { "type": "flatten" }, { "type": "linear", "units": 1 }],
              "loss": "mean_squared_error", "optimizer": { "type": "sgd", "learningRate": 0.1 }, "data": { "inputs": [[[[1, 2], [3, 4], [5, 6]]]], "targets": [[1]] } }
            """, "conv2d1.bias[0]").Output;
        Assert.Equal(2, text.Split('\n').Count(line => line.Contains("  no pooling window of ", StringComparison.Ordinal)));
        Assert.Contains(" reads a1[2,1]\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_have_no_gradient() =>
        Assert.Equal(
            "backprop: --why: 'x' has no gradient: its numbers say which rows are taken, and nothing is computed with them",
            WhyOf(
                """
                { "format": "backprop-network/1", "name": "e", "input": [3], "layers": [{ "type": "embedding", "vocabulary": 4, "units": 2 }, { "type": "flatten" }, { "type": "linear", "units": 3 }],
                  "loss": "softmax_cross_entropy", "optimizer": { "type": "sgd", "learningRate": 0.1 }, "data": { "inputs": [[1, 2, 1], [0, 3, 2]], "targets": [2, 0] } }
                """, "embedding1.input[0,0]").Refusal);

    [Fact]
    public void A_textbook_s_name_that_there_is_not_is_answered_by_those_that_there_are() =>
        Assert.EndsWith("; textbook's names are w1, w2, w3, w4, w5, w6, w7, w8", Run.Of("explain", "mazur", "--why", "w9").Refusal, StringComparison.Ordinal);

    private static Run WhyOf(string network, params string[] entries)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "network.json");
        File.WriteAllText(path, network);
        return Run.Of(["explain", path, .. entries.SelectMany(entry => new[] { "--why", entry })]);
    }
}
