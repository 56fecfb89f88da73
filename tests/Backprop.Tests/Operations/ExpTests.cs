using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class ExpTests
{
    public static OperationCase[] Cases =>
    [
        new("Exp of a matrix", x => x[0].Exp(), x => x[0].Exp(), [3, 4]),
        new("Exp of a number", x => x[0].Exp(), x => x[0].Exp(), Shape.Scalar),
        new("Exp of axes of size 1", x => x[0].Exp(), x => x[0].Exp(), [1, 1]),
        new("Exp of an empty batch", x => x[0].Exp(), x => x[0].Exp(), [0, 3]),
    ];

    [Fact]
    public void The_curve_is_its_own_slope()
    {
        var x = Parameter([3], 0, Math.Log(3), double.NegativeInfinity);
        using var tape = Record([x]);
        var y = x.Exp();
        tape.Backward(y, Tensor([3], 5, 2, 1));
        Assert.Equal([1, 3, 0], y.Values.ToArray().Select(v => Math.Round(v, 14)));
        Assert.Equal([5, 6, 0], x.Gradient.ToArray().Select(v => Math.Round(v, 14)));
        Assert.Same(y, tape.Steps[0].Terms(0, 0).Single().Factors[1].Tensor);
    }
}
