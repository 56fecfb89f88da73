using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Explaining;

/// <summary>How the numbers of a tensor are written: rows with aligned points, a long row of a small tensor on several lines; a large tensor by its corner,
/// its range and its mean.</summary>
public static class TensorText
{
    private const int ShownRows = 6;
    private const int ShownColumns = 6;
    private const int WrappedColumns = 12;
    private const string Gap = "  ";
    private const string More = Gap + "…";

    /// <summary>The lines of a tensor, without any indentation: one for a vector, else one per row.</summary>
    /// <param name="shape">Its shape; axes before the last two are stacked above each other, a blank line apart.</param>
    /// <param name="values">Its values, row-major.</param>
    /// <param name="width">How long a line may be. Of up to 6 rows of up to 12 columns those that do not fit go on on the next line; of larger tensors they
    /// are left out, never a part of a number.</param>
    /// <param name="number">How a number is written; with six significant digits if left out.</param>
    public static IReadOnlyList<string> Lines<T>(Shape shape, ReadOnlySpan<T> values, int width = 80, Func<T, string>? number = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        number ??= NumberText.Of;
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Elements == 0) return [$"[] empty {shape}"];
        if (shape.Elements == 1) return [number(values[0])];
        int columns = shape[^1], rows = shape.Elements / columns;
        // A column lies down to save lines, and says so.
        if (columns == 1 && rows <= ShownColumns && shape.Rank == 2 && Lines([rows], values, width - 1, number) is [var lying]) return [lying + "ᵀ"];
        int block = shape.Rank < 2 ? 1 : shape[^2];
        bool wraps = rows <= ShownRows && columns <= WrappedColumns, large = !wraps && (rows > 2 * ShownRows || columns > ShownColumns + 2);
        int shownRows = large ? Math.Min(rows, Math.Min(ShownRows, block)) : rows;
        int shownColumns = !wraps && columns > ShownColumns + 2 ? ShownColumns : columns;

        var cells = new string[shownRows, shownColumns];
        for (int i = 0; i < shownRows; i++)
            for (int j = 0; j < shownColumns; j++) cells[i, j] = number(values[i * columns + j]);
        Align(cells);
        if (wraps) return Wrapped(cells, block, width);
        while (shownColumns > 1 && Row(cells, 0, shownColumns, columns).Length > width) shownColumns--;
        if (shownColumns < columns && !large)
        {
            large = true;
            shownRows = Math.Min(rows, Math.Min(ShownRows, block));
        }

        var lines = new List<string>();
        for (int i = 0; i < shownRows; i++)
        {
            if (i > 0 && block > 1 && i % block == 0) lines.Add("");
            lines.Add(Row(cells, i, shownColumns, columns));
        }
        if (large) lines.AddRange(SummaryLines(shape, values, width, number));
        return lines;
    }

    /// <summary>What a large tensor is like: <c>… [784, 128]: −0.081 … 0.081, mean 0.00012</c>.</summary>
    public static string Summary<T>(Shape shape, ReadOnlySpan<T> values) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(shape);
        return Summary(shape, values, NumberText.Of);
    }

    private static string Summary<T>(Shape shape, ReadOnlySpan<T> values, Func<T, string> number) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T low = values[0], high = values[0];
        double sum = 0;
        foreach (T value in values)
        {
            low = T.Min(low, value);
            high = T.Max(high, value);
            sum += double.CreateChecked(value);
        }
        return $"… {shape}: {number(low)} … {number(high)}, mean {number(T.CreateTruncating(sum / values.Length))}";
    }

    private static string[] SummaryLines<T>(Shape shape, ReadOnlySpan<T> values, int width, Func<T, string> number) where T : unmanaged, IFloatingPointIeee754<T>
    {
        string summary = Summary(shape, values, number);
        int mean = summary.LastIndexOf(" mean ", StringComparison.Ordinal);
        return summary.Length <= width ? [summary] : [summary[..mean], Gap + summary[(mean + 1)..]];
    }

    /// <summary>All cells, with as many in a line as fit, or fewer where that fills the lines of a row alike.</summary>
    private static List<string> Wrapped(string[,] cells, int block, int width)
    {
        int rows = cells.GetLength(0), columns = cells.GetLength(1), fitting = columns;
        while (fitting > 1 && Enumerable.Range(0, columns - fitting + 1).Any(from => Part(0, from, fitting).Length + 2 > width)) fitting--;
        int parts = (columns + fitting - 1) / fitting, each = (columns + parts - 1) / parts;
        var lines = new List<string>();
        for (int i = 0; i < rows; i++)
        {
            if (i > 0 && block > 1 && i % block == 0) lines.Add("");
            for (int from = 0; from < columns; from += each)
            {
                int count = Math.Min(each, columns - from);
                string part = (from == 0 ? "[" : " ") + Part(i, from, count);
                lines.Add(from + count == columns ? part + "]" : part.TrimEnd());
            }
        }
        return lines;

        string Part(int row, int from, int count) => string.Join(Gap, Enumerable.Range(from, count).Select(j => cells[row, j]));
    }

    /// <summary>The first cells of a row; the cells of a column have one width, so that all rows are equally long.</summary>
    private static string Row(string[,] cells, int row, int shown, int columns) =>
        $"[{string.Join(Gap, Enumerable.Range(0, shown).Select(j => cells[row, j]))}{(shown < columns ? More : "")}]";

    /// <summary>Pads the cells of each column so that the points stand below each other.</summary>
    private static void Align(string[,] cells)
    {
        for (int j = 0; j < cells.GetLength(1); j++)
        {
            int before = 0, after = 0;
            for (int i = 0; i < cells.GetLength(0); i++)
            {
                int point = NumberText.BeforePoint(cells[i, j]);
                before = Math.Max(before, point);
                after = Math.Max(after, cells[i, j].Length - point);
            }
            for (int i = 0; i < cells.GetLength(0); i++)
            {
                int point = NumberText.BeforePoint(cells[i, j]);
                cells[i, j] = (new string(' ', before - point) + cells[i, j]).PadRight(before + after);
            }
        }
    }
}
