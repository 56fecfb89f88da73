using Backprop.Data;

namespace Backprop.Tabular;

// Finding the columns of a later table.
public sealed partial record TableSchema
{
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
