using System.Text.Json.Serialization;
using Backprop.Data;

namespace Backprop.Tabular;

/// <summary>A column of a time series.</summary>
/// <param name="Name">The name of the column; without a header its position.</param>
/// <param name="Index">Its position in the table, from 0.</param>
public sealed record SeriesColumn(string Name, int Index);

/// <summary>How the rows of a table, measured at one time after the other, become what a network reads and forecasts.</summary>
/// <remarks>Columns are found by name where training had a header, and by position where it had none. The past of the target is always read.</remarks>
/// <param name="Columns">The columns that the network reads, in the order of the table; the target is one of them.</param>
/// <param name="Target">The position of the column to forecast among <paramref name="Columns"/>.</param>
/// <param name="Window">How many rows a sample reads.</param>
/// <param name="Horizon">How many rows after the last one that it reads lies the number to forecast.</param>
/// <param name="HasHeader">Whether the first row named the columns.</param>
/// <param name="ColumnCount">The number of columns in the table, those left out counted.</param>
public sealed record SeriesSchema(IReadOnlyList<SeriesColumn> Columns, int Target, int Window, int Horizon, bool HasHeader, int ColumnCount)
{
    /// <summary>The column to forecast.</summary>
    [JsonIgnore]
    public SeriesColumn TargetColumn => Columns[Target];

    /// <summary>Reads off a table which of its columns a network can read.</summary>
    /// <param name="target">The column to forecast.</param>
    /// <param name="window">How many rows a sample reads, 1 or more.</param>
    /// <param name="horizon">How many rows after the last one that it reads lies the number to forecast, 1 or more.</param>
    /// <param name="ignored">Columns to leave out; those of which <see cref="WhyNotRead"/> says why are left out as well.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window or the horizon is below 1.</exception>
    /// <exception cref="DataException">A cell of the target or of another column of numbers is empty or no number.</exception>
    public static SeriesSchema Of(TableColumn target, int window, int horizon, params IReadOnlyCollection<TableColumn> ignored)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(ignored);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        _ = NumbersOf(target);
        TableColumn[] read = [.. target.Table.Columns.Where(column => column == target || (!ignored.Contains(column) && WhyNotRead(column) is null))];
        return new SeriesSchema(
            [.. read.Select(column => new SeriesColumn(column.Name, column.Index))], Array.IndexOf(read, target), window, horizon,
            target.Table.HasHeader, target.Table.Columns.Count);
    }

    /// <summary>Why a column cannot help to forecast another: it is empty, holds text, or rises with every row, as dates and numbers of rows do; null where
    /// it can.</summary>
    /// <remarks>What has risen all the time goes on rising: later rows would all lie outside what the network has met.</remarks>
    /// <exception cref="DataException">A cell of a column of numbers is empty or no number.</exception>
    public static string? WhyNotRead(TableColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (column.Filled == 0) return "empty";
        if (!column.HoldsNumbers) return "text";
        var numbers = NumbersOf(column);
        for (int row = 1; row < numbers.Count; row++)
            if (!(numbers[row] > numbers[row - 1])) return null;
        return "it rises with every row, as a date does";
    }

    /// <summary>The numbers of the columns in every row, [rows, columns], in double.</summary>
    /// <exception cref="DataException">A column is missing, or a cell is empty or no number.</exception>
    public double[] Values(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var columns = Find(table);
        var values = new double[checked(table.Rows * columns.Length)];
        for (int column = 0; column < columns.Length; column++)
        {
            var numbers = NumbersOf(columns[column]);
            for (int row = 0; row < table.Rows; row++) values[row * columns.Length + column] = numbers[row];
        }
        return values;
    }

    /// <summary>Rows that are left out would bring together what lies further apart in time, so a gap is refused.</summary>
    private static IReadOnlyList<double> NumbersOf(TableColumn column)
    {
        for (int row = 0; column.HoldsNumbers && row < column.Cells.Count; row++)
            if (column.IsMissing(row)) throw column.Refusal(row, "every row of a time series needs a number; fill the gap, or leave the column out");
        return column.Numbers;
    }

    private TableColumn[] Find(Table table)
    {
        if (HasHeader && table.HasHeader)
            return [.. Columns.Select(column => table.Find(column.Name) ?? throw new DataException(
                table.Source, $"no column '{column.Name}', which the model needs; there are {table.Listing()}"))];
        return table.Columns.Count == ColumnCount ? [.. Columns.Select(column => table.Columns[column.Index])]
            : throw new DataException(table.Source, $"{Wording.Count(table.Columns.Count, "column")} found; {ColumnCount} needed as in training");
    }
}
