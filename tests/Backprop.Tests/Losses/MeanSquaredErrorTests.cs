using Backprop.Losses;
using Backprop.Operations;
using Backprop.Tensors;
using Backprop.Tests.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Losses;

public class MeanSquaredErrorTests
{
    public static OperationCase[] Cases =>
    [
        Case("MeanSquaredError", Reduction.Mean, [3, 4]),
        Case("MeanSquaredError of a long batch", Reduction.Mean, [61, 1]),
        Case("MeanSquaredError of one sample", Reduction.Mean, [1, 1]),
        Case("MeanSquaredError of a number", Reduction.Mean, []),
        Case("MeanSquaredError, sum", Reduction.Sum, [3, 4]),
        Case("MeanSquaredError, sum of nothing", Reduction.Sum, [0, 4]),
    ];

    private static OperationCase Case(string name, Reduction reduction, Shape shape) => new(
        name, x => MeanSquaredError(x[0], x[1], reduction), x => Nn<float>.MeanSquaredError(x[0], x[1], reduction), shape, shape);

    [Fact]
    public void It_is_the_mean_over_all_elements()
    {
        var (prediction, target) = (Parameter([2, 2], 1, 2, 3, 4), Tensor([2, 2], 3, 2, 2, 8));
        using var tape = Record([prediction], target);
        var loss = MeanSquaredError(prediction, target);
        tape.Backward(loss);
        Assert.Equal((4 + 0 + 1 + 16) / 4.0, loss.Value);
        Assert.Equal([-1, 0, 0.5, -2], prediction.Gradient.ToArray());
        Assert.Equal([], loss.Shape);
    }

    [Fact]
    public void The_sum_is_not_divided()
    {
        var (prediction, target) = (Parameter([2, 2], 1, 2, 3, 4), Parameter([2, 2], 3, 2, 2, 8));
        using var tape = Record([prediction, target]);
        var loss = MeanSquaredError(prediction, target, Reduction.Sum);
        tape.Backward(loss);
        Assert.Equal(21, loss.Value);
        Assert.Equal([-4, 0, 2, -8], prediction.Gradient.ToArray());
        Assert.Equal([4, 0, -2, 8], target.Gradient.ToArray());
    }

    [Fact]
    public void A_shift_of_both_changes_nothing() =>
        Assert.Equal(
            MeanSquaredError(Tensor([3], 1, 2.5, -3), Tensor([3], 0, 2, 4)).Value,
            MeanSquaredError(Tensor([3], 101, 102.5, 97), Tensor([3], 100, 102, 104)).Value);

    [Fact]
    public void The_formulas_of_one_sample_are_those_of_the_textbook()
    {
        var (prediction, target) = (Parameter([1, 1], 0.25), Tensor([1, 1], 1));
        using var tape = Record([prediction], target);
        tape.Backward(MeanSquaredError(prediction, target));
        var step = tape.Steps[0];
        Assert.Equal("({1} − {0})²", step.Formula);
        Assert.Equal("{dy} · −2({1} − {0})", step.GradientFormula(0));
        Assert.Equal("(1 − 0.25)²", step.WithNumbers(0, v => FormattableString.Invariant($"{v}")));
        Assert.Equal(["", "−2(y − ŷ)"], step.Terms(0, 0).Single().Factors.Select(factor => factor.Name));
    }

    [Fact]
    public void The_formulas_of_a_batch_show_the_number_of_elements()
    {
        var (prediction, target) = (Parameter([2], 0.25, 3), Tensor([2], 1, -2));
        using var tape = Record([prediction], target);
        tape.Backward(MeanSquaredError(prediction, target));
        var step = tape.Steps[0];
        Assert.Equal("Σ ({1} − {0})² / 2", step.Formula);
        Assert.Equal("{dy} · −2({1} − {0}) / 2", step.GradientFormula(0));
        Assert.Equal("((1 − 0.25)² + (-2 − 3)²) / 2", step.WithNumbers(0, v => FormattableString.Invariant($"{v}")));
        Assert.Equal(["", "1/2", "−2(y − ŷ)"], step.Terms(0, 0).Single().Factors.Select(factor => factor.Name));
    }

    [Fact]
    public void Errors_too_large_to_square_are_infinite_but_no_NaN() =>
        Assert.Equal(double.PositiveInfinity, MeanSquaredError(Tensor([2], 1e200, 0), Tensor([2], -1e200, 0)).Value);

    public static TheoryData<Shape, Shape, string> Misfits => new()
    {
        { [4, 1], [4], "MeanSquaredError: prediction [4, 1] and target [4] need equal shapes; Reshape the target to [4, 1]" },
        { [4, 2], [4], "MeanSquaredError: prediction [4, 2] and target [4] need equal shapes" },
        { [4, 2], [2], "MeanSquaredError: prediction [4, 2] and target [2] need equal shapes" },
        { [0, 2], [0, 2], "MeanSquaredError: the mean over an empty batch [0, 2] has no value; leave empty batches out" },
    };

    [Theory, MemberData(nameof(Misfits))]
    public void Shapes_that_do_not_fit_are_refused(Shape prediction, Shape target, string message) =>
        Assert.Equal(message, Assert.Throws<ShapeException>(() => MeanSquaredError(Zeros(prediction), Zeros(target))).Message);
}
