using System.Globalization;
using System.Security;
using System.Text;

namespace Backprop.Cli.Explain.Drawing;

/// <summary>An SVG picture that grows with what is drawn. Colours belong to the page: elements carry classes.</summary>
/// <param name="address">Where a number of the picture leads to, by its path; null where it leads nowhere.</param>
internal sealed class SvgPicture(Func<string, string?> address)
{
    /// <summary>Up to this width a page may make the picture smaller: what is written stays legible.</summary>
    private const double MostReduced = 1250;

    private const double Margin = 8;
    private readonly StringBuilder body = new();
    private double left, top, right, bottom;

    /// <summary>Draws something that belongs to a number: it leads to where that number is taken apart.</summary>
    public void Linked(string path, Action draw)
    {
        string? target = path.Length == 0 ? null : address(path);
        if (target is not null) body.Append(CultureInfo.InvariantCulture, $"<a href=\"{SecurityElement.Escape(target)}\">");
        draw();
        if (target is not null) body.Append("</a>\n");
    }

    /// <summary>A straight line; a title is what a pointer reads over it.</summary>
    public void Line(double x1, double y1, double x2, double y2, string kind, string title = "", double width = 1)
    {
        Include(x1, y1);
        Include(x2, y2);
        string size = width == 1 ? "" : $" stroke-width=\"{N(width)}\"";
        Element("line", $"x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\"{size}", kind, title);
    }

    /// <summary>A line with a head at its end.</summary>
    public void Arrow(double x1, double y1, double x2, double y2, string title = "")
    {
        const double Head = 6;
        double length = Math.Max(1, Math.Sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1)));
        double x = (x2 - x1) / length, y = (y2 - y1) / length;
        Line(x1, y1, x2 - x * Head, y2 - y * Head, "flow", title);
        Path(
            $"M{N(x2)} {N(y2)}L{N(x2 - x * Head - y * 3.5)} {N(y2 - y * Head + x * 3.5)}" +
            $"L{N(x2 - x * Head + y * 3.5)} {N(y2 - y * Head - x * 3.5)}z", "head");
    }

    public void Circle(double x, double y, double radius, string kind, string title = "")
    {
        Include(x - radius, y - radius);
        Include(x + radius, y + radius);
        Element("circle", $"cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(radius)}\"", kind, title);
    }

    public void Rectangle(double x, double y, double width, double height, string kind, string title = "", double round = 0)
    {
        Include(x, y);
        Include(x + width, y + height);
        string corner = round == 0 ? "" : $" rx=\"{N(round)}\"";
        Element("rect", $"x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\"{corner}", kind, title);
    }

    /// <summary>A path whose points lie within what is drawn already.</summary>
    public void Path(string points, string kind, string title = "") => Element("path", $"d=\"{points}\"", kind, title);

    /// <summary>Text whose middle stands at x, or its beginning where the kind says so; where it says math, what follows an underscore
    /// stands lower.</summary>
    public void Text(double x, double y, string text, string kind = "", string title = "")
    {
        // Letters of this size are about six wide: enough to leave room for them.
        double half = text.Length * (kind.Contains("name", StringComparison.Ordinal) ? 3.9 : 3.2);
        double begin = kind.Contains("begin", StringComparison.Ordinal) ? x : x - half;
        // A number on a line stands on the colour of the paper.
        if (kind == "weight") Rectangle(begin - 1, y - 10, 2 * half + 2, 13, "paper");
        Include(begin, y - 10);
        Include(begin + 2 * half, y + 4);
        string written = kind.Contains("math", StringComparison.Ordinal) ? Lowered(text) : SecurityElement.Escape(text);
        body.Append(CultureInfo.InvariantCulture, $"<text x=\"{N(x)}\" y=\"{N(y)}\"{Class(kind)}>{Title(title)}{written}</text>\n");
    }

    /// <summary>The whole as an element for a page.</summary>
    /// <param name="name">What it shows, in a few words.</param>
    /// <param name="description">The same for who cannot see it.</param>
    public string ToElement(string name, string description)
    {
        double width = right - left + 2 * Margin, height = bottom - top + 2 * Margin;
        return $"<svg viewBox=\"{N(left - Margin)} {N(top - Margin)} {N(width)} {N(height)}\" " +
            $"width=\"{N(width)}\" height=\"{N(height)}\"{(width <= MostReduced ? " class=\"reduced\"" : "")} role=\"img\" " +
            $"aria-label=\"{SecurityElement.Escape(name)}\">\n<desc>{SecurityElement.Escape(description)}</desc>\n{body}</svg>\n";
    }

    /// <summary>A length in the picture, with a tenth of a unit.</summary>
    public static string N(double number) => Math.Round(number, 1).ToString(CultureInfo.InvariantCulture);

    private void Include(double x, double y) =>
        (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));

    private void Element(string name, string attributes, string kind, string title) =>
        body.Append(CultureInfo.InvariantCulture, $"<{name} {attributes}{Class(kind)}{(title.Length == 0 ? "/>" : $">{Title(title)}</{name}>")}\n");

    private static string Class(string kind) => kind.Length == 0 ? "" : $" class=\"{kind}\"";

    private static string Title(string title) => title.Length == 0 ? "" : $"<title>{SecurityElement.Escape(title)}</title>";

    /// <summary>The text with indices below: <c>h_2 = 0.5</c>.</summary>
    private static string Lowered(string text)
    {
        if (text.Split('_', 2) is not [var letter, var rest]) return SecurityElement.Escape(text);
        string index = string.Concat(rest.TakeWhile(char.IsLetterOrDigit)), behind = rest[index.Length..];
        string more = behind.Length == 0 ? "" : $"<tspan dy=\"-3\">{SecurityElement.Escape(behind)}</tspan>";
        return $"{SecurityElement.Escape(letter)}<tspan dy=\"3\" class=\"index\">{SecurityElement.Escape(index)}</tspan>{more}";
    }
}
