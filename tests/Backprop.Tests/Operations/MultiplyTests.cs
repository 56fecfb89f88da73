using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class MultiplyTests
{
    public static OperationCase[] Cases =>
    [
        new("Multiply of equal shapes", x => x[0] * x[1], x => x[0] * x[1], [3, 4], [3, 4]),
        new("Multiply with a row", x => x[0] * x[1], x => x[0] * x[1], [3, 4], [4]),
        new("Multiply of a row", x => x[0] * x[1], x => x[0] * x[1], [4], [3, 4]),
        new("Multiply with a matrix for each sample", x => x[0] * x[1], x => x[0] * x[1], [2, 3, 4], [3, 4]),
        new("Multiply with a number", x => x[0] * x[1], x => x[0] * x[1], [3, 4], []),
        new("Multiply of a number", x => x[0] * x[1], x => x[0] * x[1], [], [3, 4]),
        new("Multiply of numbers", x => x[0] * x[1], x => x[0] * x[1], [], []),
        new("Multiply with a row of one", x => x[0] * x[1], x => x[0] * x[1], [5, 1], [1]),
        new("Multiply with a leading axis of size 1", x => x[0] * x[1], x => x[0] * x[1], [1, 4], [4]),
        new("Multiply with itself", x => x[0] * x[0], x => x[0] * x[0], [3]),
        new("Multiply in an empty batch", x => x[0] * x[1], x => x[0] * x[1], [0, 4], [4]),
    ];

    [Fact]
    public void Elements_are_multiplied_and_each_is_the_slope_of_the_other()
    {
        var (a, b) = (Parameter([2], 2, 3), Parameter([2], 10, -20));
        using var tape = Record([a, b]);
        var y = a * b;
        tape.Backward(y, Tensor([2], 1, 2));
        Assert.Equal([20, -60], y.Values.ToArray());
        Assert.Equal([10, -40], a.Gradient.ToArray());
        Assert.Equal([2, 6], b.Gradient.ToArray());
        Assert.Same(b, tape.Steps[0].Terms(0, 1).Single().Factors[1].Tensor);
        Assert.Equal("3 · (-20)", tape.Steps[0].WithNumbers(1, v => FormattableString.Invariant($"{v}")));
    }

    [Fact]
    public void A_repeated_operand_gets_the_sum_over_its_repeats()
    {
        var (a, b) = (Parameter([2, 2], 1, 2, 3, 4), Parameter([2], 10, 100));
        using var tape = Record([a, b]);
        var y = a * b;
        tape.Backward(y, Tensor([2, 2], 1, 1, 1, 1));
        Assert.Equal([10, 200, 30, 400], y.Values.ToArray());
        Assert.Equal([4, 6], b.Gradient.ToArray());
        Assert.Equal([10, 100, 10, 100], a.Gradient.ToArray());
        Assert.Equal("Σ ({dy} · {0})", tape.Steps[0].GradientFormula(1));
    }

    [Fact]
    public void A_large_sum_of_repeats_is_right_at_every_length()
    {
        for (int rows = 1; rows < 40; rows++)
        {
            var (a, b) = (Parameter([rows, 3], new double[3 * rows]), Parameter([], 1));
            for (int i = 0; i < a.Length; i++) a.Set(i, i + 1);
            using var tape = Record([a, b]);
            tape.Backward((b * a).Sum());
            Assert.Equal(3 * rows * (3 * rows + 1) / 2, b.Gradient[0]);
        }
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused() =>
        Assert.StartsWith(
            "Multiply: a [4, 2] and b [4] need equal shapes",
            Assert.Throws<ShapeException>(() => Zeros([4, 2]) * Zeros([4])).Message);
}
