using Backprop.Losses;
using Backprop.Operations;
using Backprop.Tensors;
using Backprop.Tests.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Losses;

public class HalfSquaredErrorTests
{
    public static OperationCase[] Cases =>
    [
        Case("HalfSquaredError", Reduction.Sum, [3, 4]),
        Case("HalfSquaredError of a number", Reduction.Sum, []),
        Case("HalfSquaredError of nothing", Reduction.Sum, [0, 4]),
        Case("HalfSquaredError, mean", Reduction.Mean, [3, 4]),
        Case("HalfSquaredError, mean of one sample", Reduction.Mean, [1, 1]),
    ];

    private static OperationCase Case(string name, Reduction reduction, Shape shape) => new(
        name, x => HalfSquaredError(x[0], x[1], reduction), x => Nn<float>.HalfSquaredError(x[0], x[1], reduction), shape, shape);

    [Fact]
    public void It_is_half_the_sum_over_all_elements()
    {
        var (prediction, target) = (Parameter([2, 2], 1, 2, 3, 4), Parameter([2, 2], 3, 2, 2, 8));
        using var tape = Record([prediction, target]);
        var loss = HalfSquaredError(prediction, target);
        tape.Backward(loss);
        Assert.Equal(10.5, loss.Value);
        Assert.Equal([-2, 0, 1, -4], prediction.Gradient.ToArray());
        Assert.Equal([2, 0, -1, 4], target.Gradient.ToArray());
        Assert.Equal("Σ ½({1} − {0})²", tape.Steps[0].Formula);
    }

    [Fact]
    public void The_mean_divides_by_the_number_of_elements()
    {
        var (prediction, target) = (Parameter([2, 2], 1, 2, 3, 4), Tensor([2, 2], 3, 2, 2, 8));
        using var tape = Record([prediction], target);
        var loss = HalfSquaredError(prediction, target, Reduction.Mean);
        tape.Backward(loss);
        Assert.Equal(10.5 / 4, loss.Value);
        Assert.Equal([-0.5, 0, 0.25, -1], prediction.Gradient.ToArray());
    }

    /// <summary>Matt Mazur, "A Step by Step Backpropagation Example" (2015): the first error and its first slope.</summary>
    [Fact]
    public void Published_error_of_two_outputs_is_met()
    {
        var prediction = Parameter([1, 2], 0.7513650695523157, 0.7729284653214625);
        var target = Tensor([1, 2], 0.01, 0.99);
        using var tape = Record([prediction], target);
        var loss = HalfSquaredError(prediction, target);
        tape.Backward(loss);
        Assert.Equal(0.298371109, loss.Value, 5e-10);
        Assert.Equal(0.74136507, prediction.Gradient[0], 5e-9);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Assert.Equal(
            "HalfSquaredError: prediction [4, 1] and target [4] need equal shapes; Reshape the target to [4, 1]",
            Assert.Throws<ShapeException>(() => HalfSquaredError(Zeros([4, 1]), Zeros([4]))).Message);
        Assert.Equal(
            "HalfSquaredError: the mean over an empty batch [0, 1] has no value; leave empty batches out",
            Assert.Throws<ShapeException>(
                () => HalfSquaredError(Zeros([0, 1]), Zeros([0, 1]), Reduction.Mean)).Message);
    }
}
