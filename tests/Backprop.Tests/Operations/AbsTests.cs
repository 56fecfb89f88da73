using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class AbsTests
{
    public static OperationCase[] Cases =>
    [
        new("Abs of a matrix", x => x[0].Abs(), x => x[0].Abs(), [3, 4]),
        new("Abs of a number", x => x[0].Abs(), x => x[0].Abs(), Shape.Scalar),
        new("Abs of axes of size 1", x => x[0].Abs(), x => x[0].Abs(), [1, 1]),
        new("Abs of an empty batch", x => x[0].Abs(), x => x[0].Abs(), [0, 3]),
    ];

    [Fact]
    public void The_slope_is_the_sign_and_0_at_the_kink()
    {
        var x = Parameter([4], 3, -2, 0, double.NaN);
        using var tape = Record([x]);
        var y = x.Abs();
        tape.Backward(y, Tensor([4], 5, 5, 5, 5));
        Assert.Equal([3, 2, 0, double.NaN], y.Values.ToArray());
        Assert.Equal([5, -5, 0, double.NaN], x.Gradient.ToArray());
        Assert.Equal("|-2|", tape.Steps[0].WithNumbers(1, v => FormattableString.Invariant($"{v}")));
    }
}
