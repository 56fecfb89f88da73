using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class SigmoidTests
{
    public static OperationCase[] Cases =>
    [
        new("Sigmoid of a matrix", x => x[0].Sigmoid(), x => x[0].Sigmoid(), [3, 4]),
        new("Sigmoid of a number", x => x[0].Sigmoid(), x => x[0].Sigmoid(), Shape.Scalar),
        new("Sigmoid of axes of size 1", x => x[0].Sigmoid(), x => x[0].Sigmoid(), [1, 1]),
        new("Sigmoid of an empty batch", x => x[0].Sigmoid(), x => x[0].Sigmoid(), [0, 3]),
    ];

    [Fact]
    public void Values_and_slopes_are_those_of_the_curve()
    {
        var x = Parameter([2], 0, Math.Log(3));
        using var tape = Record([x]);
        var y = x.Sigmoid();
        tape.Backward(y, Tensor([2], 1, 16));
        Assert.Equal([0.5, 0.75], y.Values.ToArray());
        Assert.Equal([0.25, 3], x.Gradient.ToArray());
    }

    [Theory]
    [InlineData(1e4, 1)]
    [InlineData(-1e4, 0)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(double.NegativeInfinity, 0)]
    public void Far_out_it_is_flat_and_a_number(double far, double expected)
    {
        var x = Parameter([1], far);
        using var tape = Record([x]);
        var y = x.Sigmoid();
        tape.Backward(y);
        Assert.Equal(expected, y.Value);
        Assert.Equal(0, x.Gradient[0]);
    }

    [Fact]
    public void The_gradient_formula_is_the_one_of_the_textbook()
    {
        var x = Parameter([1], 0.5);
        using var tape = Record([x]);
        x.Sigmoid();
        Assert.Equal("{dy} · {y}(1 − {y})", tape.Steps[0].GradientFormula(0));
    }
}
