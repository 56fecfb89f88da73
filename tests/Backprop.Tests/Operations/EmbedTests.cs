using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class EmbedTests
{
    public static OperationCase[] Cases =>
    [
        Case("Embed of tokens in time", [10, 2], [2, 3]),
        Case("Embed of one token", [10, 4], []),
        Case("Embed of vectors of one number", [10, 1], [3]),
        Case("Embed of an empty batch", [10, 2], [0, 3]),
    ];

    // 0 and 8: the tests of replays multiply by 1.125, which gives whole numbers again.
    private static OperationCase Case(string name, params Shape[] shapes) => new(name, x => x[0].Embed(x[1]), x => x[0].Embed(x[1]), shapes)
    {
        Value = (input, i) => input == 0 ? Math.Sin(1.7 * i + 0.3) : i % 3 == 1 ? 8 : 0,
    };

    [Fact]
    public void Rows_come_by_number_and_their_gradients_add_up()
    {
        var table = Parameter([3, 2], 1, 2, 3, 4, 5, 6);
        using var tape = Record([table]);
        var y = table.Embed(Tensor([3], 2, 0, 2));
        tape.Backward(y, Tensor([3, 2], 1, 10, 2, 20, 3, 30));
        Assert.Equal([5, 6, 1, 2, 5, 6], y.Values.ToArray());
        Assert.Equal([2, 20, 0, 0, 4, 40], table.Gradient.ToArray());
    }

    [Fact]
    public void It_is_Gather_by_other_means()
    {
        var table = Tensor([4, 2], 1, 2, 3, 4, 5, 6, 7, 8);
        Assert.Equal(table.Gather(Indices([2, 2], 3, 1, 0, 3)).Values.ToArray(), table.Embed(Tensor([2, 2], 3, 1, 0, 3)).Values.ToArray());
    }

    [Theory]
    [InlineData(3, "Embed: 3 at [1] is no whole number from 0 to 2")]
    [InlineData(-1, "Embed: -1 at [1] is no whole number from 0 to 2")]
    [InlineData(0.5, "Embed: 0.5 at [1] is no whole number from 0 to 2")]
    [InlineData(double.NaN, "Embed: NaN at [1] is no whole number from 0 to 2")]
    public void What_is_no_row_is_found_with_its_position(double number, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(() => Zeros([3, 2]).Embed(Tensor([2], 0, number))).Message);

    [Fact]
    public void A_table_that_is_no_matrix_is_refused() => Assert.Equal(
        "Embed: the table [3] came, [V, D] is needed: a row for each of V tokens", Assert.Throws<ShapeException>(() => Zeros([3]).Embed(Zeros([2]))).Message);
}
