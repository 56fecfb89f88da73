namespace Backprop.Cli.Explain.Drawing;

/// <summary>An arrow, with what happens on the way.</summary>
internal sealed class ArrowConnection(string label) : Connection
{
    public override void Draw(SvgPicture svg, double from, double to, double axis)
    {
        svg.Arrow(from + 8, axis, to - 4, axis, label);
        if (label.Length > 0) svg.Text((from + to) / 2, axis - 7, label, "note");
    }
}
