using Backprop.Losses;
using Backprop.Operations;
using Backprop.Tensors;
using Backprop.Tests.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Losses;

public class WeightedSoftmaxCrossEntropyTests
{
    private static readonly double[] Weights = [0.5, 2, 0, 1.25], Mask = [1, 0, 0.5, 1, 1, 0];

    public static OperationCase[] Cases =>
    [
        Case("SoftmaxCrossEntropy with class weights", [4, 4], [4], [0, 3, 1, 2], weights: true),
        Case("SoftmaxCrossEntropy with smoothed labels", [3, 4], [3], [0, 2, 1], smoothing: 0.2),
        Case("SoftmaxCrossEntropy with an ignored class", [3, 4], [3], [0, -1, 1], ignored: -1),
        Case("SoftmaxCrossEntropy with a mask over time", [2, 3, 4], [2, 3], [0, 3, 1, 1, 2, 0], mask: true),
        Case("SoftmaxCrossEntropy with all of them", [2, 3, 4], [2, 3], [0, 3, 1, -1, 1, 0], weights: true, smoothing: 0.1, ignored: -1, mask: true),
        Case("SoftmaxCrossEntropy with all of them, sum", [2, 3, 4], [2, 3], [0, 3, 1, -1, 1, 0], Reduction.Sum, true, 0.1, -1, true),
        Case("SoftmaxCrossEntropy of one smoothed class", [2, 1], [2], [0, 0], smoothing: 0.5),
        Case("SoftmaxCrossEntropy with smoothed labels, sum of nothing", [0, 4], [0], [], Reduction.Sum, smoothing: 0.1),
    ];

    private static OperationCase Case(
        string name, Shape logits, Shape samples, int[] classes, Reduction reduction = Reduction.Mean, bool weights = false, double smoothing = 0,
        int? ignored = null, bool mask = false) => new(
        name,
        x => SoftmaxCrossEntropy(
            x[0], Indices(samples, classes), reduction, weights ? Tensor([4], Weights) : null, smoothing, ignored, mask ? Tensor(samples, Mask) : null),
        x => Nn<float>.SoftmaxCrossEntropy(
            x[0], Indices(samples, classes), reduction, weights ? Nn<float>.Tensor([4], [.. Weights.Select(v => (float)v)]) : null, smoothing, ignored,
            mask ? Nn<float>.Tensor(samples, [.. Mask.Select(v => (float)v)]) : null),
        logits);

    [Fact]
    public void The_mean_divides_by_the_weights_of_what_counts()
    {
        var logits = Parameter([3, 2], 0, 0, 0, Math.Log(3), 7, 8);
        using var tape = Record([logits]);
        var loss = SoftmaxCrossEntropy(logits, Indices([3], 0, 1, -1), classWeights: Tensor([2], 3, 1), ignoredClass: -1);
        tape.Backward(loss);
        Assert.Equal((3 * Math.Log(2) + Math.Log(4.0 / 3)) / 4, loss.Value, 14);
        Assert.Equal([-0.375, 0.375, 0.0625, -0.0625, 0, 0], logits.Gradient.ToArray().Select(v => Math.Round(v, 14) + 0));
    }

    [Fact]
    public void Smoothing_keeps_certainty_from_costing_nothing()
    {
        var logits = Parameter([1, 2], Math.Log(3), 0);
        using var tape = Record([logits]);
        var loss = SoftmaxCrossEntropy(logits, Indices([1], 0), labelSmoothing: 0.5);
        tape.Backward(loss);
        Assert.Equal(0.75 * Math.Log(4.0 / 3) + 0.25 * Math.Log(4), loss.Value, 14);
        Assert.Equal([0, 0], logits.Gradient.ToArray().Select(v => Math.Round(v, 14) + 0));
    }

