using Backprop.Losses;
using Backprop.Operations;
using Backprop.Tensors;
using Backprop.Tests.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Losses;

public class MultiClassHingeTests
{
    public static OperationCase[] Cases =>
    [
        Case("MultiClassHinge", Reduction.Mean, [3, 4], [3], 0, 2, 1),
        Case("MultiClassHinge of one sample", Reduction.Mean, [1, 3], [1], 1),
        Case("MultiClassHinge of one class", Reduction.Mean, [3, 1], [3], 0, 0, 0),
        Case("MultiClassHinge over time", Reduction.Mean, [2, 3, 4], [2, 3], 0, 3, 1, 1, 2, 0),
        Case("MultiClassHinge, sum", Reduction.Sum, [3, 4], [3], 0, 2, 1),
        Case("MultiClassHinge, sum of nothing", Reduction.Sum, [0, 4], [0]),
    ];

    private static OperationCase Case(string name, Reduction reduction, Shape scores, Shape samples, params int[] classes) => new(
        name, x => MultiClassHinge(x[0], Indices(samples, classes), 0.6, reduction),
        x => Nn<float>.MultiClassHinge(x[0], Indices(samples, classes), 0.6, reduction), scores);

    /// <summary>Stanford's CS231n, "linear classify": scores 13, −7, 11 with a margin of 10 cost 8.</summary>
    [Fact]
    public void Published_loss_is_met()
    {
        var scores = Parameter([1, 3], 13, -7, 11);
        using var tape = Record([scores]);
        var loss = MultiClassHinge(scores, Indices([1], 0), margin: 10);
        tape.Backward(loss);
        Assert.Equal(8, loss.Value);
        Assert.Equal([-1, 0, 1], scores.Gradient.ToArray());
    }

    [Fact]
    public void Every_class_over_the_margin_pulls_at_the_right_one()
    {
        var scores = Parameter([2, 3], 1, 1, 0.5, 5, 0, 0);
        using var tape = Record([scores]);
        var loss = MultiClassHinge(scores, Indices([2], 0, 0));
        tape.Backward(loss);
        Assert.Equal((1 + 0.5) / 2, loss.Value);
        Assert.Equal([-1, 0.5, 0.5, 0, 0, 0], scores.Gradient.ToArray());
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Equal(
            "MultiClassHinge: scores [4, 3] need one class for each row, target [4]; [3] came",
            Assert.Throws<ShapeException>(() => MultiClassHinge(Zeros([4, 3]), Indices([3], 0, 0, 0))).Message);
        Assert.Equal(
            "MultiClassHinge: index 3 at [1] is outside 0 … 2",
            Assert.Throws<ArgumentOutOfRangeException>(() => MultiClassHinge(Zeros([2, 3]), Indices([2], 0, 3))).Message);
        Assert.StartsWith(
            "MultiClassHinge: margin 0 came; it is a finite number above 0, usually 1.",
            Assert.Throws<ArgumentOutOfRangeException>(() => MultiClassHinge(Zeros([2, 3]), Indices([2], 0, 1), 0)).Message, StringComparison.Ordinal);
    }
}
