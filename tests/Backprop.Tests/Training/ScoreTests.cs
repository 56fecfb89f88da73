using Backprop.Tensors;
using Backprop.Training;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Training;

public class ScoreTests
{
    [Fact]
    public void Accuracy_counts_the_rows_whose_highest_output_is_right()
    {
        var score = new ClassScore<double>();
        score.Add(Tensor([3, 2], 0.1, 0.9, 0.6, 0.4, 0.3, 0.7), Indices([3], 1, 0, 0));
        score.Add(Tensor([1, 2], 5, 4), Indices([1], 1));
        Assert.Equal(0.5, score.Accuracy);
    }

    [Fact]
    public void Of_equal_outputs_the_first_counts_and_NaN_never()
    {
        Assert.Equal(1, ClassScore<double>.Highest([0, 2, 2]));
        Assert.Equal(2, ClassScore<double>.Highest([double.NaN, double.NegativeInfinity, 0]));
        Assert.Equal(-1, ClassScore<double>.Highest([double.NaN, double.NaN]));
        var score = new ClassScore<double>();
        score.Add(Tensor([1, 2], double.NaN, double.NaN), Indices([1], 0));
        Assert.Equal(0, score.Accuracy);
    }

    [Fact]
    public void Accuracy_over_time_counts_every_step()
    {
        var score = new ClassScore<double>();
        score.Add(Tensor([1, 3, 2], 1, 0, 1, 0, 1, 0), Indices([1, 3], 0, 1, 0));
        Assert.Equal(2.0 / 3, score.Accuracy, 1e-15);
    }

    [Fact]
    public void Classes_that_do_not_belong_to_the_prediction_are_refused()
    {
        Assert.Equal("ClassScore: prediction [3, 2] needs the axes of the classes [2] and one more for the outputs",
            Assert.Throws<ShapeException>(() => new ClassScore<double>().Add(Zeros([3, 2]), Indices([2], 0, 1))).Message);
        Assert.Throws<ArgumentException>(() => new ClassScore<double>().Add(Zeros([3, 2]), Zeros([3, 2])));
    }

    [Fact]
    public void A_class_that_is_ignored_does_not_count_and_an_unknown_one_is_refused()
    {
        var score = new ClassScore<double>(ignoredClass: -1);
        score.Add(Tensor([3, 2], 1, 0, 1, 0, 1, 0), Indices([3], 0, -1, 1));
        Assert.Equal((0.5, 2), (score.Accuracy, score.Matrix!.Count));
        Assert.Equal("ClassScore: the class -1 came at [1], there are 2 outputs; say ignoredClass if it does not count.",
            Assert.Throws<ArgumentException>(() => new ClassScore<double>().Add(Zeros([2, 2]), Indices([2], 0, -1))).Message);
    }

    [Fact]
    public void Outputs_of_another_number_than_before_are_refused()
    {
        var score = new ClassScore<double>();
        Assert.Equal(double.NaN, score.Accuracy);
        score.Add(Zeros([1, 2]), Indices([1], 0));
        Assert.Equal("ClassScore: [1, 3] has 3 outputs, 2 came before", Assert.Throws<ShapeException>(() => score.Add(Zeros([1, 3]), Indices([1], 0))).Message);
    }

    [Fact]
    public void Precision_and_recall_of_a_yes_follow_the_threshold()
    {
        // Said 1, 1, 0, nothing; right 1, 0, 1, 1: one hit of two said and of three there are.
        var score = BinaryScore<double>.OnProbabilities();
        score.Add(Tensor([4, 1], 0.8, 0.6, 0.2, double.NaN), Tensor([4, 1], 1, 0, 1, 1));
        Assert.Equal(new ClassFigures(1.0 / 2, 1.0 / 3, 2.0 / 5, 3), score.Matrix.Of(1));
        var evaluation = score.AddTo(new Evaluation(4, 1));
        Assert.Equal((0.25, 0.2), (evaluation.Accuracy, evaluation.MacroF1!.Value));
    }

