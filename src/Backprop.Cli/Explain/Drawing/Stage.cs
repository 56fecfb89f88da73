using System.Numerics;
using Backprop.Explaining;

namespace Backprop.Cli.Explain.Drawing;

/// <summary>A part of a picture that stands on the axis along which the network is read: what one layer gives.</summary>
internal abstract class Stage
{
    private const int LongestNumber = 6;

    /// <summary>What is written above it, line by line.</summary>
    public required IReadOnlyList<string> Titles { get; init; }

    public abstract double Width { get; }

    /// <summary>How far it reaches above the axis.</summary>
    public abstract double Above { get; }

    /// <summary>How far it reaches below the axis.</summary>
    public virtual double Below => Above;

    /// <summary>The room that what connects it to the stage before it needs.</summary>
    public double Gap { get; init; } = 56;

    /// <summary>Draws it with its left side at x.</summary>
    public abstract void Draw(SvgPicture svg, double x, double axis);

    /// <summary>A number in a picture: three digits, or two where three do not fit.</summary>
    public static string Short<T>(T value) where T : unmanaged, IFloatingPointIeee754<T> =>
        NumberText.Of(value, 3) is { Length: <= LongestNumber } text ? text : NumberText.Of(value, 2);

    /// <summary>A number in a cell, which has less room.</summary>
    public static string Shorter<T>(T value) where T : unmanaged, IFloatingPointIeee754<T> =>
        NumberText.Of(value, 3) is { Length: < LongestNumber } text ? text : NumberText.Of(value, 2) is { Length: <= LongestNumber } shorter ? shorter : NumberText.Of(value, 1);

    /// <summary>A name that is not too long for a picture.</summary>
    public static string Cut(string name, int most = 18) => name.Length <= most ? name : $"{name[..(most - 1)]}…";

    /// <summary>Which of many are drawn: all of a few, else the first ones and the last; −1 stands for those between.</summary>
    public static int[] Shown(int count, int most) => count <= most ? [.. Enumerable.Range(0, count)]
        : [.. Enumerable.Range(0, most - 2), -1, count - 1];
}

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

/// <summary>Pictures, the first of them in front: with its numbers where it is small, in shades of grey where it is not.</summary>
internal sealed class MapsStage : Stage
{
    private const int MostNumbers = 5, MostCells = 32, Shades = 6;

    private readonly int maps, rows, columns;
    private readonly double behind;

    public MapsStage(int maps, int rows, int columns)
    {
        (this.maps, this.rows, this.columns) = (maps, rows, columns);
        int most = Math.Max(rows, columns);
        Cell = most <= MostNumbers ? 38 : most <= 12 ? 14 : Math.Max(3, 130.0 / Math.Min(most, MostCells));
        behind = 6 * Math.Min(maps - 1, 3);
    }

    /// <summary>The numbers of the first picture; null where they are not known.</summary>
    public required IReadOnlyList<double>? Numbers { get; init; }

    /// <summary>How a number is written.</summary>
    public required Func<int, string> Number { get; init; }

    /// <summary>The path of a number.</summary>
    public required Func<int, string> Path { get; init; }

    /// <summary>The side of a cell.</summary>
    public double Cell { get; }

    public override double Width => ShownColumns * Cell + behind;

    public override double Above => ShownRows * Cell / 2 + behind;

    public override double Below => ShownRows * Cell / 2 + (Abbreviated ? 16 : 0);

    public int ShownRows => Math.Min(rows, MostCells);

    public int ShownColumns => Math.Min(columns, MostCells);

    private bool Abbreviated => rows > MostCells || columns > MostCells;

    public override void Draw(SvgPicture svg, double x, double axis)
    {
        double width = ShownColumns * Cell, height = ShownRows * Cell, top = axis - height / 2;
        for (double shift = behind; shift > 0; shift -= 6) svg.Rectangle(x + shift, top - shift, width, height, "map", $"one of {maps} pictures");
        svg.Rectangle(x, top, width, height, "map");
        if (Abbreviated) svg.Text(x + width / 2, top + height + 13, $"… {rows}×{columns}", "more");
        if (Math.Max(rows, columns) <= MostNumbers) DrawNumbers(svg, x, top);
        else if (Numbers is { } numbers) DrawShades(svg, x, top, numbers);
    }

    private void DrawNumbers(SvgPicture svg, double x, double top)
    {
        if (Numbers is null) return;
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
            {
                int index = i * columns + j;
                double middle = x + (j + 0.5) * Cell, baseline = top + (i + 0.5) * Cell + 4;
                svg.Linked(Path(index), () =>
                {
                    svg.Rectangle(middle - Cell / 2, baseline - 4 - Cell / 2, Cell, Cell, "cell");
                    svg.Text(middle, baseline, Number(index));
                });
            }
    }

    /// <summary>A path for each shade: a picture of many cells stays small.</summary>
    private void DrawShades(SvgPicture svg, double x, double top, IReadOnlyList<double> numbers)
    {
        double low = numbers.Min(), range = numbers.Max() - low;
        if (!(range > 0)) return;
        var paths = new System.Text.StringBuilder[Shades];
        for (int i = 0; i < ShownRows; i++)
            for (int j = 0; j < ShownColumns; j++)
            {
                int shade = (int)Math.Min(Shades - 1, (numbers[i * columns + j] - low) / range * Shades);
                if (shade > 0)
                    (paths[shade] ??= new()).Append(
                        System.Globalization.CultureInfo.InvariantCulture, $"M{SvgPicture.N(x + j * Cell)} {SvgPicture.N(top + i * Cell)}h{SvgPicture.N(Cell)}v{SvgPicture.N(Cell)}h-{SvgPicture.N(Cell)}z");
            }
        for (int shade = 1; shade < Shades; shade++)
            if (paths[shade] is { } path) svg.Path(path.ToString(), $"shade{shade}");
    }
}

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
