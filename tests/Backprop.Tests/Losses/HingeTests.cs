using Backprop.Losses;
using Backprop.Operations;
using Backprop.Tensors;
using Backprop.Tests.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Losses;

public class HingeTests
{
    public static OperationCase[] Cases =>
    [
        Case("Hinge", Reduction.Mean, [3, 4]),
        Case("Hinge of one number", Reduction.Mean, [1, 1]),
        Case("Hinge, sum", Reduction.Sum, [3, 4]),
        Case("Hinge, sum of nothing", Reduction.Sum, [0, 4]),
    ];

    private static OperationCase Case(string name, Reduction reduction, Shape shape)
    {
        double[] answers = [.. Enumerable.Range(0, shape.Elements).Select(i => i * 3 % 7 % 2 == 0 ? 1.0 : -1.0)];
        return new(
            name, x => Hinge(x[0], Tensor(shape, answers), reduction),
            x => Nn<float>.Hinge(x[0], Nn<float>.Tensor(shape, [.. answers.Select(v => (float)v)]), reduction), shape);
    }

    [Fact]
    public void What_is_right_by_a_margin_costs_nothing()
    {
        var (score, target) = (Parameter([4], 2, 0.25, -3, 1), Parameter([4], 1, -1, 1, 1));
        using var tape = Record([score, target]);
        var loss = Hinge(score, target);
        tape.Backward(loss);
        Assert.Equal((0 + 1.25 + 4 + 0) / 4, loss.Value);
        Assert.Equal([0, 0.25, -0.25, 0], score.Gradient.ToArray());
        Assert.Equal([0, -0.0625, 0.75, 0], target.Gradient.ToArray());
    }

    [Fact]
    public void Targets_of_0_and_1_are_refused() => Assert.Equal(
        "Hinge: target 0 at [1] is neither 1 nor -1; 2·t − 1 makes these of 0 and 1",
        Assert.Throws<ArgumentOutOfRangeException>(() => Hinge(Zeros([2]), Tensor([2], 1, 0))).Message);

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Assert.Equal(
            "Hinge: prediction [4, 1] and target [4] need equal shapes; Reshape the target to [4, 1]",
            Assert.Throws<ShapeException>(() => Hinge(Zeros([4, 1]), Zeros([4]))).Message);
        Assert.Equal(
            "Hinge: the mean over an empty batch [0, 1] has no value; leave empty batches out",
            Assert.Throws<ShapeException>(() => Hinge(Zeros([0, 1]), Zeros([0, 1]))).Message);
    }
}