    [Fact]
    public void Yes_and_no_are_told_apart_by_the_threshold()
    {
        var onProbabilities = BinaryScore<double>.OnProbabilities();
        onProbabilities.Add(Tensor([4, 1], 0.5, 0.49, 0.9, double.NaN), Tensor([4, 1], 1, 0, 0, 0));
        Assert.Equal(0.5, onProbabilities.Accuracy);
        var onLogits = BinaryScore<double>.OnLogits();
        onLogits.Add(Tensor([3, 1], 0.2, -0.2, 3), Tensor([3, 1], 1, 0, 0));
        Assert.Equal(2.0 / 3, onLogits.Accuracy, 1e-15);
        var careful = BinaryScore<double>.OnProbabilities(0.8);
        careful.Add(Tensor([2, 1], 0.7, 0.8), Tensor([2, 1], 0, 1));
        Assert.Equal(1, careful.Accuracy);
    }

    [Fact]
    public void A_single_output_says_whether_it_is_the_second_of_two_classes()
    {
        var score = BinaryScore<double>.OnLogits();
        score.Add(Tensor([4, 1], 0.2, -0.2, 3, double.NaN), Indices([4], 1, 0, 0, 1));
        Assert.Equal(0.5, score.Accuracy);
        Assert.Equal("BinaryScore: prediction [3, 2] needs the axes of the classes [3] and one more with a single output",
            Assert.Throws<ShapeException>(() => BinaryScore<double>.OnLogits().Add(Zeros([3, 2]), Indices([3], 0, 1, 0))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => BinaryScore<double>.OnLogits().Add(Zeros([1, 1]), Indices([1], 2)));
    }

    [Fact]
    public void Errors_of_numbers_worked_out_by_hand()
    {
        var score = new RegressionScore<double>();
        score.Add(Tensor([2, 1], 1, 4), Tensor([2, 1], 2, 4));
        score.Add(Tensor([2, 1], 6, 9), Tensor([2, 1], 6, 8));
        // Errors 1, 0, 0, −1; the targets 2, 4, 6, 8 scatter by 9 + 1 + 1 + 9 about 5.
        Assert.Equal(Math.Sqrt(0.5), score.Rmse, 1e-15);
        Assert.Equal(0.5, score.Mae, 1e-15);
        Assert.Equal(1 - 2.0 / 20, score.R2, 1e-15);
    }

    [Fact]
    public void R2_is_the_mean_over_the_numbers_of_a_sample()
    {
        var score = new RegressionScore<double>();
        // The first column is perfect, the second predicted by its mean.
        score.Add(Tensor([2, 2], 1, 15, 3, 15), Tensor([2, 2], 1, 10, 3, 20));
        Assert.Equal(0.5, score.R2, 1e-15);
    }

    [Fact]
    public void R2_of_a_target_that_never_changes_is_1_or_0()
    {
        var perfect = new RegressionScore<double>();
        perfect.Add(Tensor([3, 1], 0.1, 0.1, 0.1), Tensor([3, 1], 0.1, 0.1, 0.1));
        Assert.Equal(1, perfect.R2);
        var wrong = new RegressionScore<double>();
        wrong.Add(Tensor([3, 1], 0.1, 0.1, 0.2), Tensor([3, 1], 0.1, 0.1, 0.1));
        Assert.Equal(0, wrong.R2);
    }

    [Fact]
    public void Numbers_of_another_shape_are_refused()
    {
        Assert.Throws<ShapeException>(() => new RegressionScore<double>().Add(Zeros([3, 1]), Zeros([3])));
        Assert.Throws<ShapeException>(() => BinaryScore<double>.OnLogits().Add(Zeros([3, 1]), Zeros([3])));
        Assert.Throws<ArgumentException>(() => new RegressionScore<double>().Add(Zeros([3, 1]), Indices([3], 0, 0, 0)));
    }

    [Fact]
    public void Figures_go_into_the_evaluation()
    {
        var score = new RegressionScore<double>();
        score.Add(Tensor([1, 1], 1), Tensor([1, 1], 2));
        var evaluation = score.AddTo(new Evaluation(1, 0.5));
        Assert.Equal((1.0, 1.0, null), (evaluation.Rmse, evaluation.Mae, evaluation.Accuracy));
    }
}
