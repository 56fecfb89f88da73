using System.Globalization;
using System.Text;
using System.Text.Json;
using Backprop.Checking;
using Backprop.Cli.Check;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Cli.Tests;

public class CheckTests
{
    public static TheoryData<string> Lessons => [.. Backprop.Lessons.Networks.NetworkLessons.Names];

    [Theory, MemberData(nameof(Lessons))]
    public void Every_lesson_is_right(string name)
    {
        var run = Run.Of("check", name);
        Assert.Equal(0, run.Code);
        Assert.Contains("Every gradient is right: ", run.Output, StringComparison.Ordinal);
        Assert.Equal("right", Document(name).GetProperty("verdict").GetString());
    }

    [Fact]
    public void A_table_has_a_row_per_parameter()
    {
        var run = Run.Of("check", "mazur");
        string[] lines = run.Output.Split('\n');
        Assert.Equal("parameter      shape   checked  relative error  verdict", lines[0]);
        Assert.Matches(@"^hidden\.weight  \[2, 2\]    all 4          \d\.\de-\d+  right$", lines[1]);
        Assert.Matches(@"^output\.weight  \[2, 2\]    all 4         \d\.\de-\d+  right$", lines[2]);
        Assert.StartsWith("Every gradient is right: 8 entries compared with finite differences, worst relative error ", lines[4], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{ "type": "linear", "units": 3 }, { "type": "dropout", "rate": 0.5 }, { "type": "linear", "units": 1 }]""")]
    [InlineData("""[{ "type": "linear", "units": 3 }, { "type": "batch_norm1d" }, { "type": "softplus" }, { "type": "linear", "units": 1 }]""")]
    [InlineData("""[{ "type": "linear", "units": 3 }, { "type": "layer_norm", "axes": 1 }, { "type": "gelu" }, { "type": "linear", "units": 1 }]""")]
    public void Networks_of_other_layers_are_right(string layers) => Assert.Equal("right", Of(layers).GetProperty("verdict").GetString());

    [Fact]
    public void Units_that_are_dead_are_remarked()
    {
        var document = Of("""[{ "type": "linear", "units": 2, "weight": [[1, -1], [1, -1]], "bias": [0.5, -9] }, { "type": "relu" }, { "type": "linear", "units": 1 }]""");
        Assert.Equal("right", document.GetProperty("verdict").GetString());
        Assert.StartsWith("relu1: 1 of 2 units are 0 for every sample here", document.GetProperty("remarks")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_kink_cannot_be_told()
    {
        using var folder = new TemporaryFolder();
        string file = Write(folder, """[{ "type": "linear", "units": 1, "weight": [[1], [1]], "bias": [0] }, { "type": "relu" }]""", "[[1, -1]]", "[[1]]");
        var run = Run.Of("check", file);
        Assert.Equal(0, run.Code);
        Assert.Contains("cannot tell", run.Output, StringComparison.Ordinal);
        Assert.Contains("a kink lies within the step", run.Output, StringComparison.Ordinal);
        Assert.Contains("No gradient is wrong; of some the differences cannot tell.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_the_gradient_of_the_loss()
    {
        foreach (var parameter in Document("mazur").GetProperty("parameters").EnumerateArray())
        {
            var worst = parameter.GetProperty("worst");
            string entry = worst.GetProperty("entry").GetString()!;
            Assert.StartsWith(parameter.GetProperty("parameter").GetString() + "[", entry, StringComparison.Ordinal);
            double gradient = Mazur[entry];
            Assert.Equal(gradient, worst.GetProperty("gradient").GetDouble(), 1e-7);
            Assert.Equal(gradient, worst.GetProperty("differences").GetDouble(), 1e-7);
        }
    }

    /// <summary>Mazur's example by hand: ∂L/∂w1 … ∂L/∂w8.</summary>
    private static readonly Dictionary<string, double> Mazur = new()
    {
        ["hidden.weight[0,0]"] = 0.0004385677,
        ["hidden.weight[0,1]"] = 0.0004977127,
        ["hidden.weight[1,0]"] = 0.0008771355,
        ["hidden.weight[1,1]"] = 0.0009954255,
        ["output.weight[0,0]"] = 0.0821670,
        ["output.weight[0,1]"] = -0.0226025,
        ["output.weight[1,0]"] = 0.0826676,
        ["output.weight[1,1]"] = -0.0227402,
    };

    [Fact]
    public void Numbers_that_are_not_finite_cannot_be_told()
    {
        using var folder = new TemporaryFolder();
        string file = Write(folder, """[{ "type": "linear", "units": 1, "weight": [[1e308], [1e308]] }]""", "[[100, 100]]", "[[1]]");
        var run = Run.Of("check", file);
        Assert.Equal(0, run.Code);
        Assert.Contains("–  cannot tell", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("right", run.Output, StringComparison.Ordinal);
        Assert.Equal("cannot tell", Document(file).GetProperty("verdict").GetString());
    }

    [Fact]
    public void A_network_that_trains_nothing_has_nothing_to_check()
    {
        using var folder = new TemporaryFolder();
        string file = Write(folder, """[{ "type": "tanh" }]""", "[[1, -1]]", "[[1, 1]]");
        Assert.Equal($"backprop: {file}: nothing in this network is trained, so there is no gradient to check", Run.Of("check", file).Refusal);
    }

    [Fact]
    public void A_wrong_diagnosis_is_written_with_its_causes()
    {
        var w = new Parameter<double>([2, 2], [1, 2, 3, 4], "w");
        using var tape = Tape<double>.Record([w]);
        var loss = w.Square().Sum();
        var diagnosis = Doctor.Examine(tape, loss, new Dictionary<string, double[]> { ["w"] = [-2, -4, -6, -8] });
        string text = CheckText.Of(diagnosis);
        Assert.Contains("w          [2, 2]    all 4          2.0e+0  wrong\n", text, StringComparison.Ordinal);
        Assert.Contains("\nA gradient is wrong.\nThe gradient of w is wrong.\n", text, StringComparison.Ordinal);
        Assert.Contains(": The contribution of Sum to ∂L/∂square has the other sign.\n  right: ∂L/∂square = 1 for each element\n", text, StringComparison.Ordinal);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("format", "backprop-check/1");
            json.WriteString("name", "w");
            CheckJson.Write(json, diagnosis);
            json.WriteEndObject();
        }
        string document = Encoding.UTF8.GetString(stream.ToArray());
        Assert.Empty(Schema.Of("check").Errors(document));
        Assert.Equal("sign-flipped", JsonDocument.Parse(document).RootElement.GetProperty("findings")[0].GetProperty("causes")[0].GetProperty("kind").GetString());
    }

    [Fact]
    public void Bad_input_is_refused_in_one_line()
    {
        Assert.Equal("backprop: mazer: there is no such file; did you mean mazur?", Run.Of("check", "mazer").Refusal);
        Assert.StartsWith("backprop: NETWORK is missing", Run.Of("check").Refusal, StringComparison.Ordinal);
    }

    private static JsonElement Of(string layers)
    {
        using var folder = new TemporaryFolder();
        return Document(Write(folder, layers, "[[1, 0.2], [0.4, 1.1], [0.3, -0.7]]", "[[1], [0], [0.5]]"));
    }

    private static string Write(TemporaryFolder folder, string layers, string inputs, string targets)
    {
        string file = folder["network.json"];
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $$"""
            { "format": "backprop-network/1", "input": [2], "layers": {{layers}}, "loss": "mean_squared_error",
              "optimizer": { "type": "sgd", "learningRate": 0.1 }, "data": { "inputs": {{inputs}}, "targets": {{targets}} } }
            """));
        return file;
    }

    private static JsonElement Document(string network)
    {
        var run = Run.Of("check", network, "--json");
        Assert.Equal(0, run.Code);
        Assert.Empty(Schema.Of("check").Errors(run.Output));
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
