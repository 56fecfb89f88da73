using System.Text.Json.Nodes;
using Backprop.Saving;

namespace Backprop.Cli.Tests;

public sealed class ImportTests : IDisposable
{
    private const string Network = """
        { "format": "backprop-network/1", "input": [1, 2, 2], "loss": "softmax_cross_entropy",
          "layers": [{ "type": "flatten" }, { "type": "linear", "units": 3 }, { "type": "relu" }, { "type": "linear", "units": 2 }] }
        """;

    private readonly TemporaryFolder folder = new();

    public ImportTests()
    {
        File.WriteAllText(folder["net.json"], Network);
        var content = new Safetensors();
        content.Add("body.bias", Nn<float>.Tensor([3], 1, 2, 3));
        content.Add("body.weight", Nn<float>.Tensor([3, 4], [.. Enumerable.Range(0, 12).Select(i => i / 10f)]));
        content.Add("head.bias", Nn<float>.Tensor([2], 5, 6));
        content.Add("head.weight", Nn<float>.Tensor([2, 3], 1, 2, 3, 4, 5, 6));
        content.Save(folder["theirs.safetensors"]);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_a_place_to_save_the_table_is_all()
    {
        var run = Run.Of("import", folder["theirs.safetensors"], "--model", folder["net.json"]);
        Assert.Equal((0, "weights: 4 arrays with PyTorch's names and axes for 23 numbers\nnothing was written; --save FILE takes them\n"), (run.Code, run.Error));
        Assert.Equal(
            """
            theirs       shape   ours            shape   how
            body.weight  [3, 4]  linear1.weight  [4, 3]  turned
            body.bias    [3]     linear1.bias    [3]     as it is
            head.weight  [2, 3]  linear2.weight  [3, 2]  turned
            head.bias    [2]     linear2.bias    [2]     as it is

            """.ReplaceLineEndings("\n"), run.Output);
    }

    [Fact]
    public void A_model_is_written_that_predicts()
    {
        var run = Run.Of(
            "import", folder["theirs.safetensors"], "--model", folder["net.json"], "--classes", "no,yes", "--mean", "1", "--deviation", "255", "--save", folder["model.safetensors"], "--json");
        Assert.Equal(0, run.Code);
        Assert.Empty(Schema.Of("import").Errors(run.Output));
        Assert.Equal("pytorch", (string?)JsonNode.Parse(run.Output)!["from"]);
        var model = SavedModel<float>.Load(folder["model.safetensors"]);
        Assert.Equal(["no", "yes"], model.ClassNames);
        Assert.Equal(("classification", "softmax_cross_entropy"), (model.Task, model.Loss));
        Assert.Equal([0f, 0.4f, 0.8f, 0.1f], model.Model.Parameters["linear1.weight"].Values[..4].ToArray());
        Assert.Equal("standardizer", Assert.Single(model.InputTransforms).Type);
    }

    [Theory]
    [InlineData("[2]")]
    [InlineData("[2, 1]")]
    public void An_imported_model_predicts_arrays(string input)
    {
        string layers = input == "[2]" ? "" : """{ "type": "rnn", "units": 2, "returnSequences": false }, """;
        File.WriteAllText(folder["flat.json"], $$"""{ "format": "backprop-network/1", "input": {{input}}, "loss": "mean_squared_error", "layers": [{{layers}}{ "type": "linear", "units": 1 }] }""");
        var plan = NetworkPlan<float>.Parse(File.ReadAllText(folder["flat.json"]), "flat.json");
        new SavedModel<float>(plan.Model, plan.Input).SaveNpz(folder["ours.npz"]);
        Assert.Equal(0, Run.Of("import", folder["ours.npz"], "--model", folder["flat.json"], "--save", folder["flat.safetensors"]).Code);
        int[] shape = input == "[2]" ? [2, 2] : [2, 2, 1];
        var samples = Nn<float>.Tensor([.. shape], 1, 2, 3, 4);
        var run = Run.Of("predict", folder["flat.safetensors"], folder.Write("x.npy", Backprop.Tests.NumPyFiles.Fractions(shape, 1, 2, 3, 4)));
        Assert.Equal((0, "data: 2 samples\n"), (run.Code, run.Error));
        var right = SavedModel<float>.Load(folder["flat.safetensors"]).Model.Forward(samples).Values.ToArray();
        Assert.Equal(right, run.Output.Split('\n')[1..3].Select(line => float.Parse(line.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Into_a_trained_model_come_the_weights_alone()
    {
        Assert.Equal(0, Run.Of("train", Flowers.Write(folder), "--target", "kind", "--epochs", "2", "--save", folder["flowers.safetensors"]).Code);
        Assert.Equal(0, Run.Of("export", folder["flowers.safetensors"], "--format", "safetensors").Code);
        Assert.Equal(0, Run.Of("import", folder["flowers.pytorch.safetensors"], "--model", folder["flowers.safetensors"], "--save", folder["again.safetensors"]).Code);
        Assert.Equal(File.ReadAllBytes(folder["flowers.safetensors"]), File.ReadAllBytes(folder["again.safetensors"]));
        Assert.Contains(
            "which has its own", Run.Of("import", folder["flowers.pytorch.safetensors"], "--model", folder["flowers.safetensors"], "--classes", "a,b").Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Imported_weights_are_not_said_to_be_those_that_training_gave()
    {
        string data = Flowers.Write(folder), model = folder["flowers.safetensors"];
        Assert.Equal(0, Run.Of("train", data, "--target", "kind", "--epochs", "2", "--save", model).Code);
        Assert.Equal(0, Run.Of("train", data, "--target", "kind", "--epochs", "3", "--save", folder["longer.safetensors"]).Code);
        Assert.Equal(0, Run.Of("import", folder["longer.safetensors"], "--model", model, "--save", folder["mixed.safetensors"]).Code);
        Assert.Contains("does not say what trained it", Run.Of("evaluate", folder["mixed.safetensors"]).Refusal, StringComparison.Ordinal);
        Assert.Contains("60 samples", Run.Of("evaluate", folder["mixed.safetensors"], data).Output, StringComparison.Ordinal);
        Assert.Equal(0, Run.Of("report", folder["mixed.safetensors"]).Code);
        Assert.DoesNotContain("to the last bit", File.ReadAllText(folder["mixed.html"]), StringComparison.Ordinal);
        Assert.Equal(0, Run.Of("report", model).Code);
        Assert.Contains("to the last bit", File.ReadAllText(folder["flowers.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mapping_says_which_is_which()
    {
        File.WriteAllText(folder["map.json"], """{ "body": "linear1", "head": "linear2" }""");
        string[] words = ["import", folder["theirs.safetensors"], "--model", folder["net.json"], "--map", folder["map.json"]];
        Assert.Equal(0, Run.Of(words).Code);
        File.WriteAllText(folder["map.json"], """{ "body": "linear2" }""");
        Assert.Contains("body has weight [3, 4]; [2, 3] is needed, which becomes [3, 2] (turned), for linear2", Run.Of(words).Refusal, StringComparison.Ordinal);
        File.WriteAllText(folder["map.json"], "[]");
        Assert.Contains("a mapping is an object of names", Run.Of(words).Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no such file", "nowhere.npz")]
    [InlineData("--classes: 3 names came; the network has 2 outputs, each needs one", "theirs.safetensors", "--classes", "a,b,c")]
    [InlineData("came twice", "theirs.safetensors", "--classes", "a,a")]
    [InlineData("2 and 3 numbers came", "theirs.safetensors", "--mean", "1,2", "--deviation", "1,2,3")]
    [InlineData("one is needed, or 2", "theirs.safetensors", "--mean", "1,2,3")]
    [InlineData("not above 0", "theirs.safetensors", "--deviation", "0")]
    [InlineData("did you mean pytorch?", "theirs.safetensors", "--from", "pytorhc")]
    [InlineData("without a place in the network: body.bias [3], body.weight [3, 4], head.bias", "theirs.safetensors", "--from", "backprop")]
    [InlineData("neither a safetensors file nor a NumPy archive", "net.json")]
    public void What_cannot_be_taken_is_refused_in_one_line(string said, string weights, params string[] options)
    {
        var run = Run.Of(["import", folder[weights], "--model", folder["net.json"], "--save", folder["model.safetensors"], .. options]);
        Assert.Contains(said, run.Refusal, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["model.safetensors"]));
    }

    [Fact]
    public void An_existing_model_is_replaced_only_by_force()
    {
        string[] words = ["import", folder["theirs.safetensors"], "--model", folder["net.json"], "--save", folder.Write("model.safetensors", 1)];
        Assert.Contains("--force replaces it", Run.Of(words).Refusal, StringComparison.Ordinal);
        Assert.Equal(0, Run.Of([.. words, "--force"]).Code);
        Assert.Equal(["0", "1"], SavedModel<float>.Load(folder["model.safetensors"]).ClassNames);
    }
}
