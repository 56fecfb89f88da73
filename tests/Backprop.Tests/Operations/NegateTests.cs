using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class NegateTests
{
    public static OperationCase[] Cases =>
    [
        new("Negate of a matrix", x => x[0].Negate(), x => x[0].Negate(), [3, 4]),
        new("Negate of a number", x => x[0].Negate(), x => x[0].Negate(), Shape.Scalar),
        new("Negate of axes of size 1", x => x[0].Negate(), x => x[0].Negate(), [1, 1]),
        new("Negate of an empty batch", x => x[0].Negate(), x => x[0].Negate(), [0, 3]),
        new("The sign in front", x => -x[0], x => -x[0], [3]),
    ];

    [Fact]
    public void Value_and_gradient_change_their_sign()
    {
        var x = Parameter([2], 3, -4);
        using var tape = Record([x]);
        var y = -x;
        tape.Backward(y, Tensor([2], 1, 10));
        Assert.Equal([-3, 4], y.Values.ToArray());
        Assert.Equal([-1, -10], x.Gradient.ToArray());
        Assert.Equal("−(-4)", tape.Steps[0].WithNumbers(1, v => FormattableString.Invariant($"{v}")));
    }
}
