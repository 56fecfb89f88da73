using Backprop.Losses;
using Backprop.Operations;
using Backprop.Tensors;
using Backprop.Tests.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Losses;

public class SoftmaxCrossEntropyTests
{
    public static OperationCase[] Cases =>
    [
        Case("SoftmaxCrossEntropy", Reduction.Mean, [3, 4], [3], 0, 2, 1),
        Case("SoftmaxCrossEntropy of one sample", Reduction.Mean, [1, 3], [1], 1),
        Case("SoftmaxCrossEntropy of one class", Reduction.Mean, [3, 1], [3], 0, 0, 0),
        Case("SoftmaxCrossEntropy of many classes", Reduction.Mean, [2, 37], [2], 36, 0),
        Case("SoftmaxCrossEntropy over time", Reduction.Mean, [2, 3, 4], [2, 3], 0, 3, 1, 1, 2, 0),
        Case("SoftmaxCrossEntropy, sum", Reduction.Sum, [3, 4], [3], 0, 2, 1),
        Case("SoftmaxCrossEntropy, sum of nothing", Reduction.Sum, [0, 4], [0]),
    ];

    private static OperationCase Case(string name, Reduction reduction, Shape logits, Shape samples, params int[] classes) => new(
        name,
        x => SoftmaxCrossEntropy(x[0], Indices(samples, classes), reduction),
        x => Nn<float>.SoftmaxCrossEntropy(x[0], Indices(samples, classes), reduction), logits);

    [Fact]
    public void It_is_the_mean_logarithm_of_the_share_of_the_right_class()
    {
        var logits = Parameter([2, 2], Math.Log(1), Math.Log(3), 5, 5);
        using var tape = Record([logits]);
        var loss = SoftmaxCrossEntropy(logits, Indices([2], 0, 1));
        tape.Backward(loss);
        Assert.Equal((Math.Log(4) + Math.Log(2)) / 2, loss.Value, 15);
        Assert.Equal([-0.375, 0.375, 0.25, -0.25], logits.Gradient.ToArray().Select(v => Math.Round(v, 15)));
    }

    /// <summary>CS231n: shares .2, .3, .5 and class 1 give the gradient .2, −.7, .5.</summary>
    [Fact]
    public void Published_gradient_is_met()
    {
        var logits = Parameter([1, 3], Math.Log(0.2), Math.Log(0.3), Math.Log(0.5));
        using var tape = Record([logits]);
        tape.Backward(SoftmaxCrossEntropy(logits, Indices([1], 1)));
        Assert.Equal([0.2, -0.7, 0.5], logits.Gradient.ToArray().Select(v => Math.Round(v, 15)));
        var softmax = tape.Steps[0].Kept.Single(kept => kept.Name == "softmax").Values!;
        Assert.Equal([0.2, 0.3, 0.5], softmax.Values.ToArray().Select(v => Math.Round(v, 15)));
        Assert.Equal("softmax − 1", tape.Steps[0].Terms(0, 1).Single().Factors[1].Name);
        Assert.Equal("−log 0.3", tape.Steps[0].WithNumbers(0, v => FormattableString.Invariant($"{Math.Round(v, 15)}")));
    }

    [Theory]
    [InlineData(3, 1.0986)]
    [InlineData(10, 2.302)]
    public void Equal_logits_cost_the_logarithm_of_the_number_of_classes(int classes, double published)
    {
        double loss = SoftmaxCrossEntropy(Filled([5, classes], 0.25), Indices([5], 0, 1, 2, 1, 0)).Value;
        Assert.Equal(Math.Log(classes), loss, 14);
        Assert.Equal(published, loss, 1e-3);
    }

    [Theory]
    [InlineData(-37.5)]
    [InlineData(10000)]
    [InlineData(-10000)]
    public void A_shift_of_all_logits_changes_nothing(double shift)
    {
        double[] logits = [0.5, -1.25, 2, 0, 3, 1];
        Assert.Equal(
            SoftmaxCrossEntropy(Tensor([2, 3], logits), Indices([2], 0, 2)).Value,
            SoftmaxCrossEntropy(Tensor([2, 3], [.. logits.Select(v => v + shift)]), Indices([2], 0, 2)).Value);
    }

