using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class ScaleTests
{
    public static OperationCase[] Cases =>
    [
        new("Scale of a matrix", x => x[0].Scale(2.5), x => x[0].Scale(2.5), [3, 4]),
        new("Scale of a number", x => x[0].Scale(2.5), x => x[0].Scale(2.5), Shape.Scalar),
        new("Scale of axes of size 1", x => x[0].Scale(2.5), x => x[0].Scale(2.5), [1, 1]),
        new("Scale of an empty batch", x => x[0].Scale(2.5), x => x[0].Scale(2.5), [0, 3]),
        new("A number times a tensor", x => 2 * x[0], x => 2 * x[0], [3]),
        new("A tensor times a number", x => x[0] * 2, x => x[0] * 2, [3]),
    ];

    [Fact]
    public void Value_and_gradient_are_multiplied()
    {
        var x = Parameter([2], 3, -4);
        using var tape = Record([x]);
        var y = x.Scale(-0.5);
        tape.Backward(y, Tensor([2], 1, 10));
        Assert.Equal([-1.5, 2], y.Values.ToArray());
        Assert.Equal([-0.5, -5], x.Gradient.ToArray());
        Assert.Equal("−0.5·{0}", tape.Steps[0].Formula);
        Assert.Equal("{dy} · (−0.5)", tape.Steps[0].GradientFormula(0));
        Assert.Equal("−0.5·(-4)", tape.Steps[0].WithNumbers(1, v => FormattableString.Invariant($"{v}")));
    }
}
