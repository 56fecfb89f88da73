using System.Globalization;
using System.Text;
using Backprop.Lessons.Comparison;

namespace Backprop.Cli.Compare;

/// <summary>A comparison for people: a table of three columns, and what follows from it.</summary>
internal static class CompareText
{
    /// <summary>As aligned text.</summary>
    public static string Of(ComparisonResult result)
    {
        var rows = ComparisonTable.Rows(result);
        int[] widths = [.. Enumerable.Range(0, rows[0].Count).Select(column => rows.Max(row => row[column].Length))];
        string[] lines =
        [
            .. ComparisonTable.Head(result), "",
            .. rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()), "",
            .. ComparisonTable.Conclusions(result),
        ];
        return string.Concat(lines.Select(line => $"{line}\n"));
    }

    /// <summary>As Markdown.</summary>
    public static string Markdown(ComparisonResult result)
    {
        var text = new StringBuilder();
        foreach (string line in ComparisonTable.Head(result)) text.Append(CultureInfo.InvariantCulture, $"{Escaped(line)}\n\n");
        var rows = ComparisonTable.Rows(result);
        for (int i = 0; i < rows.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", rows[i].Select(Escaped))} |\n");
            if (i == 0) text.Append(CultureInfo.InvariantCulture, $"|{string.Concat(rows[0].Select(_ => "---|"))}\n");
        }
        text.Append('\n');
        foreach (string line in ComparisonTable.Conclusions(result)) text.Append(CultureInfo.InvariantCulture, $"- {Escaped(line)}\n");
        return text.ToString();
    }

    /// <summary>The name of a file may hold letters that mean something to Markdown.</summary>
    private static string Escaped(string text) =>
        string.Concat(text.Select(letter => @"\`*_|<>#[]".Contains(letter, StringComparison.Ordinal) ? $"\\{letter}" : $"{letter}"));
}
