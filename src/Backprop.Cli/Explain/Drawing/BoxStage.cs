namespace Backprop.Cli.Explain.Drawing;

/// <summary>A box with some lines of text: the loss, and what has no better picture.</summary>
internal sealed class BoxStage(IReadOnlyList<string> lines) : Stage
{
    public override double Width => Math.Max(54, lines.Max(line => line.Length) * 6.4 + 14);

    public override double Above => lines.Count * 8 + 8;

    /// <summary>What is written below the box.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public override double Below => Above + Notes.Count * 15;

    public override void Draw(SvgPicture svg, double x, double axis)
    {
        svg.Rectangle(x, axis - Above, Width, 2 * Above, "box", "", 8);
        for (int i = 0; i < lines.Count; i++) svg.Text(x + Width / 2, axis + (i - (lines.Count - 1) / 2.0) * 16 + 4, lines[i]);
        for (int i = 0; i < Notes.Count; i++) svg.Text(x + Width / 2, axis + Above + 14 + 15 * i, Notes[i], "note");
    }
}
