using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class SoftplusTests
{
    public static OperationCase[] Cases =>
    [
        new("Softplus of a matrix", x => x[0].Softplus(), x => x[0].Softplus(), [3, 4]),
        new("Softplus of a number", x => x[0].Softplus(), x => x[0].Softplus(), Shape.Scalar),
        new("Softplus of axes of size 1", x => x[0].Softplus(), x => x[0].Softplus(), [1, 1]),
        new("Softplus of an empty batch", x => x[0].Softplus(), x => x[0].Softplus(), [0, 3]),
    ];

    [Fact]
    public void It_is_the_rectifier_made_smooth()
    {
        var x = Parameter([5], 0, 1000, -1000, 25, 1);
        using var tape = Record([x]);
        var y = x.Softplus();
        tape.Backward(y, Tensor([5], 1, 1, 1, 1, 1));
        Assert.Equal<double>([Math.Log(2), 1000, 0, 25.000000000013887944, 1.3132616875182228340], y.Values.ToArray(), (a, b) => Math.Abs(a - b) <= 1e-14);
        Assert.Equal<double>([0.5, 1, 0, 0.99999999998611205614, 0.73105857863000487926], x.Gradient.ToArray(), (a, b) => Math.Abs(a - b) <= 1e-14);
    }
}
