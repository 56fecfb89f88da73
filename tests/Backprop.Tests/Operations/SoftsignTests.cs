using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class SoftsignTests
{
    public static OperationCase[] Cases =>
    [
        new("Softsign of a matrix", x => x[0].Softsign(), x => x[0].Softsign(), [3, 4]),
        new("Softsign of a number", x => x[0].Softsign(), x => x[0].Softsign(), Shape.Scalar),
        new("Softsign of axes of size 1", x => x[0].Softsign(), x => x[0].Softsign(), [1, 1]),
        new("Softsign of an empty batch", x => x[0].Softsign(), x => x[0].Softsign(), [0, 3]),
    ];

    [Fact]
    public void Large_numbers_approach_1()
    {
        var x = Parameter([4], 0, 1, -3, 1e300);
        using var tape = Record([x]);
        var y = x.Softsign();
        tape.Backward(y, Tensor([4], 1, 1, 1, 1));
        Assert.Equal([0, 0.5, -0.75, 1], y.Values.ToArray());
        Assert.Equal([1, 0.25, 0.0625, 0], x.Gradient.ToArray());
    }
}
