using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class PowerTests
{
    public static OperationCase[] Cases =>
    [
        Case("Power of a matrix", x => x[0].Power(2.5), x => x[0].Power(2.5), [3, 4]),
        Case("Power of a number", x => x[0].Power(2.5), x => x[0].Power(2.5), Shape.Scalar),
        Case("Power of axes of size 1", x => x[0].Power(2.5), x => x[0].Power(2.5), [1, 1]),
        Case("Power of an empty batch", x => x[0].Power(2.5), x => x[0].Power(2.5), [0, 3]),
        Case("A cube", x => x[0].Power(3), x => x[0].Power(3), [5]),
        Case("A reciprocal", x => x[0].Power(-1), x => x[0].Power(-1), [5]),
        Case("A root", x => x[0].Power(0.5), x => x[0].Power(0.5), [5]),
        Case("The power of 1", x => x[0].Power(1), x => x[0].Power(1), [5]),
    ];

    private static OperationCase Case(
        string name, Func<Tensor<double>[], Tensor<double>> inDouble, Func<Tensor<float>[], Tensor<float>> inSingle,
        params Shape[] shapes) => new(name, inDouble, inSingle, shapes)
        {
            Value = (input, index) => 1.5 + Math.Sin(1.7 * index + 0.4),
        };

    [Fact]
    public void The_slope_has_one_power_less()
    {
        var x = Parameter([3], 2, -1, 0);
        using var tape = Record([x]);
        var y = x.Power(3);
        tape.Backward(y, Tensor([3], 1, 1, 1));
        Assert.Equal([8, -1, 0], y.Values.ToArray());
        Assert.Equal([12, 3, 0], x.Gradient.ToArray());
        Assert.Equal("{0}^3", tape.Steps[0].Formula);
        Assert.Equal("{dy} · 3·{0}^2", tape.Steps[0].GradientFormula(0));
        Assert.Equal("(-1)^3", tape.Steps[0].WithNumbers(1, v => FormattableString.Invariant($"{v}")));
    }

    [Fact]
    public void The_power_of_0_is_1_with_slope_0_also_at_0()
    {
        var x = Parameter([2], 0, 5);
        using var tape = Record([x]);
        var y = x.Power(0);
        tape.Backward(y, Tensor([2], 1, 1));
        Assert.Equal([1, 1], y.Values.ToArray());
        Assert.Equal([0, 0], x.Gradient.ToArray());
    }

    [Fact]
    public void A_broken_power_of_a_negative_number_is_no_number() => Assert.Equal(double.NaN, Tensor([], -2).Power(0.7).Value);
}
