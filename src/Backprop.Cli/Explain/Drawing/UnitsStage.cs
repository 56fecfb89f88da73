namespace Backprop.Cli.Explain.Drawing;

/// <summary>Numbers in a row, as units below each other.</summary>
internal sealed class UnitsStage : Stage
{
    public const double Radius = 21;
    private const int MostUnits = 7;
    private const double Pitch = 58;

    private readonly int[] shown;
    private readonly int count;

    public UnitsStage(int count) => (this.count, shown) = (count, Shown(count, MostUnits));

    /// <summary>What stands in a unit, what a pointer reads over it, and the path of its number; by its position.</summary>
    public required Func<int, (string Number, string Title, string Path)> Unit { get; init; }

    /// <summary>What is written below a unit, and its path; by its position.</summary>
    public Func<int, (string Text, string Path)>? Note { get; init; }

    /// <summary>The units that are drawn, by their positions.</summary>
    public IEnumerable<int> Drawn => shown.Where(unit => unit >= 0);

    public override double Width => 2 * Radius;

    public override double Above => shown.Length * Pitch / 2;

    /// <summary>The middle of a drawn unit, measured from the axis.</summary>
    public double Y(int unit) => (Array.IndexOf(shown, unit) - (shown.Length - 1) / 2.0) * Pitch;

    public override void Draw(SvgPicture svg, double x, double axis)
    {
        for (int i = 0; i < shown.Length; i++)
        {
            double y = axis + (i - (shown.Length - 1) / 2.0) * Pitch;
            if (shown[i] < 0)
            {
                svg.Text(x + Radius, y + 4, $"⋮ {count}", "more");
                continue;
            }
            var (number, title, path) = Unit(shown[i]);
            svg.Linked(path, () =>
            {
                svg.Circle(x + Radius, y, Radius, "unit", title);
                svg.Text(x + Radius, y + 4, number);
            });
            if (Note?.Invoke(shown[i]) is var (text, owner)) svg.Linked(owner, () => svg.Text(x + Radius, y + Radius + 11, text, "note"));
        }
    }
}
