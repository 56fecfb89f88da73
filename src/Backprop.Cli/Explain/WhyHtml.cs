using System.Globalization;
using System.Numerics;
using System.Security;
using System.Text;
using Backprop.Explaining;

namespace Backprop.Cli.Explain;

/// <summary>Gradients taken apart as one page that needs nothing else, with a table for each.</summary>
internal static class WhyHtml
{
    private const string Style = """
        body { font: 16px/1.45 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff }
        h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin-top: 2rem } caption { text-align: left; font-weight: 600; padding: .3rem 0 }
        .table { overflow-x: auto } table { border-collapse: collapse; margin: 1.2rem 0 .3rem } td, th { border: 1px solid #bbb; padding: .15rem .5rem; text-align: left }
        td { font-family: ui-monospace, Consolas, monospace; font-size: .85rem } th { background: #f3f3f3 } td:nth-child(4) { text-align: right } p { margin: .2rem 0 }
        @media print { body { margin: 0; max-width: none; font-size: 11pt } tr { break-inside: avoid } .table { overflow: visible } }
        """;

    public static string Of<T>(Explanation<T> explanation, int digits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        string name = Encoded(ExplainText.Head(explanation.Network).First());
        var text = new StringBuilder();
        text.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n")
            .Append(CultureInfo.InvariantCulture, $"<title>{name}</title>\n<style>\n{Style}\n</style>\n</head>\n<body>\n<h1>{name}</h1>\n");
        foreach (var step in explanation.Shown)
        {
            text.Append(CultureInfo.InvariantCulture, $"<h2>{Encoded(ExplainText.Title(step, digits))}</h2>\n");
            foreach (var why in step.Whys) Write(text, why, digits);
        }
        return text.Append("</body>\n</html>\n").ToString();
    }

    private static void Write<T>(StringBuilder text, ExplainedWhy<T> why, int digits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        string[][] rows = WhyTable.Of(why.Anatomy, digits);
        text.Append(CultureInfo.InvariantCulture, $"<div class=\"table\"><table>\n<caption>{Encoded(AnatomyText.Title(why.Anatomy))}</caption>\n")
            .Append(CultureInfo.InvariantCulture, $"<tr>{string.Concat(rows[0].Select(cell => $"<th scope=\"col\">{Encoded(cell)}</th>"))}</tr>\n");
        foreach (string[] row in rows[1..])
            text.Append(CultureInfo.InvariantCulture, $"<tr>{string.Concat(row.Select(cell => $"<td>{Encoded(cell)}</td>"))}</tr>\n");
        text.Append("</table></div>\n");
        foreach (string line in WhyTable.Below(why, digits)) text.Append(CultureInfo.InvariantCulture, $"<p>{Encoded(line)}</p>\n");
    }

    private static string Encoded(string text) => SecurityElement.Escape(text);
}
