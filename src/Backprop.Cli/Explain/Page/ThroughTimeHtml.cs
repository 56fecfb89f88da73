using System.Globalization;
using System.Numerics;
using System.Text;

namespace Backprop.Cli.Explain.Page;

/// <summary>What flows back through time as a part of a page.</summary>
internal static class ThroughTimeHtml
{
    public static void Write<T>(StringBuilder text, Explanation<T> explanation, ExplainedTime<T> time, int digits)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        text.Append("<section class=\"time\">\n");
        if (ThroughTimeTables.Note(time) is { Length: > 0 } note) text.Append(CultureInfo.InvariantCulture, $"<p>{Encoded(note)}</p>\n");
        foreach (var network in time.Networks)
        {
            text.Append(CultureInfo.InvariantCulture, $"<h3>Through time: {Encoded(ThroughTimeTables.Title(network))}</h3>\n");
            foreach (var table in ThroughTimeTables.Of(network, time.Truncate, explanation.Network.Labels, explanation.Network.Model.Parameters, digits))
            {
                text.Append(CultureInfo.InvariantCulture, $"<p>{Encoded(table.Title)}</p>\n<div class=\"tables\">\n<table class=\"update\">\n");
                for (int i = 0; i < table.Rows.Length; i++) text.Append(Row(table.Rows[i], isHead: i == 0));
                text.Append("</table>\n</div>\n");
            }
            text.Append(CultureInfo.InvariantCulture, $"<p><strong>{Encoded(ThroughTimeTables.Conclusion(time, network))}</strong></p>\n");
        }
        text.Append("</section>\n");
    }

    /// <summary>A row whose first cell says what the row is about.</summary>
    private static string Row(string[] cells, bool isHead) =>
        $"<tr>{string.Concat(cells.Select((cell, i) => Cell(cell, isHead ? "col" : i == 0 ? "row" : "")))}</tr>\n";

    private static string Cell(string text, string scope) => scope.Length > 0 ? $"<th scope=\"{scope}\">{Encoded(text)}</th>" : $"<td>{Encoded(text)}</td>";

    private static string Encoded(string text) => HtmlPage.Encoded(text);
}
