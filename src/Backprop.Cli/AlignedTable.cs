using System.Globalization;

namespace Backprop.Cli;

/// <summary>A table of numbers as text.</summary>
internal static class AlignedTable
{
    /// <summary>The rows as aligned text, the head first; the first column holds words, the points of the others stand below each other.</summary>
    public static IEnumerable<string> Lines(string[][] rows)
    {
        int columns = rows[0].Length;
        var before = new int[columns];
        var width = new int[columns];
        for (int column = 0; column < columns; column++)
        {
            before[column] = column == 0 ? 0 : rows.Skip(1).Max(row => BeforePoint(row[column]));
            width[column] = Math.Max(Width(rows[0][column]), rows.Skip(1).Max(row => Aligned(row[column], column).Length));
        }
        for (int i = 0; i < rows.Length; i++) yield return Line(i);

        string Line(int row) => string.Join("  ", rows[row].Select((cell, column) => Padded(row == 0 ? cell : Aligned(cell, column), column))).TrimEnd();

        string Padded(string text, int column) => text.PadRight(width[column] + text.Length - Width(text));

        string Aligned(string cell, int column) => column == 0 ? cell : new string(' ', before[column] - BeforePoint(cell)) + cell;
    }

    /// <summary>How wide a text is: the hat of m̂ stands above its letter.</summary>
    private static int Width(string text) => text.Count(letter => char.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark);

    private static int BeforePoint(string text) => text.AsSpan().IndexOfAny('.', 'e') is var point && point < 0 ? text.Length : point;
}
