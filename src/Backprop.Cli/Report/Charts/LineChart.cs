using System.Globalization;

namespace Backprop.Cli.Report.Charts;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Kind">first or second: its colour and its dashes.</param>
/// <param name="Points">Its points, from left to right; those that are not finite are left out.</param>
internal sealed record ChartLine(string Name, string Kind, IReadOnlyList<(double X, double Y)> Points);

/// <summary>Lines over epochs or over time.</summary>
internal static class LineChart
{
    /// <summary>More points than the picture has columns show nothing more.</summary>
    private const int MostPoints = 500;

    /// <summary>Draws the lines; nothing where no point is finite.</summary>
    /// <param name="name">What it shows.</param>
    /// <param name="x">What goes along, in whole numbers.</param>
    /// <param name="y">What goes upwards.</param>
    /// <param name="lines">The lines.</param>
    public static string Of(string name, string x, string y, params ChartLine[] lines) => Of(name, x, y, shares: false, lines);

    /// <summary>The same for shares, none of which is above 1.</summary>
    public static string OfShares(string name, string x, string y, params ChartLine[] lines) => Of(name, x, y, shares: true, lines);

    private static string Of(string name, string x, string y, bool shares, ChartLine[] lines)
    {
        ChartLine[] shown = [.. lines.Select(line => line with { Points = [.. line.Points.Where(point => double.IsFinite(point.Y))] })
            .Where(line => line.Points.Count > 0)];
        if (shown.Length == 0) return "";
        (double X, double Y)[] points = [.. shown.SelectMany(line => line.Points)];
        var frame = new ChartFrame([.. points.Select(point => point.X)], [.. points.Select(point => point.Y)], x, y, whole: true, shares: shares);
        foreach (var line in shown)
        {
            if (line.Points.Count > 1) frame.Curve(Thinned(line.Points), $"line {line.Kind}");
            else frame.Dot(line.Points[0].X, line.Points[0].Y, $"dot {line.Kind}", Point(line.Points[0], x, y));
        }
        frame.Names(shown.Select(line => (line.Points[^1].Y, line.Name, line.Kind)));
        return frame.ToElement(name, string.Join("; ", shown.Select(line => Description(line, x))) + ".");
    }

    private static string Description(ChartLine line, string x)
    {
        var (least, most) = (line.Points.MinBy(point => point.Y), line.Points.MaxBy(point => point.Y));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{line.Name} goes from {line.Points[0].Y:G4} to {line.Points[^1].Y:G4}, least {least.Y:G4} at {x} {least.X}, greatest {most.Y:G4} at {x} {most.X}");
    }

    private static string Point((double X, double Y) point, string x, string y) => string.Create(CultureInfo.InvariantCulture, $"{x} {point.X}: {y} {point.Y:G4}");

    private static IEnumerable<(double X, double Y)> Thinned(IReadOnlyList<(double X, double Y)> points)
    {
        int each = (points.Count + MostPoints - 1) / MostPoints;
        return points.Where((_, i) => i % each == 0 || i == points.Count - 1);
    }
}
