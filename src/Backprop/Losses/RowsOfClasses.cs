using Backprop.Tensors;

namespace Backprop.Losses;

/// <summary>The check of the shapes of a loss that reads a row of scores and a class for each sample.</summary>
internal static class RowsOfClasses
{
    /// <exception cref="ShapeException">There is not one class for each row, or the mean is over no sample.</exception>
    public static void Check(string operation, string what, Shape scores, Shape target, Reduction reduction)
    {
        if (scores.Rank == 0) throw new ShapeException(operation, $"a single number [] came; {what} are [N, C] or [N, T, C]", scores);
        var rows = scores.Without(scores.Rank - 1);
        if (target != rows)
            throw new ShapeException(operation, $"{what} {scores} need one class for each row, target {rows}; {target} came", scores, target);
        if (target.Elements == 0 && reduction == Reduction.Mean)
            throw new ShapeException(operation, $"the mean over an empty batch {scores} has no value; leave empty batches out", scores);
    }
}
