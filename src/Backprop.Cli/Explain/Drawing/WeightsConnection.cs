namespace Backprop.Cli.Explain.Drawing;

/// <summary>A weight in a picture: its value, how it is written, what a pointer reads over it, and its path.</summary>
internal readonly record struct DrawnWeight(double Value, string Number, string Title, string Path)
{
    /// <summary>A weight of which nothing is known.</summary>
    public static DrawnWeight Unknown { get; } = new(0, "", "", "");
}

/// <summary>Every unit to every unit: a line for each weight, thick where it is large, broken where it is negative.</summary>
internal sealed class WeightsConnection(UnitsStage before, UnitsStage after, Func<int, int, DrawnWeight>? weight) : Connection
{
    private const int MostLabels = 8;
    private const double Thickest = 4;

    public override void Draw(SvgPicture svg, double from, double to, double axis)
    {
        int[] sources = [.. before.Drawn], targets = [.. after.Drawn];
        var all = sources.SelectMany(i => targets.Select(j => (From: i, To: j, Weight: weight?.Invoke(i, j) ?? DrawnWeight.Unknown)))
            .ToList();
        double largest = all.Max(entry => double.IsFinite(entry.Weight.Value) ? Math.Abs(entry.Weight.Value) : 0);
        foreach (var (i, j, (value, _, title, path)) in all)
        {
            string kind = weight is null ? "edge" : value < 0 ? "edge negative" : value > 0 ? "edge positive" : "edge zero";
            double width = largest > 0 && double.IsFinite(value) ? Math.Max(0.6, Thickest * Math.Abs(value) / largest) : 1;
            svg.Linked(path, () => svg.Line(from, axis + before.Y(i), to, axis + after.Y(j), kind, title, width));
        }
        if (weight is null || all.Count > MostLabels) return;
        const double Along = 0.27;
        foreach (var (i, j, (_, number, title, path)) in all)
        {
            // Where there are more units, lines lie farther apart: there is room for their numbers.
            double along = sources.Length >= targets.Length ? Along : 1 - Along;
            double y = before.Y(i) + along * (after.Y(j) - before.Y(i));
            svg.Linked(path, () => svg.Text(from + along * (to - from), axis + y + 4, number, "weight", title));
        }
    }
}
