using Backprop.Losses;
using Backprop.Operations;
using Backprop.Tensors;
using Backprop.Tests.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Losses;

public class MeanAbsoluteErrorTests
{
    public static OperationCase[] Cases =>
    [
        Case("MeanAbsoluteError", Reduction.Mean, [3, 4]),
        Case("MeanAbsoluteError of one number", Reduction.Mean, [1, 1]),
        Case("MeanAbsoluteError, sum", Reduction.Sum, [3, 4]),
        Case("MeanAbsoluteError, sum of nothing", Reduction.Sum, [0, 4]),
    ];

    private static OperationCase Case(string name, Reduction reduction, Shape shape) => new(
        name, x => MeanAbsoluteError(x[0], x[1], reduction), x => Nn<float>.MeanAbsoluteError(x[0], x[1], reduction), shape, shape);

    [Fact]
    public void Every_error_pulls_alike_and_none_does_not()
    {
        var (prediction, target) = (Parameter([4], 1, 2, 3, 4), Parameter([4], 3, 2, 2, 8));
        using var tape = Record([prediction, target]);
        var loss = MeanAbsoluteError(prediction, target);
        tape.Backward(loss);
        Assert.Equal(7.0 / 4, loss.Value);
        Assert.Equal([-0.25, 0, 0.25, -0.25], prediction.Gradient.ToArray());
        Assert.Equal([0.25, 0, -0.25, 0.25], target.Gradient.ToArray());
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Assert.Equal(
            "MeanAbsoluteError: prediction [4, 1] and target [4] need equal shapes; Reshape the target to [4, 1]",
            Assert.Throws<ShapeException>(() => MeanAbsoluteError(Zeros([4, 1]), Zeros([4]))).Message);
        Assert.Equal(
            "MeanAbsoluteError: the mean over an empty batch [0, 1] has no value; leave empty batches out",
            Assert.Throws<ShapeException>(() => MeanAbsoluteError(Zeros([0, 1]), Zeros([0, 1]))).Message);
    }
}
