using System.Globalization;
using System.Numerics;
using System.Text;
using Backprop.Cli.Explain.Drawing;
using Backprop.Explaining;

namespace Backprop.Cli.Explain.Page;

/// <summary>An explanation as one page that needs nothing else: a picture with its numbers, formulas in MathML, steps that unfold, and every gradient taken
/// apart at a click.</summary>
internal static class ExplainHtml
{
    /// <summary>Writes the page.</summary>
    /// <param name="explanation">What it shows; the steps with their anatomies.</param>
    /// <param name="picture">The picture of the network in text, for who cannot see the drawn one.</param>
    /// <param name="command">The command that shows the same network, for what the page has no room for.</param>
    /// <param name="digits">The significant digits of numbers.</param>
    public static string Of<T>(Explanation<T> explanation, string picture, string command, int digits)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string[] head = [.. ExplainText.Head(explanation.Network)];
        var text = HtmlPage.Open(head[0]);
        foreach (string line in head[1..])
            text.Append(CultureInfo.InvariantCulture, $"<p>{HtmlPage.Encoded(line.Replace("   ", " · ", StringComparison.Ordinal))}</p>\n");
        text.Append("</header>\n");
        if (explanation.Picture is { } snapshot) WritePicture(text, explanation, snapshot, picture);
        if (explanation.Shown is [var first, ..]) WriteLegend(text, first);
        foreach (var step in explanation.Shown) StepSection.Write(text, explanation, step, digits);
        text.Append("<section>\n<h2>Losses</h2>\n<ul class=\"losses\">\n");
        foreach (string line in ExplainText.Losses(explanation, digits))
            text.Append(CultureInfo.InvariantCulture, $"<li>{HtmlPage.Encoded(line)}</li>\n");
        text.Append(CultureInfo.InvariantCulture, $"</ul>\n")
            .Append(CultureInfo.InvariantCulture, $"<p>{HtmlPage.Encoded(TapeText.Signs.Replace('\n', ' '))}</p>\n<p>{ExplainText.Rounding}</p>\n");
        if (explanation.Shown.Any(step => step.Anatomies is { IsComplete: false }))
            text.Append("<p>There is not room in one page for all anatomies: numbers that are not underlined are ")
                .Append("taken apart by <code>--why</code> on the command line.</p>\n");
        return HtmlPage.Close(text.Append("</section>\n"), WhyData.Of(explanation, command, digits));
    }

    /// <summary>Where a number leads to: the part of the page's own address that page.js reads. Null where it cannot be taken apart.</summary>
    public static string? Address<T>(Explanation<T> explanation, ExplainedStep<T> step, string path)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (step.Anatomies is not { } anatomies || !anatomies.Numbers.ContainsKey(path)) return null;
        // Brackets and commas as they are: a page has thousands of them.
        string name = Uri.EscapeDataString(path)
            .Replace("%5B", "[", StringComparison.Ordinal).Replace("%5D", "]", StringComparison.Ordinal).Replace("%2C", ",", StringComparison.Ordinal);
        return step == explanation.Shown[0] ? $"#why={name}" : string.Create(CultureInfo.InvariantCulture, $"#why={name}&step={step.Number}");
    }

    private static void WritePicture<T>(StringBuilder text, Explanation<T> explanation, NetworkSnapshot<T> snapshot, string picture)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        text.Append("<figure class=\"network\">\n<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Picture of the network\">\n")
            .Append(NetworkDrawing.Of(snapshot, picture, path => Address(explanation, explanation.Shown[0], path)))
            .Append(CultureInfo.InvariantCulture, $"</div>\n<figcaption>Step {explanation.Shown[0].Number} before its update")
            .Append(CultureInfo.InvariantCulture, $"{(snapshot.Network.Inputs.Shape[0] > 1 ? ", the first sample of its batch" : "")}. ")
            .Append("Numbers in the picture are what was computed; a line is a weight, the thicker the larger, broken where it is negative. ")
            .Append("<span class=\"screen\">A click on a number shows why its gradient is what it is.</span></figcaption>\n</figure>\n");

    private static void WriteLegend<T>(StringBuilder text, ExplainedStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        text.Append("<details class=\"legend\">\n<summary><h2>Symbols</h2></summary>\n<table>\n")
            .Append("<tr><th scope=\"col\">symbol</th><th scope=\"col\">path</th><th scope=\"col\">shape</th></tr>\n");
        foreach (var (symbol, meaning, shape) in step.Legend)
            text.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{MathMl.Of(symbol)}</th>")
                .Append(CultureInfo.InvariantCulture, $"<td>{HtmlPage.Encoded(meaning)}</td><td>{shape}</td></tr>\n");
        text.Append("</table>\n</details>\n");
    }
}
