using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class LeakyReluTests
{
    public static OperationCase[] Cases =>
    [
        new("LeakyRelu of a matrix", x => x[0].LeakyRelu(0.2), x => x[0].LeakyRelu(0.2), [3, 4]),
        new("LeakyRelu of a number", x => x[0].LeakyRelu(0.2), x => x[0].LeakyRelu(0.2), Shape.Scalar),
        new("LeakyRelu of axes of size 1", x => x[0].LeakyRelu(0.2), x => x[0].LeakyRelu(0.2), [1, 1]),
        new("LeakyRelu of an empty batch", x => x[0].LeakyRelu(0.2), x => x[0].LeakyRelu(0.2), [0, 3]),
        new("LeakyRelu, usual slope", x => x[0].LeakyRelu(), x => x[0].LeakyRelu(), [4]),
    ];

    [Fact]
    public void Below_0_a_part_passes_both_ways()
    {
        var x = Parameter([4], 2, -4, 0, double.NaN);
        using var tape = Record([x]);
        var y = x.LeakyRelu(0.25);
        tape.Backward(y, Tensor([4], 8, 8, 8, 8));
        Assert.Equal([2, -1, 0, double.NaN], y.Values.ToArray());
        Assert.Equal([8, 2, 2, 8], x.Gradient.ToArray());
    }

    [Fact]
    public void The_usual_slope_is_a_hundredth() => Assert.Equal(-0.03, Tensor([], -3).LeakyRelu().Value);
}
