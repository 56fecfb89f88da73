using System.Globalization;
using System.Numerics;
using Backprop.Explaining;

namespace Backprop.Cli.Explain;

/// <summary>What an update did to the entries of a parameter: a row per entry, old weight, gradient, the optimizer's quantities, new weight.</summary>
internal static class UpdateTable
{
    private const int MostRows = 24;

    /// <summary>The cells, the head first.</summary>
    /// <param name="change">The update.</param>
    /// <param name="labels">The textbook's names of the entries, if they have some.</param>
    /// <param name="place">Says where an entry stands.</param>
    /// <param name="number">How a number is written.</param>
    /// <returns>The rows, and how many entries have none because there are too many.</returns>
    public static (string[][] Rows, int More) Of<T>(ReadChange<T> change, IReadOnlyList<string>? labels, Func<int, string> place, Func<T, string> number)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int shown = Math.Min(change.Before.Count, MostRows);
        string[] head = ["entry", "old", "gradient", .. change.Quantities.Select(quantity => quantity.Symbol), "new"];
        var rows = Enumerable.Range(0, shown).Select(i => (string[])
        [
            labels?[i] ?? place(i), number(change.Before[i]), number(change.Gradient[i]), .. change.Quantities.Select(quantity => number(quantity.Values[i])),
            number(change.Step.Values[i]),
        ]);
        return ([head, .. rows], change.Before.Count - shown);
    }

    /// <summary>The rows as aligned text, with points below each other.</summary>
    public static IEnumerable<string> Lines(string[][] rows)
    {
        int columns = rows[0].Length;
        var before = new int[columns];
        var width = new int[columns];
        for (int column = 0; column < columns; column++)
        {
            before[column] = rows.Skip(1).Max(row => BeforePoint(row[column]));
            width[column] = Math.Max(Width(rows[0][column]), rows.Skip(1).Max(row => before[column] - BeforePoint(row[column]) + row[column].Length));
        }
        for (int i = 0; i < rows.Length; i++) yield return Line(i);

        string Line(int row) => string.Join("  ", rows[row].Select((cell, column) => Padded(row == 0 || column == 0 ? cell : Aligned(cell, column), column))).TrimEnd();

        string Padded(string text, int column) => text.PadRight(width[column] + text.Length - Width(text));

        string Aligned(string cell, int column) => new string(' ', before[column] - BeforePoint(cell)) + cell;
    }

    /// <summary>How wide a text is: the hat of m̂ stands above its letter.</summary>
    private static int Width(string text) => text.Count(letter => char.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark);

    private static int BeforePoint(string text) => text.AsSpan().IndexOfAny('.', 'e') is var point && point < 0 ? text.Length : point;
}
