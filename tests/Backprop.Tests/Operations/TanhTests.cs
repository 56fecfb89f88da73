using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class TanhTests
{
    public static OperationCase[] Cases =>
    [
        new("Tanh of a matrix", x => x[0].Tanh(), x => x[0].Tanh(), [3, 4]),
        new("Tanh of a number", x => x[0].Tanh(), x => x[0].Tanh(), Shape.Scalar),
        new("Tanh of axes of size 1", x => x[0].Tanh(), x => x[0].Tanh(), [1, 1]),
        new("Tanh of an empty batch", x => x[0].Tanh(), x => x[0].Tanh(), [0, 3]),
    ];

    [Fact]
    public void Values_and_slopes_are_those_of_the_curve()
    {
        var x = Parameter([3], 0, Math.Log(2), -50);
        using var tape = Record([x]);
        var y = x.Tanh();
        tape.Backward(y, Tensor([3], 1, 10, 1));
        Assert.Equal([0, 0.6, -1], y.Values.ToArray().Select(v => Math.Round(v, 15)));
        Assert.Equal([1, 6.4, 0], x.Gradient.ToArray().Select(v => Math.Round(v, 14)));
    }

    [Fact]
    public void The_gradient_term_names_the_slope()
    {
        var x = Parameter([1], 0.5);
        using var tape = Record([x]);
        tape.Backward(x.Tanh());
        var term = Assert.Single(tape.Steps[0].Terms(0, 0));
        Assert.Equal(["", "1 − y²"], term.Factors.Select(factor => factor.Name));
        Assert.Equal("{dy} · (1 − {y}²)", tape.Steps[0].GradientFormula(0));
        Assert.Equal("tanh(0.5)", tape.Steps[0].WithNumbers(0, v => FormattableString.Invariant($"{v}")));
    }
}
