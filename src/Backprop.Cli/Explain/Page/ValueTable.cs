using System.Globalization;
using System.Numerics;
using System.Security;
using System.Text;
using Backprop.Explaining;
using Backprop.Tensors;

namespace Backprop.Cli.Explain.Page;

/// <summary>The numbers of a tensor as HTML tables with their indices: one for its last two axes, several where it has more; of large ones the
/// corner.</summary>
internal static class ValueTable
{
    private const int MostRows = 12, MostColumns = 10, MostTables = 8;

    /// <summary>The positions of the numbers that are shown.</summary>
    public static IEnumerable<int> Shown(Shape shape)
    {
        if (shape.Elements == 0) return [];
        int columns = shape.Rank < 1 ? 1 : shape[^1], rows = shape.Rank < 2 ? 1 : shape[^2];
        return
            from table in Enumerable.Range(0, Math.Min(shape.Elements / (rows * columns), MostTables))
            from row in Enumerable.Range(0, Math.Min(rows, MostRows))
            from column in Enumerable.Range(0, Math.Min(columns, MostColumns))
            select (table * rows + row) * columns + column;
    }

    /// <summary>Writes the numbers.</summary>
    /// <param name="text">What is written to.</param>
    /// <param name="name">What the tensor is called, for who hears the table read.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="values">Its values, row-major.</param>
    /// <param name="number">A number as HTML, by its position.</param>
    public static void Write<T>(StringBuilder text, string name, Shape shape, IReadOnlyList<T> values, Func<int, string> number)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (values.Count == 0) return;
        if (values.Count == 1)
        {
            text.Append(CultureInfo.InvariantCulture, $"<p class=\"one\">{number(0)}</p>\n");
            return;
        }
        int columns = shape[^1], rows = shape.Rank < 2 ? 1 : shape[^2], tables = values.Count / (rows * columns);
        text.Append("<div class=\"tables\">\n");
        for (int table = 0; table < Math.Min(tables, MostTables); table++)
        {
            string place = tables > 1 ? Leading(shape).Position(table).Replace("]", ",·,·]", StringComparison.Ordinal) : "";
            text.Append(CultureInfo.InvariantCulture, $"<table class=\"values\" aria-label=\"{SecurityElement.Escape(name + place)}\">\n");
            if (place.Length > 0) text.Append(CultureInfo.InvariantCulture, $"<caption>{place}</caption>\n");
            WriteCells(text, rows, columns, rows > 1, i => number(table * rows * columns + i));
            text.Append("</table>\n");
        }
        text.Append("</div>\n");
        if (tables > MostTables || rows > MostRows || columns > MostColumns)
            text.Append(
                CultureInfo.InvariantCulture,
                $"<p class=\"range\">{TensorText.Summary(shape, (ReadOnlySpan<T>)values.ToArray())}</p>\n");
    }

    private static Shape Leading(Shape shape) => [.. shape.AsSpan()[..(shape.Rank - 2)]];

    private static void WriteCells(StringBuilder text, int rows, int columns, bool hasRows, Func<int, string> number)
    {
        int shownRows = Math.Min(rows, MostRows), shownColumns = Math.Min(columns, MostColumns);
        string more = columns > shownColumns ? "<td>…</td>" : "";
        text.Append("<tr>").Append(hasRows ? "<td></td>" : "");
        for (int column = 0; column < shownColumns; column++) text.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{column}</th>");
        text.Append(more).Append("</tr>\n");
        for (int row = 0; row < shownRows; row++)
        {
            text.Append("<tr>").Append(hasRows ? string.Create(CultureInfo.InvariantCulture, $"<th scope=\"row\">{row}</th>") : "");
            for (int column = 0; column < shownColumns; column++) text.Append("<td>").Append(number(row * columns + column)).Append("</td>");
            text.Append(more).Append("</tr>\n");
        }
        if (rows > shownRows)
            text.Append(
                CultureInfo.InvariantCulture,
                $"<tr><th scope=\"row\">…</th><td colspan=\"{shownColumns}\"></td>{more.Replace("…", "", StringComparison.Ordinal)}</tr>\n");
    }
}
