using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class ClipTests
{
    public static OperationCase[] Cases =>
    [
        new("Clip of a matrix", x => x[0].Clip(-0.55, 0.6), x => x[0].Clip(-0.55, 0.6), [3, 4]),
        new("Clip of a number", x => x[0].Clip(-0.55, 0.6), x => x[0].Clip(-0.55, 0.6), Shape.Scalar),
        new("Clip of axes of size 1", x => x[0].Clip(-0.55, 0.6), x => x[0].Clip(-0.55, 0.6), [1, 1]),
        new("Clip of an empty batch", x => x[0].Clip(-0.55, 0.6), x => x[0].Clip(-0.55, 0.6), [0, 3]),
        new("Clip below only", x => x[0].Clip(0.1, double.PositiveInfinity), x => x[0].Clip(0.1, double.PositiveInfinity), [5]),
    ];

    [Fact]
    public void Values_outside_come_to_the_bounds_and_pass_no_gradient()
    {
        var x = Parameter([6], -2, -1, 0, 1, 2, double.NaN);
        using var tape = Record([x]);
        var y = x.Clip(-1, 1);
        tape.Backward(y, Tensor([6], 5, 5, 5, 5, 5, 5));
        Assert.Equal([-1, -1, 0, 1, 1, double.NaN], y.Values.ToArray());
        Assert.Equal([0, 5, 5, 5, 0, 5], x.Gradient.ToArray());
    }

    [Fact]
    public void A_bound_may_be_missing()
    {
        Assert.Equal([-1, 7], Tensor([2], -9, 7).Clip(-1, double.PositiveInfinity).Values.ToArray());
        Assert.Equal([-9, 1], Tensor([2], -9, 7).Clip(double.NegativeInfinity, 1).Values.ToArray());
    }

    [Theory]
    [InlineData(2, 1, "Clip: the bounds 2 and 1 came; the lower one goes first and must not be above the upper.")]
    [InlineData(double.NaN, 1, "Clip: the bounds NaN and 1 came; the lower one goes first and must not be above the upper.")]
    public void Bounds_the_wrong_way_round_are_refused(double low, double high, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => Zeros([2]).Clip(low, high)).Message);
}
