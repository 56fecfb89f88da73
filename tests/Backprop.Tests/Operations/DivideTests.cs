using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class DivideTests
{
    public static OperationCase[] Cases =>
    [
        Case("Divide of equal shapes", x => x[0] / x[1], x => x[0] / x[1], [3, 4], [3, 4]),
        Case("Divide with a row", x => x[0] / x[1], x => x[0] / x[1], [3, 4], [4]),
        Case("Divide of a row", x => x[0] / x[1], x => x[0] / x[1], [4], [3, 4]),
        Case("Divide with a matrix for each sample", x => x[0] / x[1], x => x[0] / x[1], [2, 3, 4], [3, 4]),
        Case("Divide with a number", x => x[0] / x[1], x => x[0] / x[1], [3, 4], []),
        Case("Divide of a number", x => x[0] / x[1], x => x[0] / x[1], [], [3, 4]),
        Case("Divide of numbers", x => x[0] / x[1], x => x[0] / x[1], [], []),
        Case("Divide with a row of one", x => x[0] / x[1], x => x[0] / x[1], [5, 1], [1]),
        Case("Divide with a leading axis of size 1", x => x[0] / x[1], x => x[0] / x[1], [1, 4], [4]),
        Case("Divide in an empty batch", x => x[0] / x[1], x => x[0] / x[1], [0, 4], [4]),
        Case("A tensor by a number", x => x[0] / 1.5, x => x[0] / 1.5, [3]),
        Case("A number by a tensor", x => 1.5 / x[0], x => 1.5 / x[0], [3]),
    ];

    private static OperationCase Case(
        string name, Func<Tensor<double>[], Tensor<double>> inDouble, Func<Tensor<float>[], Tensor<float>> inSingle,
        params Shape[] shapes) => new(name, inDouble, inSingle, shapes)
        {
            Value = (input, index) => (index % 2 == 0 ? 1 : -1) * (1.3 + Math.Sin(1.7 * index + 0.9 * input)),
        };

    [Fact]
    public void Elements_are_divided()
    {
        var (a, b) = (Parameter([2], 6, 3), Parameter([2], 2, -4));
        using var tape = Record([a, b]);
        var y = a / b;
        tape.Backward(y, Tensor([2], 1, 16));
        Assert.Equal([3, -0.75], y.Values.ToArray());
        Assert.Equal([0.5, -4], a.Gradient.ToArray());
        Assert.Equal([-1.5, -3], b.Gradient.ToArray());
        Assert.Equal("{dy} · (−{y}/{1})", tape.Steps[0].GradientFormula(1));
    }

    [Fact]
    public void A_number_stands_on_either_side()
    {
        Assert.Equal([1.0 / 3, 2.0 / 3], (Tensor([2], 1, 2) / 3).Values.ToArray());
        Assert.Equal([3, 1.5], (3 / Tensor([2], 1, 2)).Values.ToArray());
    }

    [Fact]
    public void Division_by_0_is_infinite_as_numbers_have_it() =>
        Assert.Equal([double.PositiveInfinity, double.NaN], (Tensor([2], 1, 0) / Zeros([2])).Values.ToArray());

    [Fact]
    public void Shapes_that_do_not_fit_are_refused() =>
        Assert.StartsWith(
            "Divide: a [4, 2] and b [4] need equal shapes",
            Assert.Throws<ShapeException>(() => Zeros([4, 2]) / Zeros([4])).Message);
}
