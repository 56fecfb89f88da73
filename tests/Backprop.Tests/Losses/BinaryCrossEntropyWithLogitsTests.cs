using Backprop.Losses;
using Backprop.Operations;
using Backprop.Tensors;
using Backprop.Tests.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Losses;

public class BinaryCrossEntropyWithLogitsTests
{
    public static OperationCase[] Cases =>
    [
        Case("BinaryCrossEntropyWithLogits", Reduction.Mean, [3, 4]),
        Case("BinaryCrossEntropyWithLogits of a long batch", Reduction.Mean, [61, 1]),
        Case("BinaryCrossEntropyWithLogits of one sample", Reduction.Mean, [1, 1]),
        Case("BinaryCrossEntropyWithLogits of a number", Reduction.Mean, []),
        Case("BinaryCrossEntropyWithLogits, sum", Reduction.Sum, [3, 4]),
        Case("BinaryCrossEntropyWithLogits, sum of nothing", Reduction.Sum, [0, 4]),
    ];

    private static OperationCase Case(string name, Reduction reduction, Shape shape) => new(
        name,
        x => BinaryCrossEntropyWithLogits(x[0], x[1], reduction),
        x => Nn<float>.BinaryCrossEntropyWithLogits(x[0], x[1], reduction),
        shape, shape)
    {
        Value = (input, index) => input == 0 ? 3 * Math.Sin(1.7 * index + 0.3) : 0.45 + 0.3 * Math.Sin(1.7 * index),
    };

    [Fact]
    public void It_is_the_loss_of_the_probabilities_behind_the_logits()
    {
        var (logits, target) = (Parameter([2], Math.Log(3), 0), Parameter([2], 0, 1));
        using var tape = Record([logits, target]);
        var loss = BinaryCrossEntropyWithLogits(logits, target);
        tape.Backward(loss);
        Assert.Equal((Math.Log(4) + Math.Log(2)) / 2, loss.Value, 15);
        Assert.Equal([0.375, -0.25], logits.Gradient.ToArray());
        Assert.Equal([-Math.Log(3) / 2, 0], target.Gradient.ToArray());
        Assert.Equal([0.75, 0.5], tape.Steps[0].Kept.Single().Values!.Values.ToArray());
    }

    [Theory]
    [InlineData(1e4, 1, 0, 0)]
    [InlineData(1e4, 0, 1e4, 1)]
    [InlineData(-1e4, 1, 1e4, -1)]
    [InlineData(-1e4, 0, 0, 0)]
    [InlineData(double.NegativeInfinity, 0, 0, 0)]
    [InlineData(double.PositiveInfinity, 1, 0, 0)]
    [InlineData(double.NegativeInfinity, 1, double.PositiveInfinity, -1)]
    public void Extreme_logits_give_the_exact_loss(double logit, double target, double expected, double gradient)
    {
        var x = Parameter([1], logit);
        using var tape = Record([x]);
        var loss = BinaryCrossEntropyWithLogits(x, Tensor([1], target));
        tape.Backward(loss);
        Assert.Equal(expected, loss.Value);
        Assert.Equal(gradient, x.Gradient[0]);
    }

    [Fact]
    public void A_loss_far_below_1_keeps_its_digits() =>
        Assert.Equal(Math.Exp(-40), BinaryCrossEntropyWithLogits(Tensor([1], 40), Tensor([1], 1)).Value, 1e-30);

    [Fact]
    public void A_NaN_passes_on() =>
        Assert.Equal(double.NaN, BinaryCrossEntropyWithLogits(Tensor([2], double.NaN, 0), Tensor([2], 1, 0)).Value);

    [Fact]
    public void A_target_that_is_no_class_is_refused() =>
        Assert.Equal(
            "BinaryCrossEntropyWithLogits: target 2 at [0,1] is outside 0 … 1; classes are 0 and 1",
            Assert.Throws<ArgumentOutOfRangeException>(() => BinaryCrossEntropyWithLogits(Zeros([1, 2]), Tensor([1, 2], 1, 2))).Message);

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Assert.Equal(
            "BinaryCrossEntropyWithLogits: prediction [4, 1] and target [4] need equal shapes; Reshape the target to [4, 1]",
            Assert.Throws<ShapeException>(() => BinaryCrossEntropyWithLogits(Zeros([4, 1]), Zeros([4]))).Message);
        Assert.Equal(
            "BinaryCrossEntropyWithLogits: the mean over an empty batch [0, 1] has no value; leave empty batches out",
            Assert.Throws<ShapeException>(() => BinaryCrossEntropyWithLogits(Zeros([0, 1]), Zeros([0, 1]))).Message);
    }
}
