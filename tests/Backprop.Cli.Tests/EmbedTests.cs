using System.Globalization;
using System.Text.Json.Nodes;
using Backprop.Layers;

namespace Backprop.Cli.Tests;

public sealed class EmbedTests : IDisposable
{
    private const int Towns = 120;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>A rent that depends on the town, of which there are more than one-hot inputs are made for, and on the size of the flat.</summary>
    private string Rents() => Flowers.Write(folder, "rents.csv", "size,town name,rent\n" + string.Concat(Enumerable.Range(0, 8 * Towns).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"{i % 11},t{i % Towns},{10 + i % 11 + 20 * Math.Sin(i % Towns)}\n"))));

    private Run Train(params string[] options) => Run.Of(["train", Rents(), "--target", "rent", "--save", folder["m"], "--force", .. options]);

    [Fact]
    public void Too_many_texts_become_learnable_by_their_vectors()
    {
        Assert.Equal(
            $"backprop: {folder["rents.csv"]}: column 'town name' holds {Towns} different texts in 768 rows, at most 100 can be inputs of their own; " +
            "--embed town name learns a vector for each, --ignore town name leaves the column out",
            Train().Refusal);
        var run = Train("--embed", "town name=4", "--epochs", "40", "--json");
        Assert.Contains($"\ncolumn 'town name': {Towns} values, each a learnt vector of 4 numbers\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("\ninputs: 2, from 2 columns; ", run.Error, StringComparison.Ordinal);
        // The deviation of the target is 14.5.
        Assert.InRange((double)JsonNode.Parse(run.Output)!["testRmse"]!, 0, 4);
    }

    [Fact]
    public void The_vectors_are_called_by_their_column_and_that_of_no_value_stays_0()
    {
        Train("--embed", "town name=4", "--epochs", "2");
        var model = Saving.SavedModel<float>.Load(folder["m"]);
        var weight = model.Model.Parameters["embedding.town_name.weight"];
        Assert.Equal([Towns + 1, 4], weight.Shape);
        Assert.Equal(new float[4], weight.Values[..4].ToArray());
        Assert.DoesNotContain(0f, weight.Values[4..].ToArray());
        Assert.Equal([1], ((EmbeddedColumns<float>)((Sequential<float>)model.Model).Layers[0]).Columns);
        Assert.Equal("[0,1]", JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(model.InputTransforms[0].Fitted[0].Values.Skip(1).Concat(model.InputTransforms[0].Fitted[1].Values.Skip(1))))!.ToJsonString());
    }

    [Theory]
    [InlineData("standard")]
    [InlineData("min-max")]
    [InlineData("none")]
    public void Tokens_are_not_scaled(string scale)
    {
        Assert.Equal(0, Train("--embed", "town name", "--epochs", "1", "--scale", scale).Code);
        Assert.Equal(0, Run.Of("predict", folder["m"], folder["rents.csv"]).Code);
    }

    [Fact]
    public void A_town_that_did_not_train_is_refused_unless_it_may_be_ignored()
    {
        Train("--embed", "town name=4", "--epochs", "2");
        string later = Flowers.Write(folder, "later.csv", "size,town name\n3,Atlantis\n3,t1\n3,Eldorado\n");
        Assert.StartsWith($"backprop: {later}, row 2: 'Atlantis' in column 'town name'; one of t0, t1, t10, ", Run.Of("predict", folder["m"], later).Refusal, StringComparison.Ordinal);
        var run = Run.Of("predict", folder["m"], later, "--unknown", "ignore");
        Assert.StartsWith("unknown: 2 texts that did not train, read as none of the values: Atlantis in 'town name', Eldorado in 'town name'\n", run.Error, StringComparison.Ordinal);
        string[] said = [.. run.Output.Split('\n')[1..4].Select(line => line.Split(',')[1])];
        Assert.Equal(said[0], said[2]);
        Assert.NotEqual(said[0], said[1]);
    }

    [Fact]
    public void A_text_of_the_test_part_alone_is_none_of_the_values_unless_it_is_refused()
    {
        // Each name stands in one row, so those of the test part are not in the training part.
        string file = Flowers.Write(folder, "names.csv", "name,x,t\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"n{i},{i},{i}.5\n")));
        var run = Run.Of("train", file, "--target", "t", "--epochs", "1");
        Assert.Equal(0, run.Code);
        Assert.Contains("\nunknown: 6 texts of the test part that did not train, read as none of the values: n", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("is needed, as in training; --unknown ignore takes it for none of them", Run.Of("train", file, "--target", "t", "--unknown", "refuse").Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_with_vectors_is_exported_and_gives_the_same()
    {
        Train("--embed", "town name=4", "--epochs", "2");
        Assert.Equal(0, Run.Of("export", folder["m"], "--format", "onnx", "--output", folder["m.onnx"]).Code);
        Assert.True(new FileInfo(folder["m.onnx"]).Length > 0);
    }
}
