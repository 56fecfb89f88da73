using System.Text.Json;
using Backprop.Lessons.Networks;

namespace Backprop.Cli.Tests;

public class ThroughTimeTests
{
    private const string Both = """
        { "format": "backprop-network/1", "name": "both", "seed": 3, "input": [4, 2],
          "layers": [
            { "type": "bidirectional", "name": "both", "forward": { "type": "rnn", "units": 2, "returnSequences": true, "truncate": 3 },
              "backward": { "type": "lstm", "units": 2, "returnSequences": true, "layers": 2 } },
            { "type": "gru", "units": 2, "unrolled": false }, { "type": "linear", "units": 1 } ],
          "loss": "mean_squared_error", "penalty": { "l2": 0.01 }, "optimizer": { "type": "sgd", "learningRate": 0.1 },
          "data": { "inputs": [[[1, 0], [0, 1], [1, 1], [0, 0.5]], [[0, 0], [0, 1], [1, 1], [1, 0.5]]], "targets": [[1], [0]] } }
        """;

    private static JsonElement Step(params string[] args)
    {
        var run = Run.Of(["explain", .. args, "--json"]);
        Assert.Equal(0, run.Code);
        Assert.Empty(Schema.Of("explain").Errors(run.Output));
        return JsonDocument.Parse(run.Output).RootElement.GetProperty("steps")[0];
    }

