using Backprop.Data;
using Backprop.Saving;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

public class EmbeddedColumnsTests
{
    public static LayerCase[] Cases =>
    [
        new("Embedded columns between numbers", random => EmbeddedColumns([1], Embedding(10, 3, random)), [2, 3]) { Value = Row },
        new("Embedded columns first and last",
            random => EmbeddedColumns("table", [0, 2], Embedding(10, 2, random, name: "city"), Embedding(9, 1, random)), [4, 3]) { Value = Turned },
        new("Embedded columns alone", random => EmbeddedColumns([0], Embedding(10, 2, random)), [5, 1]) { Value = _ => 8 },
        new("Embedded columns before other layers",
            random => Sequential(EmbeddedColumns([1], Embedding(10, 2, random)), Linear(4, 2, random), Tanh()), [3, 3]) { Value = Row },
    ];

    // The tests of replays multiply by 1.125, which gives whole numbers again.
    private static double Row(int index) => index % 3 != 1 ? Math.Sin(1.7 * index + 0.3) : index % 2 == 0 ? 8 : 0;

    private static double Turned(int index) => index % 3 == 1 ? Math.Sin(1.7 * index + 0.3) : index % 3 == 0 ? 8 : 0;

    [Fact]
    public void A_token_gives_way_to_its_vector()
    {
        var layer = EmbeddedColumns([1, 2], Embedding(Tensor([2, 2], 10, 11, 20, 21)), Embedding(Tensor([3, 1], 7, 8, 9)));
        var y = layer.Forward(Tensor([2, 4], 0.5, 1, 2, -0.5, 1.5, 0, 1, -1.5));
        Assert.Equal([2, 5], y.Shape);
        Assert.Equal([0.5, 20, 21, 9, -0.5, 1.5, 10, 11, 8, -1.5], y.Values.ToArray());
    }

    [Fact]
    public void A_batch_may_be_empty() =>
        Assert.Equal([0, 4], EmbeddedColumns([1], Embedding(3, 2, new Random(1))).Forward(Zeros([0, 3])).Shape);

    [Fact]
    public void Vectors_are_called_by_their_column()
    {
        var random = new Random(1);
        var model = Sequential(EmbeddedColumns("embedding", [1], Embedding(3, 2, random, name: "species")), Linear(4, 1, random));
        Assert.Equal(["embedding.species.weight", "linear1.weight", "linear1.bias"], model.Parameters.Names);
        var table = model.Describe([4, 3]);
        Assert.Equal(["embedding.species", "embedding", "linear1"], table.Rows.Select(row => row.Name));
        Assert.Equal([4, 4], table.Rows[1].Output);
        Assert.Equal(6L + 4 + 1, table.Parameters);
    }

    [Fact]
    public void The_runs_of_columns_cover_the_input_in_order() =>
        Assert.Equal(
            [(0, 1, -1), (1, 1, 0), (2, 1, 1), (3, 2, -1), (5, 1, 2)],
            EmbeddedColumns([1, 2, 5], [.. Enumerable.Range(0, 3).Select(_ => Embedding(2, 1, new Random(1)))]).Runs(6));

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var random = new Random(1);
        var table = Embedding(3, 2, random, name: "a");
        Assert.StartsWith("EmbeddedColumns: no layer came, at least one is needed.",
            Assert.Throws<ArgumentException>(() => EmbeddedColumns([])).Message, StringComparison.Ordinal);
        Assert.StartsWith("EmbeddedColumns: 2 columns and 1 embeddings came; each column needs one.",
            Assert.Throws<ArgumentException>(() => EmbeddedColumns([0, 1], table)).Message, StringComparison.Ordinal);
        foreach (int[] columns in (int[][])[[1, 1], [2, 1], [-1, 1]])
            Assert.StartsWith($"EmbeddedColumns: the columns {columns[0]}, {columns[1]} came; they count from 0 and ascend.",
                Assert.Throws<ArgumentException>(() => EmbeddedColumns(columns, table, Embedding(3, 2, random))).Message, StringComparison.Ordinal);
        Assert.StartsWith("EmbeddedColumns: two layers are called 'a'; give each a name of its own.",
            Assert.Throws<ArgumentException>(() => EmbeddedColumns([0, 1], table, table)).Message, StringComparison.Ordinal);
        foreach (Shape shape in (Shape[])[[2, 2], [4], [2, 3, 1]])
            Assert.Equal($"EmbeddedColumns: x {shape} came; rows [N, D] with a column 2, counted from 0, are needed",
                Assert.Throws<ShapeException>(() => EmbeddedColumns([2], table).Forward(Zeros(shape))).Message);
        Assert.Equal("Embed: 3 at [1] is no whole number from 0 to 2",
            Assert.Throws<ArgumentOutOfRangeException>(() => EmbeddedColumns([0], table).Forward(Tensor([2, 1], 2, 3))).Message);
    }

    [Theory]
    [InlineData("[[0.5, 1]]", "linear", "$.layers[0].layers[0]: a layer of embedded_columns is no embedding; each column needs one")]
    [InlineData("[[0.5, 1]]", "embedding", null)]
    [InlineData("[[0.5, 2]]", "embedding", "$.data.inputs[0][1] is 2, a token is needed: a whole number 0 … 1")]
    [InlineData("[[2.5, 0.5]]", "embedding", "$.data.inputs[0][1] is 0.5, a token is needed: a whole number 0 … 1")]
    public void A_network_file_may_have_them(string inputs, string type, string? refusal)
    {
        string json = $$"""
            { "format": "backprop-network/1", "input": [2],
              "layers": [ { "type": "embedded_columns", "name": "embedding", "columns": [1],
                            "layers": [ { "type": "{{type}}", "name": "city", {{(type == "embedding" ? "\"vocabulary\": 2, " : "")}}"units": 2, "weight": [[1, 2], [3, 4]] } ] },
                          { "type": "linear", "units": 1, "weight": [[1], [10], [100]] } ],
              "loss": "mean_squared_error", "optimizer": { "type": "sgd", "learningRate": 0.5 }, "data": { "inputs": {{inputs}}, "targets": [[1]] } }
            """;
        if (refusal is null)
        {
            var network = NetworkFile<double>.Parse(json, "file");
            Assert.Equal(0.5 + 30 + 400, network.Model.Forward(Tensor([1, 2], 0.5, 1)).Values[0]);
            Assert.Equal("embedding.city.weight", network.Model.Parameters.Names[0]);
        }
        else Assert.Contains(refusal, Assert.Throws<DataException>(() => NetworkFile<double>.Parse(json, "file")).Message, StringComparison.Ordinal);
    }
}
