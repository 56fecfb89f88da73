using Backprop.Data;
using Backprop.Tensors;

namespace Backprop.Tabular;

/// <summary>The column that is to be predicted, and how.</summary>
/// <remarks>
/// The rule: text means classification; whole numbers with at most 20 different values, each in at least two rows, mean classification;
/// everything else is regression. The names of the classes are sorted by their characters' codes, so that they are the same everywhere.
/// </remarks>
public sealed class Target
{
    private const int MostWholeNumbers = 20;

    private Target(TableColumn column, TaskKind task, string reason)
    {
        Column = column;
        Task = task;
        Reason = reason;
        Classes = task == TaskKind.Classification ? Names(column).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray() : [];
    }

    /// <summary>The column.</summary>
    public TableColumn Column { get; }

    /// <summary>Classification or regression.</summary>
    public TaskKind Task { get; }

    /// <summary>Why, in words that can follow "because".</summary>
    public string Reason { get; }

    /// <summary>The names of the classes, sorted ordinally; none for regression.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Decides the task by the rule, or takes the one that was asked for.</summary>
    /// <param name="column">The column to predict.</param>
    /// <param name="asked">The task; null: by the rule.</param>
    /// <exception cref="DataException">A cell is empty, a number is missing, or there is only one class.</exception>
    public static Target Of(TableColumn column, TaskKind? asked = null)
    {
        ArgumentNullException.ThrowIfNull(column);
        var (task, reason) = asked is { } task0 ? (task0, "it was said so") : Infer(column);
        if (task == TaskKind.Regression) _ = column.Numbers;
        var target = new Target(column, task, reason);
        if (task == TaskKind.Classification && target.Classes.Count < 2)
            throw new DataException(column.Table.Source, $"{column.Title} has one class only, '{target.Classes[0]}'; at least two are needed");
        return target;
    }

    /// <summary>The class of every row, as positions in <see cref="Classes"/>.</summary>
    /// <exception cref="InvalidOperationException">The task is regression, which has none.</exception>
    public Indices ClassOfEachRow() => Task == TaskKind.Classification
        ? new Indices([Column.Cells.Count], [.. Names(Column).Select(name => PlaceOf(name))])
        : throw new InvalidOperationException($"{Column.Title} is predicted as a number; there are no classes.");

    /// <summary>What the cells of a target column are called as classes: texts as they stand, numbers in their shortest form (1.0 is 1).</summary>
    /// <exception cref="DataException">A cell is empty.</exception>
    public static IReadOnlyList<string> Names(TableColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return [.. column.Texts.Select(NameOf)];
    }

    private int PlaceOf(string name) => Array.BinarySearch((string[])Classes, name, StringComparer.Ordinal);

    internal static string NameOf(string cell) => Number.TryParse(cell, out double number) ? Number.Name(number) : cell;

    private static (TaskKind Task, string Reason) Infer(TableColumn column)
    {
        column.RefuseCommas();
        if (!column.HoldsNumbers) return (TaskKind.Classification, $"{column.Title} holds text");
        var numbers = column.Numbers;
        foreach (double number in numbers)
            if (number != Math.Floor(number)) return (TaskKind.Regression, $"{column.Title} holds numbers that are not whole");
        var counts = numbers.CountBy(number => number).ToArray();
        if (counts.Length > MostWholeNumbers)
            return (TaskKind.Regression, $"{column.Title} holds {counts.Length} different whole numbers, more than {MostWholeNumbers}");
        double[] alone = [.. counts.Where(count => count.Value < 2).Select(count => count.Key)];
        return alone.Length > 0
            ? (TaskKind.Regression, $"the {Number.Name(alone[0])} in {column.Title} stands in one row only")
            : (TaskKind.Classification, $"{column.Title} holds {counts.Length} different whole numbers, each in at least two rows");
    }
}
