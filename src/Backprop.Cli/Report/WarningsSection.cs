using System.Globalization;
using System.Text;
using Backprop.Cli.Explain.Page;

namespace Backprop.Cli.Report;

/// <summary>What training was warned of, each with its cause and what to do.</summary>
internal static class WarningsSection
{
    public static void Write(StringBuilder text, Reported reported)
    {
        if (reported.Record is not { Warnings: { Count: > 0 } warnings }) return;
        text.Append("<section>\n<h2>Warnings</h2>\n");
        foreach (var warning in warnings)
            text.Append(CultureInfo.InvariantCulture, $"<div class=\"warning\">\n<p><strong>{HtmlPage.Encoded(warning.Title)}</strong>")
                .Append(warning.Layer.Length > 0 ? $" at {HtmlPage.Encoded(warning.Layer)}" : "")
                .Append(CultureInfo.InvariantCulture, $" <span class=\"soft\">from epoch {warning.Epoch} on</span></p>\n<p>{HtmlPage.Encoded(warning.Finding)}</p>\n")
                .Append(CultureInfo.InvariantCulture, $"<p>{HtmlPage.Encoded(warning.Cause)} {HtmlPage.Encoded(warning.Remedy)}</p>\n</div>\n");
        text.Append("</section>\n");
    }
}
