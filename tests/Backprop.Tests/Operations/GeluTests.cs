using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class GeluTests
{
    public static OperationCase[] Cases =>
    [
        new("Gelu of a matrix", x => x[0].Gelu(), x => x[0].Gelu(), [3, 4]),
        new("Gelu of a number", x => x[0].Gelu(), x => x[0].Gelu(), Shape.Scalar),
        new("Gelu of axes of size 1", x => x[0].Gelu(), x => x[0].Gelu(), [1, 1]),
        new("Gelu of an empty batch", x => x[0].Gelu(), x => x[0].Gelu(), [0, 3]),
    ];

    [Fact]
    public void It_is_x_times_the_share_of_normal_numbers_below_x()
    {
        var x = Parameter([5], 0, 1, -1, 40, -40);
        using var tape = Record([x]);
        var y = x.Gelu();
        tape.Backward(y, Tensor([5], 1, 1, 1, 1, 1));
        Assert.Equal<double>([0, 0.84134474606854294859, -0.15865525393145705141, 40, 0], y.Values.ToArray(), (a, b) => Math.Abs(a - b) <= 1e-15);
        Assert.Equal<double>([0.5, 0.84134474606854294859 + 0.24197072451914334980, 0.15865525393145705141 - 0.24197072451914334980, 1, 0], x.Gradient.ToArray(), (a, b) => Math.Abs(a - b) <= 1e-15);
    }
}
