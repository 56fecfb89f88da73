using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class SubtractTests
{
    public static OperationCase[] Cases =>
    [
        new("Subtract of equal shapes", x => x[0] - x[1], x => x[0] - x[1], [3, 4], [3, 4]),
        new("Subtract with a row", x => x[0] - x[1], x => x[0] - x[1], [3, 4], [4]),
        new("Subtract of a row", x => x[0] - x[1], x => x[0] - x[1], [4], [3, 4]),
        new("Subtract with a matrix for each sample", x => x[0] - x[1], x => x[0] - x[1], [2, 3, 4], [3, 4]),
        new("Subtract with a number", x => x[0] - x[1], x => x[0] - x[1], [3, 4], []),
        new("Subtract of a number", x => x[0] - x[1], x => x[0] - x[1], [], [3, 4]),
        new("Subtract of numbers", x => x[0] - x[1], x => x[0] - x[1], [], []),
        new("Subtract with a row of one", x => x[0] - x[1], x => x[0] - x[1], [5, 1], [1]),
        new("Subtract with a leading axis of size 1", x => x[0] - x[1], x => x[0] - x[1], [1, 4], [4]),
        new("Subtract with itself", x => x[0] - x[0], x => x[0] - x[0], [3]),
        new("Subtract in an empty batch", x => x[0] - x[1], x => x[0] - x[1], [0, 4], [4]),
        new("A tensor less a number", x => x[0] - 1.5, x => x[0] - 1.5, [3]),
        new("A number less a tensor", x => 1.5 - x[0], x => 1.5 - x[0], [3]),
    ];

    [Fact]
    public void Elements_are_subtracted()
    {
        var (a, b) = (Parameter([2], 1, 2), Parameter([2], 10, -20));
        using var tape = Record([a, b]);
        var y = a - b;
        tape.Backward(y, Tensor([2], 3, 4));
        Assert.Equal([-9, 22], y.Values.ToArray());
        Assert.Equal([3, 4], a.Gradient.ToArray());
        Assert.Equal([-3, -4], b.Gradient.ToArray());
        Assert.Equal("−{dy}", tape.Steps[0].GradientFormula(1));
        Assert.Equal("2 − (-20)", tape.Steps[0].WithNumbers(1, v => FormattableString.Invariant($"{v}")));
    }

    [Fact]
    public void A_repeated_operand_gets_the_sum_with_its_sign()
    {
        var (a, b) = (Parameter([], 100), Parameter([2], 10, 20));
        using var tape = Record([a, b]);
        var y = a - b;
        tape.Backward(y, Tensor([2], 3, 4));
        Assert.Equal([90, 80], y.Values.ToArray());
        Assert.Equal([7], a.Gradient.ToArray());
        Assert.Equal([-3, -4], b.Gradient.ToArray());
    }

    [Fact]
    public void A_number_stands_on_either_side()
    {
        Assert.Equal([0.5, 1.5], (Tensor([2], 1, 2) - 0.5).Values.ToArray());
        Assert.Equal([-0.5, -1.5], (0.5 - Tensor([2], 1, 2)).Values.ToArray());
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused() =>
        Assert.StartsWith(
            "Subtract: a [4, 2] and b [4] need equal shapes",
            Assert.Throws<ShapeException>(() => Zeros([4, 2]) - Zeros([4])).Message);
}
