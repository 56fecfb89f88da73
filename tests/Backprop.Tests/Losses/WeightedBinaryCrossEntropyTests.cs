using Backprop.Losses;
using Backprop.Operations;
using Backprop.Tensors;
using Backprop.Tests.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Losses;

public class WeightedBinaryCrossEntropyTests
{
    public static OperationCase[] Cases =>
    [
        Case("BinaryCrossEntropyWithLogits, one positive weight", Reduction.Mean, [3, 4], []),
        Case("BinaryCrossEntropyWithLogits, a positive weight for each output", Reduction.Mean, [3, 4], [4]),
        Case("BinaryCrossEntropyWithLogits, positive weights, sum", Reduction.Sum, [3, 1], [1]),
    ];

    private static OperationCase Case(string name, Reduction reduction, Shape shape, Shape weight) => new(
        name, x => BinaryCrossEntropyWithLogits(x[0], x[1], x[2], reduction), x => Nn<float>.BinaryCrossEntropyWithLogits(x[0], x[1], x[2], reduction),
        shape, shape, weight)
    {
        Value = (input, i) => input == 0 ? 3 * Math.Sin(1.7 * i) : 0.5 + 0.3 * Math.Sin(1.7 * i + input),
    };

    [Fact]
    public void A_yes_counts_by_its_weight()
    {
        var logits = Parameter([2, 2], 0, 0, Math.Log(3), Math.Log(3));
        using var tape = Record([logits]);
        var loss = BinaryCrossEntropyWithLogits(logits, Tensor([2, 2], 1, 0, 0, 1), Tensor([2], 5, 2), Reduction.Sum);
        tape.Backward(loss);
        Assert.Equal(5 * Math.Log(2) + Math.Log(2) + Math.Log(4) + 2 * Math.Log(4.0 / 3), loss.Value, 14);
        Assert.Equal([-2.5, 0.5, 0.75, -0.5], logits.Gradient.ToArray().Select(v => Math.Round(v, 14)));
    }

    [Fact]
    public void Logits_of_any_size_give_numbers() => Assert.Equal(
        (3e4 + 1e4) / 4,
        BinaryCrossEntropyWithLogits(Tensor([4], -1e4, 1e4, 1e4, -1e4), Tensor([4], 1, 0, 1, 0), Filled([], 3)).Value);

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Equal(
            "BinaryCrossEntropyWithLogits: the positive weight [3] came; logits [3, 4] need one number [] or one for each output, the last axes of theirs",
            Assert.Throws<ShapeException>(() => BinaryCrossEntropyWithLogits(Zeros([3, 4]), Zeros([3, 4]), Zeros([3]))).Message);
        Assert.Equal(
            "BinaryCrossEntropyWithLogits: prediction [3, 4] and target [4] need equal shapes",
            Assert.Throws<ShapeException>(() => BinaryCrossEntropyWithLogits(Zeros([3, 4]), Zeros([4]), Zeros([4]))).Message);
        Assert.Equal(
            "BinaryCrossEntropyWithLogits: the mean over an empty batch [0, 4] has no value; leave empty batches out",
            Assert.Throws<ShapeException>(() => BinaryCrossEntropyWithLogits(Zeros([0, 4]), Zeros([0, 4]), Zeros([4]))).Message);
        Assert.Equal(
            "BinaryCrossEntropyWithLogits: target 2 at [1] is outside 0 … 1; classes are 0 and 1",
            Assert.Throws<ArgumentOutOfRangeException>(() => BinaryCrossEntropyWithLogits(Zeros([2]), Tensor([2], 1, 2), Filled([], 1))).Message);
    }
}
