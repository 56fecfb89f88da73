using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class LogSoftmaxTests
{
    public static OperationCase[] Cases =>
    [
        new("LogSoftmax of rows", x => x[0].LogSoftmax(), x => x[0].LogSoftmax(), [3, 4]),
        new("LogSoftmax of one row", x => x[0].LogSoftmax(), x => x[0].LogSoftmax(), [5]),
        new("LogSoftmax of every time step", x => x[0].LogSoftmax(), x => x[0].LogSoftmax(), [2, 3, 4]),
        new("LogSoftmax of a long row", x => x[0].LogSoftmax(), x => x[0].LogSoftmax(), [2, 37]),
        new("LogSoftmax of an empty batch", x => x[0].LogSoftmax(), x => x[0].LogSoftmax(), [0, 4]),
        new("LogSoftmax over no class", x => x[0].LogSoftmax(), x => x[0].LogSoftmax(), [4, 0]),
    ];

    [Fact]
    public void Shares_are_those_of_the_exponentials()
    {
        var x = Parameter([1, 3], Math.Log(1), Math.Log(2), Math.Log(5));
        using var tape = Record([x]);
        var y = x.LogSoftmax();
        tape.Backward(y, Tensor([1, 3], 8, 0, 0));
        Assert.Equal([-Math.Log(8), -Math.Log(4), Math.Log(0.625)], y.Values.ToArray(), (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal([7, -2, -5], x.Gradient.ToArray().Select(v => Math.Round(v, 14)));
    }

    [Fact]
    public void It_is_the_logarithm_of_Softmax()
    {
        double[] logits = [0.5, -1.25, 2, 0];
        var direct = Tensor([4], logits).LogSoftmax();
        var composed = Tensor([4], logits).Softmax().Log();
        Assert.Equal(composed.Values.ToArray(), direct.Values.ToArray(), (a, b) => Math.Abs(a - b) < 1e-14);
    }

    [Fact]
    public void Logarithms_of_shares_too_small_for_a_number_are_exact() =>
        Assert.Equal([0, -20000, -10000], Tensor([3], 1e4, -1e4, 0).LogSoftmax().Values.ToArray());

    [Fact]
    public void A_logit_of_minus_infinity_gives_no_NaN_elsewhere()
    {
        var x = Parameter([3], double.NegativeInfinity, 1, 1);
        using var tape = Record([x]);
        var y = x.LogSoftmax();
        tape.Backward(y, Tensor([3], 0, 1, 3));
        Assert.Equal([double.NegativeInfinity, -Math.Log(2), -Math.Log(2)], y.Values.ToArray());
        Assert.Equal([0, -1, 1], x.Gradient.ToArray().Select(v => Math.Round(v, 14)));
    }

    [Fact]
    public void A_single_number_is_refused() =>
        Assert.StartsWith("LogSoftmax: a single number [] came", Assert.Throws<ShapeException>(() => Zeros([]).LogSoftmax()).Message);
}
