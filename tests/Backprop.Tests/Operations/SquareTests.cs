using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class SquareTests
{
    public static OperationCase[] Cases =>
    [
        new("Square of a matrix", x => x[0].Square(), x => x[0].Square(), [3, 4]),
        new("Square of a number", x => x[0].Square(), x => x[0].Square(), Shape.Scalar),
        new("Square of axes of size 1", x => x[0].Square(), x => x[0].Square(), [1, 1]),
        new("Square of an empty batch", x => x[0].Square(), x => x[0].Square(), [0, 3]),
    ];

    [Fact]
    public void The_slope_is_twice_the_number()
    {
        var x = Parameter([3], 3, 0, -0.5);
        using var tape = Record([x]);
        var y = x.Square();
        tape.Backward(y, Tensor([3], 1, 1, 10));
        Assert.Equal([9, 0, 0.25], y.Values.ToArray());
        Assert.Equal([6, 0, -10], x.Gradient.ToArray());
        Assert.Equal("(-0.5)²", tape.Steps[0].WithNumbers(2, v => FormattableString.Invariant($"{v}")));
    }
}
