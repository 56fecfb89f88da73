using System.Text.Json.Serialization;
using Backprop.Data;
using Backprop.Tensors;

namespace Backprop.Tabular;

/// <summary>How the columns of a table become a network's inputs and its target: fitted on the table that trains, applied to every later one.</summary>
/// <remarks>Columns are found by name where training had a header, and by position where it had none.</remarks>
/// <param name="Features">The columns that the network reads, in order.</param>
/// <param name="TargetName">The name of the predicted column; without a header its position.</param>
/// <param name="TargetIndex">The position of the predicted column, from 0.</param>
/// <param name="Task">Classification or regression.</param>
/// <param name="Classes">The names of the classes, sorted ordinally; none for regression.</param>
/// <param name="HasHeader">Whether the first row named the columns.</param>
/// <param name="ColumnCount">The number of columns in the table, the target and those left out counted.</param>
public sealed record TableSchema(
    IReadOnlyList<Feature> Features, string TargetName, int TargetIndex, TaskKind Task, IReadOnlyList<string> Classes, bool HasHeader, int ColumnCount)
{
    /// <summary>The number of inputs of the network.</summary>
    [JsonIgnore]
    public int Width => Features.Sum(feature => feature.Width);

    /// <summary>The names of the inputs: of a column of numbers its name, of texts column=value for each value.</summary>
    [JsonIgnore]
    public IEnumerable<string> InputNames => Features.SelectMany(feature => feature.InputNames);

    /// <summary>Reads off a table how its columns become inputs.</summary>
    /// <param name="target">The column to predict.</param>
    /// <param name="ignored">Columns to leave out.</param>
    /// <remarks>A column without any value is left out as well.</remarks>
    /// <exception cref="DataException">A cell is empty or no number where it has to be one, a column holds too many texts, or none is left.</exception>
    public static TableSchema Of(Target target, params IReadOnlyCollection<TableColumn> ignored)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(ignored);
        var table = target.Column.Table;
        var used = table.Columns.Where(column => column != target.Column && !ignored.Contains(column) && column.Filled > 0).ToArray();
        if (used.Length == 0) throw new DataException(table.Source, "no column is left beside the target; at least one that the network can read is needed");
        return new TableSchema(
            [.. used.Select(Feature.Of)], target.Column.Name, target.Column.Index, target.Task, target.Classes, table.HasHeader, table.Columns.Count);
    }

    /// <summary>The inputs of every row, [rows, <see cref="Width"/>], in double.</summary>
    /// <exception cref="DataException">A column is missing, or a cell is not what it was in training.</exception>
    public double[] Inputs(Table table)
    {
        var columns = FindFeatures(table);
        var inputs = new double[checked(table.Rows * Width)];
        for (int row = 0, at = 0; row < table.Rows; row++)
            for (int i = 0; i < columns.Length; at += Features[i].Width, i++)
                Features[i].Write(columns[i], row, inputs.AsSpan(at, Features[i].Width));
        return inputs;
    }

    /// <summary>The class of every row, as positions in <see cref="Classes"/>.</summary>
    /// <exception cref="DataException">A cell is empty or names a class that was not there in training.</exception>
    public Indices ClassTargets(TableColumn target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var places = Classes.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
        var names = Target.Names(target);
        int[] classes = new int[names.Count];
        for (int row = 0; row < classes.Length; row++)
            classes[row] = places.TryGetValue(names[row], out int place) ? place
                : throw target.Refusal(row, $"one of the classes {Wording.List(Classes)} is needed, as in training");
        return new Indices([classes.Length], classes);
    }

    /// <summary>The predicted column in a later table, if it is there and every cell of it has a value.</summary>
    /// <exception cref="DataException">The table has another number of columns than training had, and no names.</exception>
    public TableColumn? FindTarget(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var column = HasHeader && table.HasHeader ? table.Find(TargetName) : HasTargetByPosition(table) ? table.Columns[TargetIndex] : null;
        return column is { } found && found.Filled == table.Rows ? found : null;
    }

    private TableColumn[] FindFeatures(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (!HasHeader || !table.HasHeader)
        {
            bool withTarget = HasTargetByPosition(table);
            return [.. Features.Select(feature => table.Columns[withTarget || feature.Index < TargetIndex ? feature.Index : feature.Index - 1])];
        }
        return [.. Features.Select(feature => table.Find(feature.Name) ?? throw new DataException(
            table.Source, $"no column '{feature.Name}', which the model needs; there are {table.Listing()}"))];
    }

    /// <summary>Whether a table without names has the target among its columns; it may have been left out, but no other.</summary>
    private bool HasTargetByPosition(Table table) =>
        table.Columns.Count == ColumnCount || (table.Columns.Count == ColumnCount - 1 ? false : throw new DataException(
            table.Source, $"{Wording.Count(table.Columns.Count, "column")} found; {ColumnCount} needed as in training, or {ColumnCount - 1} without the target"));
}
