using Backprop.Layers;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

public class LayerTableTests
{
    [Fact]
    public void The_table_is_aligned()
    {
        var random = new Random(1);
        var model = Sequential(Flatten(), Sequential("encoder", Linear(784, 100, random), Linear(100, 10, random, bias: false)), Linear(10, 2, random, name: "out"));
        Assert.Equal(
            """
            layer            type     output           parameters  multiply-adds
            input                     [64, 1, 28, 28]
            flatten1         flatten  [64, 784]                 0              0
            encoder.linear1  linear   [64, 100]            78,500      5,017,600
            encoder.linear2  linear   [64, 10]              1,000         64,000
            out              linear   [64, 2]                  22          1,280
            total                                          79,522      5,082,880
            """,
            model.Describe([64, 1, 28, 28]).ToString());
    }

    [Fact]
    public void A_layer_by_itself_is_one_row()
    {
        var row = Assert.Single(Linear(2, 3, new Random(1), name: "hidden").Describe([4, 2]).Rows);
        Assert.Equal(new LayerRow("hidden", "linear", [4, 3], 9, 24), row);
        Assert.Equal("linear", Assert.Single(Linear(2, 3, new Random(1)).Describe([4, 2]).Rows).Name);
    }

    [Fact]
    public void Shared_parameters_count_once_in_the_total()
    {
        var first = Linear(3, 3, new Random(1), bias: false);
        var table = Sequential(first, Linear(first.Weight)).Describe([1, 3]);
        Assert.Equal([9, 9], table.Rows.Select(row => row.Parameters));
        Assert.Equal(9, table.Parameters);
        Assert.Equal(18, table.MultiplyAdds);
    }

    [Fact]
    public void A_huge_batch_is_described_without_any_memory_for_it() =>
        Assert.Equal([1_000_000, 2000], Linear(1, 2000, new Random(1)).Describe([1_000_000, 1]).Output);
}
