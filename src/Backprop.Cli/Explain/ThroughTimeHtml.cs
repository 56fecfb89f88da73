using System.Globalization;
using System.Numerics;
using System.Security;
using System.Text;

namespace Backprop.Cli.Explain;

/// <summary>What flows back through time as a part of a page.</summary>
internal static class ThroughTimeHtml
{
    public static string Of<T>(Explanation<T> explanation, ExplainedTime<T> time, int digits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var text = new StringBuilder();
        if (ThroughTimeTables.Note(time) is { Length: > 0 } note) text.Append(CultureInfo.InvariantCulture, $"<p>{Encoded(note)}</p>\n");
        foreach (var network in time.Networks)
        {
            text.Append(CultureInfo.InvariantCulture, $"<h3>Through time: {Encoded(ThroughTimeTables.Title(network))}</h3>\n");
            foreach (var table in ThroughTimeTables.Of(network, time.Truncate, explanation.Network.Labels, explanation.Network.Model.Parameters, digits))
            {
                text.Append(CultureInfo.InvariantCulture, $"<p>{Encoded(table.Title)}</p>\n<table>\n");
                for (int i = 0; i < table.Rows.Length; i++) text.Append(Row(table.Rows[i], i == 0 ? "th" : "td"));
                text.Append("</table>\n");
            }
            text.Append(CultureInfo.InvariantCulture, $"<p><strong>{Encoded(network.Flow.Conclusion)}</strong></p>\n");
        }
        return text.ToString();
    }

    private static string Row(string[] cells, string tag) => $"<tr>{string.Concat(cells.Select(cell => $"<{tag}>{Encoded(cell)}</{tag}>"))}</tr>\n";

    private static string Encoded(string text) => SecurityElement.Escape(text);
}
