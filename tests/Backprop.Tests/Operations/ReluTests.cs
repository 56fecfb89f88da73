using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class ReluTests
{
    public static OperationCase[] Cases =>
    [
        new("Relu of a matrix", x => x[0].Relu(), x => x[0].Relu(), [3, 4]),
        new("Relu of a number", x => x[0].Relu(), x => x[0].Relu(), Shape.Scalar),
        new("Relu of axes of size 1", x => x[0].Relu(), x => x[0].Relu(), [1, 1]),
        new("Relu of an empty batch", x => x[0].Relu(), x => x[0].Relu(), [0, 3]),
    ];

    [Fact]
    public void What_is_above_0_passes_both_ways()
    {
        var x = Parameter([4], 2, -3, 0.5, -0.1);
        using var tape = Record([x]);
        var y = x.Relu();
        tape.Backward(y, Tensor([4], 5, 6, 7, 8));
        Assert.Equal([2, 0, 0.5, 0], y.Values.ToArray());
        Assert.Equal([5, 0, 7, 0], x.Gradient.ToArray());
    }

    [Fact]
    public void The_slope_at_the_kink_is_0()
    {
        var x = Parameter([2], 0.0, -0.0);
        using var tape = Record([x]);
        tape.Backward(x.Relu(), Tensor([2], 1, 1));
        Assert.Equal([0, 0], x.Gradient.ToArray());
    }

    [Fact]
    public void A_NaN_passes_on_in_float_and_double_and_at_every_place()
    {
        for (int place = 0; place < 40; place++)
        {
            var doubles = new double[40];
            var singles = new float[40];
            (doubles[place], singles[place]) = (double.NaN, float.NaN);
            Assert.Equal(doubles, Tensor([40], doubles).Relu().Values.ToArray());
            Assert.Equal(singles, Nn<float>.Tensor([40], singles).Relu().Values.ToArray());
        }
    }

    [Fact]
    public void A_closed_gate_is_a_term_of_0()
    {
        var x = Parameter([1], -1);
        using var tape = Record([x]);
        tape.Backward(x.Relu());
        Assert.Equal(0, Assert.Single(tape.Steps[0].Terms(0, 0)).Value);
    }
}
