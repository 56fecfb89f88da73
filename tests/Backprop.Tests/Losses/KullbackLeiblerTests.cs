using Backprop.Losses;
using Backprop.Operations;
using Backprop.Tensors;
using Backprop.Tests.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Losses;

public class KullbackLeiblerTests
{
    public static OperationCase[] Cases =>
    [
        Case("KullbackLeibler", Reduction.Mean, [3, 4]),
        Case("KullbackLeibler of one number", Reduction.Mean, [1, 1]),
        Case("KullbackLeibler, sum", Reduction.Sum, [3, 4]),
        Case("KullbackLeibler, sum of nothing", Reduction.Sum, [0, 4]),
        Case("KullbackLeibler over time", Reduction.Mean, [2, 3, 4]),
        Case("KullbackLeibler of one distribution", Reduction.Mean, [4]),
    ];

    private static OperationCase Case(string name, Reduction reduction, Shape shape) => new(
        name, x => KullbackLeibler(x[0], x[1], reduction), x => Nn<float>.KullbackLeibler(x[0], x[1], reduction), shape, shape)
    {
        Value = (input, i) => input == 0 ? -1 - Math.Sin(1.7 * i) : 0.5 + 0.3 * Math.Sin(1.7 * i + 1.2),
    };

    [Fact]
    public void It_is_the_mean_over_the_distributions()
    {
        var prediction = Parameter([2, 2], Math.Log(0.5), Math.Log(0.5), Math.Log(0.25), Math.Log(0.75));
        var target = Parameter([2, 2], 0.25, 0.75, 0, 1);
        using var tape = Record([prediction, target]);
        var loss = KullbackLeibler(prediction, target);
        tape.Backward(loss);
        Assert.Equal((0.25 * Math.Log(0.5) + 0.75 * Math.Log(1.5) + Math.Log(4.0 / 3)) / 2, loss.Value, 15);
        Assert.Equal([-0.125, -0.375, 0, -0.5], prediction.Gradient.ToArray().Select(v => v + 0.0));
        Assert.Equal((Math.Log(0.5) + 1) / 2, target.Gradient[0], 15);
    }

    [Fact]
    public void Equal_distributions_are_no_distance_apart_and_what_cannot_be_costs_nothing()
    {
        Assert.Equal(0, KullbackLeibler(Tensor([3], Math.Log(0.5), Math.Log(0.5), double.NegativeInfinity), Tensor([3], 0.5, 0.5, 0)).Value);
        Assert.Equal(double.PositiveInfinity, KullbackLeibler(Tensor([1], double.NegativeInfinity), Tensor([1], 1)).Value);
    }

    [Fact]
    public void A_target_that_is_no_probability_is_refused() => Assert.Equal(
        "KullbackLeibler: target 1.5 at [1] is outside 0 … 1; it is a probability",
        Assert.Throws<ArgumentOutOfRangeException>(() => KullbackLeibler(Zeros([2]), Tensor([2], 0.5, 1.5))).Message);

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Assert.Equal(
            "KullbackLeibler: prediction [4, 1] and target [4] need equal shapes; Reshape the target to [4, 1]",
            Assert.Throws<ShapeException>(() => KullbackLeibler(Zeros([4, 1]), Zeros([4]))).Message);
        Assert.Equal(
            "KullbackLeibler: the mean over an empty batch [0, 1] has no value; leave empty batches out",
            Assert.Throws<ShapeException>(() => KullbackLeibler(Zeros([0, 1]), Zeros([0, 1]))).Message);
    }
}
