using System.Globalization;

namespace Backprop.Cli.Report.Charts;

/// <summary>What was said over what is right: a perfect answer lies on the diagonal.</summary>
internal static class ScatterChart
{
    /// <summary>More points hide each other.</summary>
    public const int MostPoints = 1000;

    /// <summary>Draws the points; of many every second, third…</summary>
    /// <param name="name">What it shows.</param>
    /// <param name="quantity">What is predicted.</param>
    /// <param name="points">What is right, what was said, and what the sample is called.</param>
    public static string Of(string name, string quantity, IReadOnlyList<(double Right, double Said, string Title)> points)
    {
        int each = (points.Count + MostPoints - 1) / MostPoints;
        var shown = points.Where((_, i) => i % each == 0).ToArray();
        double[] right = [.. shown.Select(point => point.Right)], said = [.. shown.Select(point => point.Said)];
        var frame = new ChartFrame(right, said, $"right: {quantity}", $"predicted: {quantity}", sameScale: true);
        double least = Math.Min(right.Min(), said.Min()), most = Math.Max(right.Max(), said.Max());
        frame.Curve([(least, least), (most, most)], "diagonal");
        foreach (var point in shown)
            frame.Dot(
                point.Right, point.Said, "dot", string.Create(CultureInfo.InvariantCulture, $"{point.Title}: right {point.Right:G6}, predicted {point.Said:G6}"),
                shown.Length > 200 ? 2.2 : 3.5);
        frame.Names([(most, "equal", "soft")]);
        return frame.ToElement(name, string.Create(
            CultureInfo.InvariantCulture,
            $"{shown.Length} points; what is right goes from {right.Min():G4} to {right.Max():G4}, what was predicted from {said.Min():G4} to {said.Max():G4}."));
    }
}
