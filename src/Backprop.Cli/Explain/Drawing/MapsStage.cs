using System.Globalization;
using System.Text;

namespace Backprop.Cli.Explain.Drawing;

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
        for (double shift = behind; shift > 0; shift -= 6)
            svg.Rectangle(x + shift, top - shift, width, height, "map", $"one of {maps} pictures");
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
        var paths = new StringBuilder[Shades];
        string side = SvgPicture.N(Cell);
        for (int i = 0; i < ShownRows; i++)
            for (int j = 0; j < ShownColumns; j++)
            {
                int shade = (int)Math.Min(Shades - 1, (numbers[i * columns + j] - low) / range * Shades);
                if (shade > 0)
                    (paths[shade] ??= new()).Append(
                        CultureInfo.InvariantCulture,
                        $"M{SvgPicture.N(x + j * Cell)} {SvgPicture.N(top + i * Cell)}h{side}v{side}h-{side}z");
            }
        for (int shade = 1; shade < Shades; shade++)
            if (paths[shade] is { } path) svg.Path(path.ToString(), $"shade{shade}");
    }
}
