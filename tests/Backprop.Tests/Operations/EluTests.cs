using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class EluTests
{
    public static OperationCase[] Cases =>
    [
        new("Elu of a matrix", x => x[0].Elu(0.7), x => x[0].Elu(0.7), [3, 4]),
        new("Elu of a number", x => x[0].Elu(0.7), x => x[0].Elu(0.7), Shape.Scalar),
        new("Elu of axes of size 1", x => x[0].Elu(0.7), x => x[0].Elu(0.7), [1, 1]),
        new("Elu of an empty batch", x => x[0].Elu(0.7), x => x[0].Elu(0.7), [0, 3]),
        new("Elu, usual alpha", x => x[0].Elu(), x => x[0].Elu(), [4]),
    ];

    [Fact]
    public void Below_0_it_approaches_minus_alpha_both_ways()
    {
        var x = Parameter([5], 2, -1, 0, -1000, double.NaN);
        using var tape = Record([x]);
        var y = x.Elu(0.5);
        tape.Backward(y, Tensor([5], 1, 1, 1, 1, 1));
        Assert.Equal<double>([2, 0.5 * (Math.Exp(-1) - 1), 0, -0.5, double.NaN], y.Values.ToArray(), (a, b) => Math.Abs(a - b) <= 1e-15 || double.IsNaN(a) && double.IsNaN(b));
        Assert.Equal<double>([1, 0.5 * Math.Exp(-1), 0.5, 0, 1], x.Gradient.ToArray(), (a, b) => Math.Abs(a - b) <= 1e-15 || double.IsNaN(a) && double.IsNaN(b));
    }

    [Fact]
    public void Small_numbers_keep_all_digits() => Assert.Equal(-1e-20, Tensor([], -1e-20).Elu().Value);
}
