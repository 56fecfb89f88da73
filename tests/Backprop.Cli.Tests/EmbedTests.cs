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
    public void A_network_file_may_bring_its_own_vectors()
    {
        string File(int vocabulary) => Flowers.Write(folder, "net.json", $$"""
            { "format": "backprop-network/1", "input": [2],
              "layers": [ { "type": "embedded_columns", "name": "where", "columns": [1], "layers": [ { "type": "embedding", "name": "town", "vocabulary": {{vocabulary}}, "units": 3 } ] },
                          { "type": "linear", "units": 1 } ] }
            """);
        Assert.Equal(0, Train("--embed", "town name", "--model", File(Towns + 1), "--epochs", "1").Code);
        Assert.Equal([Towns + 1, 3], Saving.SavedModel<float>.Load(folder["m"]).Model.Parameters["where.town.weight"].Shape);
        Assert.Equal(
            $"backprop: {File(9)}: where.town has vectors for 9 tokens; 'town_name' needs {Towns + 1}, one for each value and the first for any other",
            Train("--embed", "town name", "--model", File(9)).Refusal);
        Assert.Equal(
            $"backprop: {File(9)}: its embedded_columns read tokens in column 1; --embed puts some into the columns 0, 1 of the inputs, counted from 0: the same are needed",
            Train("--embed", "size", "--embed", "town name", "--model", File(9)).Refusal);
        Assert.Equal(
            $"backprop: {File(9)}: its embedded_columns read tokens in column 1; --embed puts some into no column of the inputs, counted from 0: the same are needed",
            Run.Of("train", Flowers.Write(folder, "n.csv", "a,b,y\n1,2,3.5\n2,3,4.5\n4,5,6.5\n"), "--target", "y", "--model", File(9)).Refusal);
    }

    [Fact]
    public void A_model_with_vectors_is_explained_exported_and_read_back()
    {
        Train("--embed", "town name=4", "--epochs", "2");
        foreach (string format in (string[])["onnx", "pytorch", "numpy"])
            Assert.Equal(0, Run.Of("export", folder["m"], "--format", format, "--output", folder[$"{format}.{format}"], "--force").Code);
        var run = Run.Of("explain", folder["m"], "--data", folder["rents.csv"]);
        Assert.Equal(0, run.Code);
        Assert.Contains("town_name takes its row of [121, 4]", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_with_tabs_or_semicolons_trains_and_predicts_like_one_with_commas()
    {
        string rows = "size,town,rent\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 7},\"t{i % 3}\",{i % 7 + 10 * (i % 3)}.5\n"));
        string[] said = [.. (((string Name, char Between)[])[("a.csv", ','), ("a.tsv", '\t'), ("a.csv", ';')]).Select(form =>
        {
            string file = Flowers.Write(folder, form.Name, "\uFEFF" + rows.Replace(',', form.Between).Replace("\n", "\r\n", StringComparison.Ordinal));
            Assert.Equal(0, Run.Of("train", file, "--target", "rent", "--epochs", "3", "--save", folder["m"], "--force").Code);
            return Run.Of("predict", folder["m"], file).Output;
        })];
        Assert.Equal(41, said[0].TrimEnd('\n').Split('\n').Length);
        Assert.Equal([said[0], said[0]], said[1..]);
    }
}
