using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class LogTests
{
    public static OperationCase[] Cases =>
    [
        Case("Log of a matrix", x => x[0].Log(), x => x[0].Log(), [3, 4]),
        Case("Log of a number", x => x[0].Log(), x => x[0].Log(), Shape.Scalar),
        Case("Log of axes of size 1", x => x[0].Log(), x => x[0].Log(), [1, 1]),
        Case("Log of an empty batch", x => x[0].Log(), x => x[0].Log(), [0, 3]),
    ];

    private static OperationCase Case(
        string name, Func<Tensor<double>[], Tensor<double>> inDouble, Func<Tensor<float>[], Tensor<float>> inSingle,
        params Shape[] shapes) => new(name, inDouble, inSingle, shapes)
        {
            Value = (input, index) => 1.5 + Math.Sin(1.7 * index + 0.4),
        };

    [Fact]
    public void The_slope_is_the_reciprocal()
    {
        var x = Parameter([2], 1, Math.Exp(2));
        using var tape = Record([x]);
        var y = x.Log();
        tape.Backward(y, Tensor([2], 3, Math.Exp(2)));
        Assert.Equal([0, 2], y.Values.ToArray().Select(v => Math.Round(v, 14)));
        Assert.Equal([3, 1], x.Gradient.ToArray());
    }

    [Fact]
    public void There_is_no_logarithm_of_a_negative_number() =>
        Assert.Equal([double.NegativeInfinity, double.NaN], Tensor([2], 0, -1).Log().Values.ToArray());
}
