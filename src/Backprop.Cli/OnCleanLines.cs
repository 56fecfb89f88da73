using Spectre.Console;
using Spectre.Console.Rendering;

namespace Backprop.Cli;

/// <summary>A text that stays above a display which is drawn anew below it: what is left of the display's last state is wiped away first.</summary>
internal sealed class OnCleanLines(string text, Style style) : Renderable
{
    private const string EraseBelow = "\u001b[J";

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        IRenderable inner = new Text(text, style);
        var segments = inner.Render(options, maxWidth);
        return options.Ansi ? segments.Prepend(Segment.Control(EraseBelow)) : segments;
    }
}
