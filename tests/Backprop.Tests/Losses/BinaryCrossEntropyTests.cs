using Backprop.Checking;
using Backprop.Losses;
using Backprop.Operations;
using Backprop.Tensors;
using Backprop.Tests.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Losses;

public class BinaryCrossEntropyTests
{
    public static OperationCase[] Cases =>
    [
        Case("BinaryCrossEntropy", Reduction.Mean, [3, 4]),
        Case("BinaryCrossEntropy of a long batch", Reduction.Mean, [61, 1]),
        Case("BinaryCrossEntropy of one sample", Reduction.Mean, [1, 1]),
        Case("BinaryCrossEntropy of a number", Reduction.Mean, []),
        Case("BinaryCrossEntropy, sum", Reduction.Sum, [3, 4]),
        Case("BinaryCrossEntropy, sum of nothing", Reduction.Sum, [0, 4]),
    ];

    private static OperationCase Case(string name, Reduction reduction, Shape shape) => new(
        name, x => BinaryCrossEntropy(x[0], x[1], reduction), x => Nn<float>.BinaryCrossEntropy(x[0], x[1], reduction), shape, shape)
    {
        Value = (input, index) => 0.45 + 0.3 * Math.Sin(1.7 * index + 0.9 * input),
    };

    [Fact]
    public void It_is_the_mean_of_the_logarithms_of_what_was_right()
    {
        var (prediction, target) = (Parameter([2], 0.25, 0.5), Parameter([2], 1, 0));
        using var tape = Record([prediction, target]);
        var loss = BinaryCrossEntropy(prediction, target);
        tape.Backward(loss);
        Assert.Equal((Math.Log(4) + Math.Log(2)) / 2, loss.Value, 15);
        Assert.Equal([-2, 1], prediction.Gradient.ToArray());
        Assert.Equal([Math.Log(3) / 2, 0], target.Gradient.ToArray(), (a, b) => Math.Abs(a - b) < 1e-15);
    }

    [Fact]
    public void Even_odds_cost_log_2() =>
        Assert.Equal(Math.Log(2), BinaryCrossEntropy(Filled([7], 0.5), Tensor([7], 0, 1, 1, 0, 1, 0.5, 0.25)).Value, 15);

    [Fact]
    public void Certainty_costs_nothing_where_it_is_right_and_100_where_it_is_wrong()
    {
        var (prediction, target) = (Parameter([4], 0, 1, 0, 1), Tensor([4], 0, 1, 1, 0));
        using var tape = Record([prediction], target);
        var loss = BinaryCrossEntropy(prediction, target, Reduction.Sum);
        tape.Backward(loss);
        Assert.Equal(200, loss.Value);
        Assert.Equal([0, 0, -1e12, 1e12], prediction.Gradient.ToArray().Select(v => Math.Round(v / 1e5) * 1e5));
    }

    [Fact]
    public void Certainty_gives_numbers_in_float_too()
    {
        var prediction = Nn<float>.Parameter([6], 0, 1, 0, 1, 1e-44f, 1e-39f);
        var target = Nn<float>.Parameter([6], 0, 1, 1, 0, 1, 1);
        using var tape = Nn<float>.Record([prediction, target]);
        var loss = Nn<float>.BinaryCrossEntropy(prediction, target);
        tape.Backward(loss);
        Assert.True(float.IsFinite(loss.Value));
        Assert.All(prediction.Gradient.ToArray(), gradient => Assert.True(float.IsFinite(gradient)));
        Assert.All(target.Gradient.ToArray(), gradient => Assert.True(float.IsFinite(gradient)));
    }

    [Fact]
    public void A_loss_far_below_1_keeps_its_digits() =>
        Assert.Equal(1e-20, BinaryCrossEntropy(Tensor([2], 1e-20, 1e-20), Zeros([2])).Value, 1e-34);

    [Theory]
    [InlineData(-34, 1)]
    [InlineData(-34, 0)]
    public void A_saturated_sigmoid_has_the_right_gradient(double logit, double target)
    {
        var z = Parameter([1], logit);
        using var tape = Record([z]);
        var loss = BinaryCrossEntropy(z.Sigmoid(), Tensor([1], target));
        var report = GradientCheck.Of(tape, loss);
        Assert.True(report.Verdict == Verdict.Right, report.ToString());
    }

    public static TheoryData<double, double, string> NoProbabilities => new()
    {
        {
            1.7, 1,
            "BinaryCrossEntropy: prediction 1.7 at [1] is outside 0 … 1; it is a probability: is the Sigmoid missing, " +
            "or is BinaryCrossEntropyWithLogits meant?"
        },
        { 0.5, -1, "BinaryCrossEntropy: target -1 at [1] is outside 0 … 1; classes are 0 and 1" },
    };

    [Theory, MemberData(nameof(NoProbabilities))]
    public void What_is_no_probability_is_refused(double prediction, double target, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(
            () => BinaryCrossEntropy(Tensor([2], 0.5, prediction), Tensor([2], 0, target))).Message);

    [Fact]
    public void A_NaN_passes_on() => Assert.Equal(double.NaN, BinaryCrossEntropy(Tensor([2], double.NaN, 0.5), Tensor([2], 1, 0)).Value);

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Assert.Equal(
            "BinaryCrossEntropy: prediction [4, 1] and target [4] need equal shapes; Reshape the target to [4, 1]",
            Assert.Throws<ShapeException>(() => BinaryCrossEntropy(Zeros([4, 1]), Zeros([4]))).Message);
        Assert.Equal(
            "BinaryCrossEntropy: the mean over an empty batch [0, 1] has no value; leave empty batches out",
            Assert.Throws<ShapeException>(() => BinaryCrossEntropy(Zeros([0, 1]), Zeros([0, 1]))).Message);
    }
}
