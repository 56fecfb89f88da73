using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class MinimumTests
{
    public static OperationCase[] Cases =>
    [
        new("Minimum of equal shapes", x => x[0].Minimum(x[1]), x => x[0].Minimum(x[1]), [3, 4], [3, 4]),
        new("Minimum with a row", x => x[0].Minimum(x[1]), x => x[0].Minimum(x[1]), [3, 4], [4]),
        new("Minimum of a row", x => x[0].Minimum(x[1]), x => x[0].Minimum(x[1]), [4], [3, 4]),
        new("Minimum with a matrix for each sample", x => x[0].Minimum(x[1]), x => x[0].Minimum(x[1]), [2, 3, 4], [3, 4]),
        new("Minimum with a number", x => x[0].Minimum(x[1]), x => x[0].Minimum(x[1]), [3, 4], []),
        new("Minimum of a number", x => x[0].Minimum(x[1]), x => x[0].Minimum(x[1]), [], [3, 4]),
        new("Minimum of numbers", x => x[0].Minimum(x[1]), x => x[0].Minimum(x[1]), [], []),
        new("Minimum with a row of one", x => x[0].Minimum(x[1]), x => x[0].Minimum(x[1]), [5, 1], [1]),
        new("Minimum with a leading axis of size 1", x => x[0].Minimum(x[1]), x => x[0].Minimum(x[1]), [1, 4], [4]),
        new("Minimum in an empty batch", x => x[0].Minimum(x[1]), x => x[0].Minimum(x[1]), [0, 4], [4]),
    ];

    [Fact]
    public void The_smaller_one_wins_and_takes_the_gradient_the_first_of_equals()
    {
        var (a, b) = (Parameter([3], 5, 3, 6), Parameter([3], 2, 3, 7));
        using var tape = Record([a, b]);
        var y = a.Minimum(b);
        tape.Backward(y, Tensor([3], 1, 1, 1));
        Assert.Equal([2, 3, 6], y.Values.ToArray());
        Assert.Equal([0, 1, 1], a.Gradient.ToArray());
        Assert.Equal([1, 0, 0], b.Gradient.ToArray());
    }

    [Fact]
    public void A_NaN_passes_on_and_takes_the_gradient()
    {
        var (a, b) = (Parameter([3], double.NaN, 1, double.NaN), Parameter([3], 1, double.NaN, double.NaN));
        using var tape = Record([a, b]);
        var y = a.Minimum(b);
        tape.Backward(y, Tensor([3], 1, 1, 1));
        Assert.Equal([double.NaN, double.NaN, double.NaN], y.Values.ToArray());
        Assert.Equal([1, 0, 1], a.Gradient.ToArray());
        Assert.Equal([0, 1, 0], b.Gradient.ToArray());
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused() =>
        Assert.StartsWith(
            "Minimum: a [4, 2] and b [4] need equal shapes",
            Assert.Throws<ShapeException>(() => Zeros([4, 2]).Minimum(Zeros([4]))).Message);
}
