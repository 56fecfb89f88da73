namespace Backprop.Cli.Explain.Drawing;

/// <summary>What leads from one stage of a picture to the next.</summary>
internal abstract class Connection
{
    /// <summary>Draws it between the right side of one stage and the left side of the next; it lies below both.</summary>
    public abstract void Draw(SvgPicture svg, double from, double to, double axis);
}