    [Fact]
    public void Padding_changes_no_number_whatever_it_holds()
    {
        var (clean, padded) = (Gradient(5, 5), Gradient(double.NaN, double.PositiveInfinity));
        Assert.Equal(clean.Loss, padded.Loss);
        Assert.Equal(clean.Gradient, padded.Gradient);
        Assert.Equal([0, 0], padded.Gradient[2..]);

        static (double Loss, double[] Gradient) Gradient(params double[] padding)
        {
            var logits = Parameter([1, 2, 2], [1, 2, .. padding]);
            using var tape = Record([logits]);
            var loss = SoftmaxCrossEntropy(logits, Indices([1, 2], 1, 0), mask: Tensor([1, 2], 1, 0));
            tape.Backward(loss);
            return (loss.Value, logits.Gradient.ToArray());
        }
    }

    [Fact]
    public void Weights_of_1_and_a_mask_of_1_are_the_plain_loss()
    {
        var (plain, weighted) = (Parameter([2, 3], 1, 2, 3, 0, -1, 4), Parameter([2, 3], 1, 2, 3, 0, -1, 4));
        var classes = Indices([2], 2, 0);
        using (var tape = Record([plain])) tape.Backward(SoftmaxCrossEntropy(plain, classes));
        using (var tape = Record([weighted])) tape.Backward(SoftmaxCrossEntropy(weighted, classes, classWeights: Filled([3], 1), mask: Filled([2], 1)));
        Assert.Equal(plain.Gradient.ToArray(), weighted.Gradient.ToArray());
    }

    [Fact]
    public void A_replay_takes_a_new_mask()
    {
        var (logits, mask) = (Parameter([2, 2], 0, Math.Log(3), 0, 0), Tensor([2], 1, 0));
        using var tape = Record([logits], mask);
        var loss = SoftmaxCrossEntropy(logits, Indices([2], 0, 1), mask: mask);
        Assert.Equal(Math.Log(4), loss.Value, 14);
        tape.Replay(Tensor([2], 0, 1));
        Assert.Equal(Math.Log(2), loss.Value, 14);
    }

    [Fact]
    public void Weights_that_are_parameters_stay_constants()
    {
        var (logits, weights) = (Parameter([1, 2], 0, 0), Parameter([2], 2, 2));
        using var tape = Record([logits, weights]);
        tape.Backward(SoftmaxCrossEntropy(logits, Indices([1], 0), classWeights: weights));
        Assert.False(weights.HasGradient);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var (logits, classes) = (Zeros([2, 3]), Indices([2], 0, 2));
        Assert.Equal(
            "SoftmaxCrossEntropy: the class weights [2] came, logits [2, 3] need one for each class, [3]",
            Assert.Throws<ShapeException>(() => SoftmaxCrossEntropy(logits, classes, classWeights: Zeros([2]))).Message);
        Assert.Equal(
            "SoftmaxCrossEntropy: the mask [3] came, the target [2] needs one number for each class",
            Assert.Throws<ShapeException>(() => SoftmaxCrossEntropy(logits, classes, mask: Zeros([3]))).Message);
        Assert.Equal(
            "SoftmaxCrossEntropy: index 3 at [1] is outside 0 … 2",
            Assert.Throws<ArgumentOutOfRangeException>(() => SoftmaxCrossEntropy(logits, Indices([2], -1, 3), ignoredClass: -1)).Message);
        Assert.Equal(
            "SoftmaxCrossEntropy: class weight -1 at [1] came; it is a finite number, 0 or more",
            Assert.Throws<ArgumentOutOfRangeException>(() => SoftmaxCrossEntropy(logits, classes, classWeights: Tensor([3], 1, -1, 1))).Message);
        Assert.Equal(
            "SoftmaxCrossEntropy: mask NaN at [0] came; it is a finite number, 0 or more",
            Assert.Throws<ArgumentOutOfRangeException>(() => SoftmaxCrossEntropy(logits, classes, mask: Tensor([2], double.NaN, 1))).Message);
        Assert.StartsWith(
            "SoftmaxCrossEntropy: labelSmoothing 1 came; it is 0 (none) up to but not including 1, usually 0.1.",
            Assert.Throws<ArgumentOutOfRangeException>(() => SoftmaxCrossEntropy(logits, classes, labelSmoothing: 1)).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "SoftmaxCrossEntropy: no sample counts:",
            Assert.Throws<ArgumentException>(() => SoftmaxCrossEntropy(logits, classes, mask: Zeros([2]))).Message, StringComparison.Ordinal);
    }
}
