using System.Globalization;
using System.Numerics;
using System.Text;
using Backprop.Explaining;

namespace Backprop.Cli.Explain;

/// <summary>Gradients taken apart as Markdown: a heading and a table for each.</summary>
internal static class WhyMarkdown
{
    public static string Of<T>(Explanation<T> explanation, int digits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {ExplainMarkdown.Escaped(ExplainText.Head(explanation.Network).First())}\n\n");
        foreach (var step in explanation.Shown)
        {
            text.Append(CultureInfo.InvariantCulture, $"## {ExplainMarkdown.Escaped(ExplainText.Title(step, digits))}\n\n");
            foreach (var why in step.Whys)
            {
                text.Append(CultureInfo.InvariantCulture, $"### {ExplainMarkdown.Escaped(AnatomyText.Title(why.Anatomy))}\n\n");
                if (why.Anatomy.Shown.Count > 0) ExplainMarkdown.Table(text, WhyTable.Of(why.Anatomy, digits));
                foreach (string line in WhyTable.Below(why, digits)) text.Append(CultureInfo.InvariantCulture, $"- {ExplainMarkdown.Escaped(line)}\n");
                text.Append('\n');
            }
        }
        return text.ToString().TrimEnd('\n') + "\n";
    }
}
