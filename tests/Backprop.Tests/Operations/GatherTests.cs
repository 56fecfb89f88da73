using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class GatherTests
{
    private static Indices Tokens => Indices([2, 3], 1, 0, 3, 1, 1, 2);

    public static OperationCase[] Cases =>
    [
        new("Gather of tokens", x => x[0].Gather(Tokens), x => x[0].Gather(Tokens), [5, 2]),
        new("Gather of one row", x => x[0].Gather(Indices([], 2)), x => x[0].Gather(Indices([], 2)), [3, 4]),
        new("Gather of numbers", x => x[0].Gather(Tokens), x => x[0].Gather(Tokens), [4]),
        new("Gather of matrices", x => x[0].Gather(Tokens), x => x[0].Gather(Tokens), [4, 2, 2]),
        new("Gather of nothing", x => x[0].Gather(Indices([0, 3])), x => x[0].Gather(Indices([0, 3])), [4, 2]),
        new("Gather twice from one table", x => x[0].Gather(Indices([2], 1, 0)).MatMul(x[0].Gather(Indices([2], 1, 2))),
            x => x[0].Gather(Indices([2], 1, 0)).MatMul(x[0].Gather(Indices([2], 1, 2))), [3, 2]),
    ];

    [Fact]
    public void Rows_come_in_the_order_of_the_indices()
    {
        var y = Tensor([3, 2], 1, 2, 3, 4, 5, 6).Gather(Indices([2, 2], 2, 0, 1, 2));
        Assert.Equal([5, 6, 1, 2, 3, 4, 5, 6], y.Values.ToArray());
        Assert.Equal([2, 2, 2], y.Shape);
    }

    [Fact]
    public void A_row_taken_twice_gets_both_gradients_and_one_never_taken_gets_none()
    {
        var table = Parameter([3, 1], 1, 2, 3);
        using var tape = Record([table]);
        tape.Backward(table.Gather(Indices([3], 2, 0, 2)), Tensor([3, 1], 10, 20, 30));
        Assert.Equal([20, 0, 40], table.Gradient.ToArray());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void An_index_outside_is_refused_with_its_position(int index)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Zeros([3, 2]).Gather(Indices([2, 2], 0, 1, index, 2)));
        Assert.Equal($"Gather: index {index} at [1,0] is outside 0 … 2", error.Message);
    }

    [Fact]
    public void A_replay_with_an_index_outside_changes_nothing()
    {
        var (table, tokens) = (Parameter([3, 1], 1, 2, 3), Indices([2], 0, 1));
        using var tape = Record([table], tokens);
        var rows = table.Gather(tokens);
        Assert.Throws<ArgumentOutOfRangeException>(() => tape.Replay(Indices([2], 2, 3)));
        Assert.Equal([1, 2], rows.Values.ToArray());
        Assert.Equal([0, 1], tokens.Values.ToArray());
        tape.Replay(Indices([2], 2, 1));
        Assert.Equal([3, 2], rows.Values.ToArray());
    }

    [Fact]
    public void A_single_number_is_no_table() => Assert.Equal(
        "Gather: the table [] needs an axis that counts its rows", Assert.Throws<ShapeException>(() => Zeros([]).Gather(Indices([], 0))).Message);
}
