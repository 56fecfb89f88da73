using System.Globalization;
using System.Text;
using Backprop.Cli.Explain.Page;

namespace Backprop.Cli.Report;

/// <summary>A table whose first row and first column say what the others are.</summary>
internal static class HtmlTable
{
    /// <summary>Writes the table.</summary>
    /// <param name="text">What is written to.</param>
    /// <param name="caption">What it shows.</param>
    /// <param name="kind">Its class: <c>words</c> begins cells on the left.</param>
    /// <param name="head">The names of the columns.</param>
    /// <param name="rows">The cells, row by row.</param>
    public static void Write(StringBuilder text, string caption, string kind, IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        var cells = rows.ToArray();
        string[] sides = [.. head.Select((_, column) => cells.Any(row => row[column].Length > 0 && char.IsLetter(row[column][0])) ? " class=\"word\"" : "")];
        Begin(text, caption, kind);
        text.Append("<tr>");
        for (int i = 0; i < head.Count; i++) text.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\"{sides[i]}>{HtmlPage.Encoded(head[i])}</th>");
        text.Append("</tr>\n");
        foreach (var row in cells)
        {
            text.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{HtmlPage.Encoded(row[0])}</th>");
            for (int i = 1; i < row.Count; i++) text.Append(CultureInfo.InvariantCulture, $"<td{sides[i]}>{HtmlPage.Encoded(row[i])}</td>");
            text.Append("</tr>\n");
        }
        text.Append("</table>\n</div>\n");
    }

    /// <summary>Begins a table that may be scrolled; what it shows stands above it.</summary>
    public static void Begin(StringBuilder text, string caption, string kind) => text
        .Append(CultureInfo.InvariantCulture, $"<p class=\"caption\">{HtmlPage.Encoded(caption)}</p>\n<div class=\"tables\" tabindex=\"0\" role=\"group\" ")
        .Append(CultureInfo.InvariantCulture, $"aria-label=\"{HtmlPage.Encoded(caption)}\">\n<table class=\"{kind}\">\n");
}
