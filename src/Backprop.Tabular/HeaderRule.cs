using System.Globalization;
using Backprop.Data;

namespace Backprop.Tabular;

/// <summary>Finds out whether the first row names the columns.</summary>
internal static class HeaderRule
{
    /// <summary>The name of a column that has none: its position.</summary>
    public static string NameOf(int index) => index.ToString(CultureInfo.InvariantCulture);

    /// <summary>Decides by the cells.</summary>
    public static HeaderDecision Decide(IReadOnlyList<Record> records, bool? asked)
    {
        if (asked is { } yes) return new HeaderDecision(yes, "it was said so");
        string[] first = records[0].Cells;
        for (int column = 0; column < first.Length; column++)
        {
            if (first[column].Length == 0 || Number.IsMissing(first[column]) || IsNumber(first[column])) continue;
            if (NumbersBelow(records, column))
                return new HeaderDecision(true, $"'{TableColumn.Shorten(first[column])}' stands above numbers");
        }
        return new HeaderDecision(false, "no text in the first row stands above numbers");
    }

    /// <summary>The names in the first row; an empty cell is called by its position.</summary>
    public static string[] Names(string source, Record first)
    {
        var names = new string[first.Cells.Length];
        for (int column = 0; column < names.Length; column++)
        {
            names[column] = first.Cells[column].Length > 0 ? first.Cells[column] : NameOf(column);
            int earlier = Array.IndexOf(names, names[column], 0, column);
            if (earlier >= 0)
                throw new DataException(
                    source, $"columns {earlier} and {column} are both called '{names[column]}'; names that differ are needed", first.Line);
        }
        return names;
    }

    // A number with a comma is refused later, by its column's name.
    private static bool IsNumber(string cell) => Number.TryParse(cell, out _) || Number.HasComma(cell);

    private static bool NumbersBelow(IReadOnlyList<Record> records, int column)
    {
        bool any = false;
        foreach (var record in records.Skip(1))
        {
            if (record.Cells[column].Length == 0 || Number.IsMissing(record.Cells[column])) continue;
            if (!IsNumber(record.Cells[column])) return false;
            any = true;
        }
        return any;
    }
}
