using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class SliceTests
{
    public static OperationCase[] Cases =>
    [
        new("Slice of rows", x => x[0].Slice(0, 1, 2), x => x[0].Slice(0, 1, 2), [4, 3]),
        new("Slice of columns", x => x[0].Slice(1, 2, 1), x => x[0].Slice(1, 2, 1), [4, 3]),
        new("Slice of time steps", x => x[0].Slice(1, 0, 2), x => x[0].Slice(1, 0, 2), [2, 4, 3]),
        new("Slice of the whole", x => x[0].Slice(1, 0, 3), x => x[0].Slice(1, 0, 3), [2, 3]),
        new("Slice of one entry", x => x[0].Slice(0, 0, 1), x => x[0].Slice(0, 0, 1), [1]),
        new("Slice of nothing", x => x[0].Slice(1, 3, 0), x => x[0].Slice(1, 3, 0), [2, 3]),
        new("Slice of an empty batch", x => x[0].Slice(1, 1, 2), x => x[0].Slice(1, 1, 2), [0, 3]),
        new("Two slices of one tensor", x => x[0].Slice(0, 0, 2).MatMul(x[0].Slice(0, 1, 2)), x => x[0].Slice(0, 0, 2).MatMul(x[0].Slice(0, 1, 2)), [3, 2]),
    ];

    [Fact]
    public void A_part_of_an_axis_is_cut_out()
    {
        var part = Tensor([2, 3], 1, 2, 3, 4, 5, 6).Slice(1, 1, 2);
        Assert.Equal([2, 3, 5, 6], part.Values.ToArray());
        Assert.Equal([2, 2], part.Shape);
    }

    [Fact]
    public void What_is_cut_away_gets_no_gradient()
    {
        var x = Parameter([2, 3], 1, 2, 3, 4, 5, 6);
        using var tape = Record([x]);
        tape.Backward(x.Slice(1, 1, 2), Tensor([2, 2], 7, 8, 9, 10));
        Assert.Equal([0, 7, 8, 0, 9, 10], x.Gradient.ToArray());
    }

    [Theory]
    [InlineData(2, 0, 1, "Slice: axis 2 came, [4, 3] has axes 0 … 1")]
    [InlineData(-1, 0, 1, "Slice: axis -1 came, [4, 3] has axes 0 … 1")]
    [InlineData(1, 2, 2, "Slice: 2 entries from 2 on came, axis 1 of [4, 3] has 3, counted from 0")]
    [InlineData(0, -1, 2, "Slice: 2 entries from -1 on came, axis 0 of [4, 3] has 4, counted from 0")]
    [InlineData(0, 1, -1, "Slice: -1 entries from 1 on came, axis 0 of [4, 3] has 4, counted from 0")]
    [InlineData(0, int.MaxValue, int.MaxValue, "Slice: 2147483647 entries from 2147483647 on came, axis 0 of [4, 3] has 4, counted from 0")]
    public void A_part_outside_is_refused(int axis, int start, int length, string message) =>
        Assert.Equal(message, Assert.Throws<ShapeException>(() => Zeros([4, 3]).Slice(axis, start, length)).Message);

    [Fact]
    public void A_single_number_has_no_axis() =>
        Assert.Equal("Slice: axis 0 came, [] has no axes", Assert.Throws<ShapeException>(() => Zeros([]).Slice(0, 0, 1)).Message);
}
