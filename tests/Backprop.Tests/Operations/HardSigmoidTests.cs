using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class HardSigmoidTests
{
    public static OperationCase[] Cases =>
    [
        new("HardSigmoid of a matrix", x => x[0].HardSigmoid(), x => x[0].HardSigmoid(), [3, 4]),
        new("HardSigmoid of a number", x => x[0].HardSigmoid(), x => x[0].HardSigmoid(), Shape.Scalar),
        new("HardSigmoid of axes of size 1", x => x[0].HardSigmoid(), x => x[0].HardSigmoid(), [1, 1]),
        new("HardSigmoid of an empty batch", x => x[0].HardSigmoid(), x => x[0].HardSigmoid(), [0, 3]),
        new("HardSigmoid beside its kinks", x => x[0].HardSigmoid(), x => x[0].HardSigmoid(), [3, 4]) { Value = (_, i) => 5 * Math.Sin(1.7 * i + 0.4) },
    ];

    [Fact]
    public void Three_straight_lines_meet_at_3()
    {
        var x = Parameter([8], 0, 1.5, -1.5, 3, -3, 7, -7, double.NaN);
        using var tape = Record([x]);
        var y = x.HardSigmoid();
        tape.Backward(y, Tensor([8], 6, 6, 6, 6, 6, 6, 6, 6));
        Assert.Equal([0.5, 0.75, 0.25, 1, 0, 1, 0, double.NaN], y.Values.ToArray());
        Assert.Equal([1, 1, 1, 0, 0, 0, 0, 0], x.Gradient.ToArray());
    }
}