    private static double[] Numbers(JsonElement value) => value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().SelectMany(Numbers)] : [value.GetDouble()];

    private static string Write(TemporaryFolder folder, string json)
    {
        string path = Path.Combine(folder.Path, "network.json");
        File.WriteAllText(path, json);
        return path;
    }

    [Fact]
    public void The_recurrent_lesson_is_looked_at_through_time_as_written_down()
    {
        string text = Run.Of("explain", "rnn").Output;
        int start = text.IndexOf("THROUGH TIME", StringComparison.Ordinal), end = text.IndexOf(" update ", StringComparison.Ordinal);
        Assert.True(text.IndexOf(" backward ", StringComparison.Ordinal) < start);
        Assert.Equal(
            File.ReadAllText(Path.Combine(Repository.Root, "tests", "Backprop.Cli.Tests", "Explain", "rnn-through-time.txt")).ReplaceLineEndings("\n"), text[start..end].TrimEnd('\n') + "\n");
    }

    [Fact]
    public void States_and_weights_are_those_of_the_backward_pass()
    {
        foreach (string name in (string[])["rnn", "lstm"])
        {
            var step = Step(name);
            var network = Assert.Single(step.GetProperty("throughTime").GetProperty("networks").EnumerateArray());
            var states = network.GetProperty("states").EnumerateArray().Concat(network.TryGetProperty("cells", out var cells) ? cells.EnumerateArray() : []).ToArray();
            Assert.Equal(name == "rnn" ? 3 : 4, states.Length);
            foreach (var state in states)
            {
                string symbol = $"∂L/∂{state.GetProperty("symbol").GetString()}";
                var gradient = step.GetProperty("backward").EnumerateArray().Single(entry => entry.GetProperty("symbol").GetString() == symbol).GetProperty("gradient");
                Assert.Equal(Numbers(gradient), Numbers(state.GetProperty("total")));
            }
            foreach (var weight in network.GetProperty("weights").EnumerateArray())
            {
                var update = step.GetProperty("update").EnumerateArray().Single(entry => entry.GetProperty("parameter").GetString() == weight.GetProperty("parameter").GetString());
                Assert.Equal(Numbers(update.GetProperty("gradient")), Numbers(weight.GetProperty("gradient")));
            }
        }
    }

    [Fact]
    public void A_step_is_the_same_beside_a_look_through_time()
    {
        using var folder = new TemporaryFolder();
        string network = NetworkLessons.Text("rnn").Replace("{ \"type\": \"linear\"", "{ \"type\": \"dropout\", \"rate\": 0.5, \"seed\": 5 }, { \"type\": \"linear\"", StringComparison.Ordinal);
        string path = Write(folder, network);
        // Only shown steps are looked at; both go on to the same weights, mask for mask.
        var all = Run.Of("explain", path, "--steps", "4", "--at", "all", "--json");
        var last = Run.Of("explain", path, "--steps", "4", "--at", "4", "--json");
        Assert.Equal(0, all.Code);
        Assert.Equal(
            JsonDocument.Parse(last.Output).RootElement.GetProperty("parameters").GetRawText(), JsonDocument.Parse(all.Output).RootElement.GetProperty("parameters").GetRawText());
        Assert.Equal(
            JsonDocument.Parse(last.Output).RootElement.GetProperty("steps")[0].GetRawText(), JsonDocument.Parse(all.Output).RootElement.GetProperty("steps")[3].GetRawText());
    }

    [Fact]
    public void Directions_layers_and_networks_that_train_in_one_piece_are_shown()
    {
        using var folder = new TemporaryFolder();
        string path = Write(folder, Both);
        var time = Step(path).GetProperty("throughTime");
        Assert.Equal((3, 3), (time.GetProperty("truncate").GetInt32(), time.GetProperty("cutInTraining").GetInt32()));
        Assert.Equal(
            [("both.forward", false), ("both.backward.layer1", true), ("both.backward.layer2", true), ("gru1", false)],
            time.GetProperty("networks").EnumerateArray().Select(network => (network.GetProperty("layer").GetString()!, network.GetProperty("readsFromEnd").GetBoolean())));
        foreach (var weight in time.GetProperty("networks").EnumerateArray().SelectMany(network => network.GetProperty("weights").EnumerateArray()))
        {
            bool isBias = weight.GetProperty("parameter").GetString()!.EndsWith("ias", StringComparison.Ordinal);
            Assert.Equal(!isBias, weight.TryGetProperty("elsewhere", out var elsewhere));
            double sum = weight.GetProperty("shares").EnumerateArray().Sum(share => share.GetProperty("share").GetDouble());
            Assert.Equal(1, sum + (isBias ? 0 : elsewhere.GetProperty("share").GetDouble()), 1e-12);
        }
        string text = Run.Of("explain", path).Output;
        Assert.Contains(
            "\nTraining cuts gradients after 3 time steps; the whole ones here are recorded\nwithout any cut. The update uses those under \"cut after 3\".\n", text, StringComparison.Ordinal);
        Assert.Contains("\n  Without the cut of training, neither vanishing nor exploding: ", text, StringComparison.Ordinal);
        Assert.Contains(
            "The update uses neither column: --truncate chose another cut.",
            Run.Of("explain", path, "--truncate", "2").Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("\nTHROUGH TIME   both.backward.layer2, 4 time steps, from the end: t = 1 is the last\n", text, StringComparison.Ordinal);
        Assert.Equal(["gru1"], Step(path, "--only", "gru1").GetProperty("throughTime").GetProperty("networks").EnumerateArray().Select(network => network.GetProperty("layer").GetString()));
        Assert.False(Step(path, "--only", "linear1").TryGetProperty("throughTime", out _));
    }

    [Fact]
    public void The_cut_can_be_chosen()
    {
        Assert.Equal(2, Step("rnn").GetProperty("throughTime").GetProperty("truncate").GetInt32());
        var weights = Step("rnn", "--truncate", "1").GetProperty("throughTime").GetProperty("networks")[0].GetProperty("weights");
        foreach (var weight in weights.EnumerateArray())
            Assert.Equal(
                Numbers(weight.GetProperty("lastTimeStepOnly").GetProperty("gradient")), Numbers(weight.GetProperty("truncated").GetProperty("gradient")));
        Assert.Contains(" cut after 1 ", Run.Of("explain", "rnn", "--truncate", "1").Output, StringComparison.Ordinal);
        Assert.Equal("--truncate: the network has no recurrent layer, so nothing flows back through time", Run.Of("explain", "cnn", "--truncate", "1").Refusal["backprop: ".Length..]);
        Assert.Equal(
            "--truncate: a cut after 3 cuts nothing of 3 time steps; a whole number from 1 to 2 is needed", Run.Of("explain", "rnn", "--truncate", "3").Refusal["backprop: ".Length..]);
        Assert.Equal("--truncate: '0' came; a whole number from 1 on is needed", Run.Of("explain", "rnn", "--truncate", "0").Refusal["backprop: ".Length..]);
    }

    [Fact]
    public void A_network_that_is_not_recurrent_says_nothing_of_time()
    {
        foreach (string format in (string[])["text", "markdown", "html", "csv"])
            Assert.DoesNotMatch("(?i)through.time", Run.Of("explain", "mazur", "--format", format).Output);
        Assert.False(Step("mazur").TryGetProperty("throughTime", out _));
    }

    [Fact]
    public void Every_form_has_it()
    {
        string csv = Run.Of("explain", "rnn", "--format", "csv").Output;
        Assert.Contains("\n1,through-time,∂L/∂h_1 from t + 1,rnn1,\"[0,0]\",-0.0598", csv, StringComparison.Ordinal);
        Assert.Contains("\n1,through-time,norm of ∂L/∂h_3,rnn1,,0.3077", csv, StringComparison.Ordinal);
        Assert.Contains("\n1,through-time,share of ∂L/∂Wh of t = 3,rnn1.recurrentWeight,,0.62", csv, StringComparison.Ordinal);
        Assert.Contains("\n1,through-time,wrong signs of ∂L/∂Wh of the last time step only,rnn1.recurrentWeight,,1\n", csv, StringComparison.Ordinal);
        string markdown = Run.Of("explain", "rnn", "--format", "markdown").Output;
        Assert.Contains("### Through time: rnn1, 3 time steps\n\n", markdown, StringComparison.Ordinal);
        Assert.Contains("| h\\_2\\[0,0\\] | −0.100562 | 0 | −0.100562 |\n", markdown, StringComparison.Ordinal);
        Assert.Contains("\nNeither vanishing nor exploding: one time step back multiplies", markdown, StringComparison.Ordinal);
        string html = Run.Of("explain", "rnn", "--format", "html").Output;
        Assert.Contains("<h3>Through time: rnn1, 3 time steps</h3>", html, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">h_2[0,0]</th><td>−0.100562</td><td>0</td><td>−0.100562</td>", html, StringComparison.Ordinal);
        Assert.Contains("<strong>Neither vanishing nor exploding: one time step back multiplies", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_much_to_sum_is_left_out_and_said()
    {
        using var folder = new TemporaryFolder();
        string path = Write(folder, $$"""
            { "format": "backprop-network/1", "name": "long", "input": [100, 1],
              "layers": [{ "type": "lstm", "name": "long", "units": 120 }, { "type": "linear", "units": 1 }],
              "loss": "mean_squared_error", "optimizer": { "type": "sgd", "learningRate": 0.1 },
              "data": { "inputs": [[{{string.Join(',', Enumerable.Repeat("[1]", 100))}}]], "targets": [[1]] } }
            """);
        var run = Run.Of("explain", path, "--only", "linear1");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("the way back through time is left out: it sums 5,856,000 products", Run.Of("explain", path).Error, StringComparison.Ordinal);
    }
}
