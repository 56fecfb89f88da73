using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class GeluTanhTests
{
    public static OperationCase[] Cases =>
    [
        new("GeluTanh of a matrix", x => x[0].GeluTanh(), x => x[0].GeluTanh(), [3, 4]),
        new("GeluTanh of a number", x => x[0].GeluTanh(), x => x[0].GeluTanh(), Shape.Scalar),
        new("GeluTanh of axes of size 1", x => x[0].GeluTanh(), x => x[0].GeluTanh(), [1, 1]),
        new("GeluTanh of an empty batch", x => x[0].GeluTanh(), x => x[0].GeluTanh(), [0, 3]),
    ];

    [Fact]
    public void It_stays_near_the_exact_one()
    {
        var x = Parameter([5], 0, 40, -40, 1e200, -1e200);
        using var tape = Record([x]);
        var y = x.GeluTanh();
        tape.Backward(y, Tensor([5], 1, 1, 1, 1, 1));
        Assert.Equal([0, 40, 0, 1e200, 0], y.Values.ToArray());
        Assert.Equal([0.5, 1, 0, 1, 0], x.Gradient.ToArray());
    }

    [Fact]
    public void It_is_at_most_half_a_thousandth_from_the_exact_one()
    {
        double[] x = [.. Enumerable.Range(-600, 1201).Select(i => i / 100.0)];
        var (exact, near) = (Tensor([x.Length], x).Gelu(), Tensor([x.Length], x).GeluTanh());
        double worst = exact.Values.ToArray().Zip(near.Values.ToArray(), (a, b) => Math.Abs(a - b)).Max();
        Assert.InRange(worst, 1e-4, 5e-4);
    }
}