    [Fact]
    public void Extreme_logits_give_the_exact_loss()
    {
        var logits = Parameter([3, 3], 1e4, -1e4, 0, 1e4, -1e4, 0, 1e4, -1e4, 0);
        using var tape = Record([logits]);
        var loss = SoftmaxCrossEntropy(logits, Indices([3], 0, 1, 2), Reduction.Sum);
        tape.Backward(loss);
        Assert.Equal(0 + 2e4 + 1e4, loss.Value);
        Assert.Equal([0, 0, 0, 1, -1, 0, 1, 0, -1], logits.Gradient.ToArray());
    }

    [Fact]
    public void A_class_that_cannot_be_gives_no_NaN()
    {
        var logits = Parameter([1, 3], double.NegativeInfinity, 1, 1);
        using var tape = Record([logits]);
        var loss = SoftmaxCrossEntropy(logits, Indices([1], 2));
        tape.Backward(loss);
        Assert.Equal(Math.Log(2), loss.Value, 15);
        Assert.Equal([0, 0.5, -0.5], logits.Gradient.ToArray());
    }

    [Fact]
    public void Each_sample_keeps_its_loss()
    {
        var logits = Parameter([2, 2], 0, 0, 1e4, 0);
        using var tape = Record([logits]);
        SoftmaxCrossEntropy(logits, Indices([2], 0, 1));
        Assert.Equal([Math.Log(2), 1e4], tape.Steps[0].Kept.Single(kept => kept.Name == "losses").Values!.Values.ToArray());
        Assert.Equal("Σ −log softmax({0})[class] / 2", tape.Steps[0].Formula);
    }

    [Fact]
    public void A_replay_takes_new_classes()
    {
        var (logits, classes) = (Parameter([1, 2], 0, Math.Log(3)), Indices([1], 0));
        using var tape = Record([logits], classes);
        var loss = SoftmaxCrossEntropy(logits, classes);
        Assert.Equal(Math.Log(4), loss.Value, 14);
        tape.Replay(Indices([1], 1));
        Assert.Equal(Math.Log(4.0 / 3), loss.Value, 14);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void A_class_out_of_range_is_found_with_its_position(int wrong)
    {
        var logits = Zeros([2, 2, 3]);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => SoftmaxCrossEntropy(logits, Indices([2, 2], 0, 2, wrong, 1)));
        Assert.Equal($"SoftmaxCrossEntropy: index {wrong} at [1,0] is outside 0 … 2", error.Message);
    }

    [Fact]
    public void A_replay_with_a_class_out_of_range_changes_nothing()
    {
        var (logits, classes) = (Parameter([1, 2], 0, Math.Log(3)), Indices([1], 0));
        using var tape = Record([logits], classes);
        var loss = SoftmaxCrossEntropy(logits, classes);
        Assert.Throws<ArgumentOutOfRangeException>(() => tape.Replay(Indices([1], 2)));
        Assert.Equal(0, classes.Values[0]);
        Assert.Equal(Math.Log(4), loss.Value, 14);
    }

    public static TheoryData<Shape, Shape, string> Misfits => new()
    {
        { [4, 3], [3], "SoftmaxCrossEntropy: logits [4, 3] need one class for each row, target [4]; [3] came" },
        { [4, 3], [4, 1], "SoftmaxCrossEntropy: logits [4, 3] need one class for each row, target [4]; [4, 1] came" },
        { [2, 5, 3], [2], "SoftmaxCrossEntropy: logits [2, 5, 3] need one class for each row, target [2, 5]; [2] came" },
        { [], [], "SoftmaxCrossEntropy: a single number [] came; logits are [N, C] or [N, T, C]" },
        { [0, 3], [0], "SoftmaxCrossEntropy: the mean over an empty batch [0, 3] has no value; leave empty batches out" },
    };

    [Theory, MemberData(nameof(Misfits))]
    public void Shapes_that_do_not_fit_are_refused(Shape logits, Shape target, string message) =>
        Assert.Equal(message, Assert.Throws<ShapeException>(
            () => SoftmaxCrossEntropy(Zeros(logits), Indices(target, new int[target.Elements]))).Message);
}
