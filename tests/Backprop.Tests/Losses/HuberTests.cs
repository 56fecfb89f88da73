using Backprop.Losses;
using Backprop.Operations;
using Backprop.Tensors;
using Backprop.Tests.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Losses;

public class HuberTests
{
    public static OperationCase[] Cases =>
    [
        Case("Huber", Reduction.Mean, [3, 4]),
        Case("Huber of one number", Reduction.Mean, [1, 1]),
        Case("Huber, sum", Reduction.Sum, [3, 4]),
        Case("Huber, sum of nothing", Reduction.Sum, [0, 4]),
    ];

    private static OperationCase Case(string name, Reduction reduction, Shape shape) => new(
        name, x => Huber(x[0], x[1], 0.7, reduction), x => Nn<float>.Huber(x[0], x[1], 0.7, reduction), shape, shape);

    [Fact]
    public void Large_errors_pull_no_harder_than_delta()
    {
        var (prediction, target) = (Parameter([4], 1, 2, 3, 14), Parameter([4], 2, 2, 2.5, 4));
        using var tape = Record([prediction, target]);
        var loss = Huber(prediction, target, delta: 2, Reduction.Sum);
        tape.Backward(loss);
        Assert.Equal(0.5 + 0 + 0.125 + 2 * (10 - 1), loss.Value);
        Assert.Equal([-1, 0, 0.5, 2], prediction.Gradient.ToArray());
        Assert.Equal([1, 0, -0.5, -2], target.Gradient.ToArray());
    }

    [Theory]
    [InlineData(0), InlineData(-1), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void A_delta_out_of_range_is_refused(double delta) => Assert.StartsWith(
        FormattableString.Invariant($"Huber: delta {delta} came; it is a finite number above 0, usually 1."),
        Assert.Throws<ArgumentOutOfRangeException>(() => Huber(Zeros([1]), Zeros([1]), delta)).Message, StringComparison.Ordinal);

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Assert.Equal(
            "Huber: prediction [4, 1] and target [4] need equal shapes; Reshape the target to [4, 1]",
            Assert.Throws<ShapeException>(() => Huber(Zeros([4, 1]), Zeros([4]))).Message);
        Assert.Equal(
            "Huber: the mean over an empty batch [0, 1] has no value; leave empty batches out",
            Assert.Throws<ShapeException>(() => Huber(Zeros([0, 1]), Zeros([0, 1]))).Message);
    }
}
