using System.Globalization;
using System.Numerics;
using System.Text;
using Backprop.Explaining;

namespace Backprop.Cli.Explain.Page;

/// <summary>Gradients taken apart as one page that needs nothing else, with a table for each.</summary>
internal static class WhyHtml
{
    public static string Of<T>(Explanation<T> explanation, int digits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var text = HtmlPage.Open(ExplainText.Head(explanation.Network).First()).Append("</header>\n");
        foreach (var step in explanation.Shown)
        {
            text.Append(CultureInfo.InvariantCulture, $"<h2>{Encoded(ExplainText.Title(step, digits))}</h2>\n");
            foreach (var why in step.Whys) Write(text, why, digits);
        }
        return HtmlPage.Close(text);
    }

    private static void Write<T>(StringBuilder text, ExplainedWhy<T> why, int digits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        string[][] rows = WhyTable.Of(why.Anatomy, digits);
        text.Append("<div class=\"tables\"><table class=\"why\">\n")
            .Append(CultureInfo.InvariantCulture, $"<caption>{Encoded(AnatomyText.Title(why.Anatomy))}</caption>\n")
            .Append(CultureInfo.InvariantCulture, $"<tr>{string.Concat(rows[0].Select(cell => $"<th scope=\"col\">{Encoded(cell)}</th>"))}</tr>\n");
        foreach (string[] row in rows[1..])
            text.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Encoded(row[0])}</th>")
                .Append(CultureInfo.InvariantCulture, $"{string.Concat(row[1..].Select(cell => $"<td>{Encoded(cell)}</td>"))}</tr>\n");
        text.Append("</table></div>\n");
        foreach (string line in WhyTable.Below(why, digits))
            text.Append(CultureInfo.InvariantCulture, $"<p class=\"numbers\">{Encoded(line.Replace("     ", " · ", StringComparison.Ordinal))}</p>\n");
    }

    private static string Encoded(string text) => HtmlPage.Encoded(text);
}
