using System.Globalization;
using System.Security;
using System.Text;

namespace Backprop.Cli.Report.Charts;

/// <summary>What every chart has: a heading, two axes with numbers and names, and a text for who cannot see it. Colours belong to the page.</summary>
internal sealed class ChartFrame
{
    /// <summary>The picture, and within it the place for what is shown: room on the left for numbers, on the right for the names of lines.</summary>
    private const double Width = 560, Height = 310, Left = 66, Right = 470, Top = 14, Bottom = 258;

    private readonly StringBuilder body = new();

    /// <summary>Draws the axes.</summary>
    /// <param name="xs">Every number along.</param>
    /// <param name="ys">Every number upwards.</param>
    /// <param name="x">What goes along.</param>
    /// <param name="y">What goes upwards.</param>
    /// <param name="whole">Whether the numbers along are whole ones.</param>
    /// <param name="sameScale">Whether both axes reach as far, so that a diagonal means equality.</param>
    /// <param name="shares">Whether what goes upwards are shares, none above 1.</param>
    public ChartFrame(
        IReadOnlyCollection<double> xs, IReadOnlyCollection<double> ys, string x, string y, bool whole = false, bool sameScale = false, bool shares = false)
    {
        bool ratios = !sameScale && !shares && Axis.SuitsRatios(ys);
        // The best that there can be is to be seen.
        if (shares) ys = [.. ys, 1];
        if (sameScale) xs = ys = [.. xs, .. ys];
        (X, Y) = (Axis.Of(xs, Left, Right, whole), Axis.Of(ys, Bottom, Top, logarithmic: ratios));
        foreach (double tick in Y.Ticks)
        {
            Line(Left, Y.At(tick), Right, Y.At(tick), "grid");
            Text(Left - 8, Y.At(tick) + 4, Axis.Text(tick), "end");
        }
        foreach (double tick in X.Ticks)
        {
            Line(X.At(tick), Bottom, X.At(tick), Bottom + 5, "axis");
            Text(X.At(tick), Bottom + 20, Axis.Text(tick), "middle");
        }
        Line(Left, Bottom, Right, Bottom, "axis");
        Text((Left + Right) / 2, Bottom + 42, x, "middle soft");
        body.Append(CultureInfo.InvariantCulture, $"<text transform=\"translate(14 {N((Top + Bottom) / 2)}) rotate(-90)\" class=\"middle soft\">")
            .Append(SecurityElement.Escape(ratios ? $"{y} (powers of ten)" : y)).Append("</text>\n");
    }

    public Axis X { get; }

    public Axis Y { get; }

    /// <summary>A line through points of the axes.</summary>
    public void Curve(IEnumerable<(double X, double Y)> points, string kind) => body.Append(
        CultureInfo.InvariantCulture, $"<polyline points=\"{string.Join(' ', points.Select(point => $"{N(X.At(point.X))},{N(Y.At(point.Y))}"))}\" class=\"{kind}\"/>\n");

    /// <summary>A point with a text that a pointer reads over it.</summary>
    public void Dot(double x, double y, string kind, string title, double radius = 3.5) => body
        .Append(CultureInfo.InvariantCulture, $"<circle cx=\"{N(X.At(x))}\" cy=\"{N(Y.At(y))}\" r=\"{N(radius)}\" class=\"{kind}\">")
        .Append(CultureInfo.InvariantCulture, $"<title>{SecurityElement.Escape(title)}</title></circle>\n");

    /// <summary>Names beside the ends of lines, moved apart where they would lie on each other.</summary>
    public void Names(IEnumerable<(double Y, string Name, string Kind)> ends)
    {
        double last = double.NegativeInfinity;
        foreach (var (y, name, kind) in ends.Select(end => (Y.At(end.Y), end.Name, end.Kind)).OrderBy(end => end.Item1))
        {
            last = Math.Max(y + 4, last + 16);
            Text(Right + 8, last, name, $"begin {kind}");
        }
    }

    /// <summary>The whole as an element for a page.</summary>
    /// <param name="name">What it shows, in a few words.</param>
    /// <param name="description">The same for who cannot see it.</param>
    public string ToElement(string name, string description) =>
        $"<svg viewBox=\"0 0 {N(Width)} {N(Height)}\" class=\"chart\" role=\"img\" aria-label=\"{SecurityElement.Escape($"{name}. {description}")}\">\n{body}</svg>\n";

    private void Line(double x1, double y1, double x2, double y2, string kind) =>
        body.Append(CultureInfo.InvariantCulture, $"<line x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\" class=\"{kind}\"/>\n");

    private void Text(double x, double y, string text, string kind) =>
        body.Append(CultureInfo.InvariantCulture, $"<text x=\"{N(x)}\" y=\"{N(y)}\" class=\"{kind}\">{SecurityElement.Escape(text)}</text>\n");

    private static string N(double number) => Math.Round(number, 1).ToString(CultureInfo.InvariantCulture);
}
