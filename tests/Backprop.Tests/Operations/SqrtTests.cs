using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class SqrtTests
{
    public static OperationCase[] Cases =>
    [
        Case("Sqrt of a matrix", x => x[0].Sqrt(), x => x[0].Sqrt(), [3, 4]),
        Case("Sqrt of a number", x => x[0].Sqrt(), x => x[0].Sqrt(), Shape.Scalar),
        Case("Sqrt of axes of size 1", x => x[0].Sqrt(), x => x[0].Sqrt(), [1, 1]),
        Case("Sqrt of an empty batch", x => x[0].Sqrt(), x => x[0].Sqrt(), [0, 3]),
    ];

    private static OperationCase Case(
        string name, Func<Tensor<double>[], Tensor<double>> inDouble, Func<Tensor<float>[], Tensor<float>> inSingle,
        params Shape[] shapes) => new(name, inDouble, inSingle, shapes)
        {
            Value = (input, index) => 1.5 + Math.Sin(1.7 * index + 0.4),
        };

    [Fact]
    public void The_slope_grows_towards_0()
    {
        var x = Parameter([3], 4, 0.25, 0);
        using var tape = Record([x]);
        var y = x.Sqrt();
        tape.Backward(y, Tensor([3], 1, 1, 1));
        Assert.Equal([2, 0.5, 0], y.Values.ToArray());
        Assert.Equal([0.25, 1, double.PositiveInfinity], x.Gradient.ToArray());
    }

    [Fact]
    public void There_is_no_root_of_a_negative_number() => Assert.Equal(double.NaN, Tensor([], -1).Sqrt().Value);
}
