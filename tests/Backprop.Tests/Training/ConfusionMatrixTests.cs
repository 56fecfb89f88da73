using Backprop.Training;

namespace Backprop.Tests.Training;

public class ConfusionMatrixTests
{
    /// <summary>The example in scikit-learn's documentation of classification_report: right 0 1 2 2 2, said 0 0 2 2 1.</summary>
    private static ConfusionMatrix Example()
    {
        var matrix = new ConfusionMatrix(3);
        foreach (var (right, said) in new[] { (0, 0), (1, 0), (2, 2), (2, 2), (2, 1) }) matrix.Add(right, said);
        return matrix;
    }

    [Fact]
    public void Each_class_has_the_figures_that_scikit_learn_documents()
    {
        var matrix = Example();
        Assert.Equal(new ClassFigures(1.0 / 2, 1, 2.0 / 3, 1), matrix.Of(0));
        Assert.Equal(new ClassFigures(0, 0, 0, 1), matrix.Of(1));
        Assert.Equal(new ClassFigures(1, 2.0 / 3, 4.0 / 5, 3), matrix.Of(2));
        Assert.Equal((0.6, 3, 5), (matrix.Accuracy, matrix.Right, matrix.Count));
    }

    [Fact]
    public void The_averages_are_those_that_scikit_learn_documents()
    {
        // Documented to two digits: macro 0.50 0.56 0.49, weighted 0.70 0.60 0.61.
        var (macro, weighted) = (Example().Macro, Example().Weighted);
        Assert.Equal(0.5, macro.Precision, 1e-15);
        Assert.Equal(5.0 / 9, macro.Recall, 1e-15);
        Assert.Equal(22.0 / 45, macro.F1, 1e-15);
        Assert.Equal(0.7, weighted.Precision, 1e-15);
        Assert.Equal(0.6, weighted.Recall, 1e-15);
        Assert.Equal((2.0 / 3 + 12.0 / 5) / 5, weighted.F1, 1e-15);
        Assert.Equal((5, 5), (macro.Support, weighted.Support));
    }

    [Fact]
    public void Cells_count_who_was_taken_for_whom()
    {
        var matrix = Example();
        Assert.Equal([1, 0, 0, 1, 0, 0, 0, 1, 2], from row in Enumerable.Range(0, 3) from column in Enumerable.Range(0, 3) select matrix[row, column]);
        Assert.Equal([2, 1, 2], Enumerable.Range(0, 3).Select(matrix.Said));
    }

    [Fact]
    public void The_most_frequent_mistakes_come_first()
    {
        var matrix = new ConfusionMatrix(4);
        foreach (var (right, said) in new[] { (3, 1), (0, 2), (2, 0), (3, 1), (1, 1) }) matrix.Add(right, said);
        Assert.Equal([(3, 1, 2), (0, 2, 1), (2, 0, 1)], matrix.Mistakes);
    }

    [Fact]
    public void An_answer_that_is_no_number_is_wrong_and_of_no_class()
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Add(0, -1);
        matrix.Add(0, 0);
        Assert.Equal(0.5, matrix.Accuracy);
        Assert.Equal(new ClassFigures(1, 0.5, 2.0 / 3, 2), matrix.Of(0));
        Assert.Empty(matrix.Mistakes);
    }

    [Fact]
    public void A_class_that_neither_came_nor_was_said_counts_in_no_average()
    {
        var matrix = new ConfusionMatrix(3);
        matrix.Add(0, 0);
        matrix.Add(1, 1);
        Assert.Equal(new ClassFigures(0, 0, 0, 0), matrix.Of(2));
        Assert.Equal(new ClassFigures(1, 1, 1, 2), matrix.Macro);
        Assert.Equal(new ClassFigures(1, 1, 1, 2), matrix.Weighted);
    }

    [Fact]
    public void Nothing_counted_is_no_figure()
    {
        var matrix = new ConfusionMatrix(2);
        Assert.Equal((double.NaN, double.NaN, double.NaN), (matrix.Accuracy, matrix.Macro.F1, matrix.Weighted.Recall));
    }

    [Fact]
    public void A_vocabulary_of_many_words_takes_no_square_of_it()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var matrix = new ConfusionMatrix(100_000);
        matrix.Add(99_999, 7);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
        Assert.Equal(1, matrix[99_999, 7]);
    }

    [Fact]
    public void Classes_that_are_not_there_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfusionMatrix(0));
        var matrix = new ConfusionMatrix(2);
        Assert.StartsWith("The class 2 came; there are 2, from 0 on.", Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(0, 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(0, -2));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Of(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Said(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[0, 2]);
    }
}
