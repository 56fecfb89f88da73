using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class SiluTests
{
    public static OperationCase[] Cases =>
    [
        new("Silu of a matrix", x => x[0].Silu(), x => x[0].Silu(), [3, 4]),
        new("Silu of a number", x => x[0].Silu(), x => x[0].Silu(), Shape.Scalar),
        new("Silu of axes of size 1", x => x[0].Silu(), x => x[0].Silu(), [1, 1]),
        new("Silu of an empty batch", x => x[0].Silu(), x => x[0].Silu(), [0, 3]),
    ];

    [Fact]
    public void It_is_x_times_the_sigmoid()
    {
        var x = Parameter([4], 0, 1, -1000, 1000);
        using var tape = Record([x]);
        var y = x.Silu();
        tape.Backward(y, Tensor([4], 1, 1, 1, 1));
        Assert.Equal<double>([0, 0.73105857863000487926, 0, 1000], y.Values.ToArray(), (a, b) => Math.Abs(a - b) <= 1e-15);
        Assert.Equal<double>([0.5, 0.92767051187148673838, 0, 1], x.Gradient.ToArray(), (a, b) => Math.Abs(a - b) <= 1e-15);
    }
}
