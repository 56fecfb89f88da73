using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class MaxTests
{
    public static OperationCase[] Cases =>
    [
        new("Max of all", x => x[0].Max(), x => x[0].Max(), [3, 7]),
        new("Max of a number", x => x[0].Max(), x => x[0].Max(), Shape.Scalar),
        new("Max over the batch", x => x[0].Max(0), x => x[0].Max(0), [3, 4]),
        new("Max over time", x => x[0].Max(1), x => x[0].Max(1), [2, 5, 3]),
        new("Max of rows", x => x[0].Max(1), x => x[0].Max(1), [3, 4]),
        new("Max along an axis of size 1", x => x[0].Max(1), x => x[0].Max(1), [3, 1, 2]),
        new("Max in an empty batch", x => x[0].Max(1), x => x[0].Max(1), [0, 3]),
    ];

    [Fact]
    public void The_largest_wins_and_takes_the_gradient()
    {
        var x = Parameter([2, 3], 1, 9, 3, 4, -5, 6);
        using var tape = Record([x]);
        var rows = x.Max(1);
        Assert.Equal([9, 6], rows.Values.ToArray());
        Assert.Equal([4, 9, 6], x.Max(0).Values.ToArray());
        Assert.Equal(9, x.Max().Value);
        tape.Backward(rows, Tensor([2], 10, 20));
        Assert.Equal([0, 10, 0, 0, 0, 20], x.Gradient.ToArray());
        Assert.Equal([1, 5], tape.Steps[0].Kept.Single(kept => kept.Name == "winners").Positions!.Values.ToArray());
        Assert.Equal("max(4, -5, 6)", tape.Steps[0].WithNumbers(1, v => FormattableString.Invariant($"{v}")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_first_of_equals_takes_the_gradient(int axis)
    {
        var x = Parameter([3, 3], 2, 2, 2, 2, 2, 2, 2, 2, 2);
        using var tape = Record([x]);
        tape.Backward(x.Max(axis), Tensor([3], 1, 1, 1));
        Assert.Equal(axis == 0 ? [1, 1, 1, 0, 0, 0, 0, 0, 0] : [1, 0, 0, 1, 0, 0, 1, 0, 0], x.Gradient.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_NaN_passes_on_and_takes_the_gradient(int axis)
    {
        var x = Parameter([2, 2], 1, double.NaN, double.NaN, 9);
        using var tape = Record([x]);
        var y = x.Max(axis);
        tape.Backward(y, Tensor([2], 1, 1));
        Assert.Equal([double.NaN, double.NaN], y.Values.ToArray());
        Assert.Equal([0, 1, 1, 0], x.Gradient.ToArray());
    }

    [Fact]
    public void Minus_infinity_can_win() => Assert.Equal(double.NegativeInfinity, Filled([3, 2], double.NegativeInfinity).Max(0).Values[1]);

    [Fact]
    public void Nothing_has_no_largest_element()
    {
        Assert.Equal(
            "Max: [0, 3] has no element, at least one is needed; leave empty batches out",
            Assert.Throws<ShapeException>(() => Zeros([0, 3]).Max()).Message);
        Assert.Equal(
            "Max: [0, 3] has no element along axis 0, at least one is needed; leave empty batches out",
            Assert.Throws<ShapeException>(() => Zeros([0, 3]).Max(0)).Message);
    }

    [Fact]
    public void An_axis_that_is_not_there_is_refused() =>
        Assert.Equal("Max: axis 2 came, [2, 3] has axes 0 … 1", Assert.Throws<ShapeException>(() => Zeros([2, 3]).Max(2)).Message);
}
