namespace Backprop.Cli.Explain.Drawing;

/// <summary>A weight in a picture: its value, how it is written, what a pointer reads over it, and its path.</summary>
internal readonly record struct DrawnWeight(double Value, string Number, string Title, string Path)
{
    /// <summary>A weight of which nothing is known.</summary>
    public static DrawnWeight Unknown { get; } = new(0, "", "", "");
}

/// <summary>What leads from one stage of a picture to the next.</summary>
internal abstract class Connection
{
    /// <summary>Draws it between the right side of one stage and the left side of the next; it lies below both.</summary>
    public abstract void Draw(SvgPicture svg, double from, double to, double axis);
}

/// <summary>An arrow, with what happens on the way.</summary>
internal sealed class ArrowConnection(string label) : Connection
{
    public override void Draw(SvgPicture svg, double from, double to, double axis)
    {
        svg.Arrow(from + 8, axis, to - 4, axis, label);
        if (label.Length > 0) svg.Text((from + to) / 2, axis - 7, label, "note");
    }
}

/// <summary>Every unit to every unit: a line for each weight, thick where it is large, broken where it is negative.</summary>
internal sealed class WeightsConnection(UnitsStage before, UnitsStage after, Func<int, int, DrawnWeight>? weight) : Connection
{
    private const int MostLabels = 8;
    private const double Thickest = 4;

    public override void Draw(SvgPicture svg, double from, double to, double axis)
    {
        int[] sources = [.. before.Drawn], targets = [.. after.Drawn];
        var all = sources.SelectMany(i => targets.Select(j => (From: i, To: j, Weight: weight?.Invoke(i, j) ?? DrawnWeight.Unknown))).ToList();
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

/// <summary>A window that slides over a picture: its field for one place, and the kernel if there is one.</summary>
internal sealed class WindowConnection(MapsStage before, MapsStage after) : Connection
{
    private const double Cell = 37;

    /// <summary>The rows and columns that the window sees.</summary>
    public required (int Rows, int Columns) Window { get; init; }

    /// <summary>The cell of the picture at the window's upper left for the place that is drawn, and that place.</summary>
    public required (int Row, int Column, int ToRow, int ToColumn) Place { get; init; }

    /// <summary>How far apart the entries of the window lie.</summary>
    public (int Rows, int Columns) Apart { get; init; } = (1, 1);

    /// <summary>The numbers of the kernel, row-major, and what a pointer reads over them; empty where there is none, or it is large.</summary>
    public IReadOnlyList<DrawnWeight> Kernel { get; init; } = [];

    /// <summary>What is written below: lines.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>How much room it needs, with a kernel of so many columns; 0 without one.</summary>
    public static double Room(int columns) => Math.Max(110, columns * Cell + 70);

    public override void Draw(SvgPicture svg, double from, double to, double axis)
    {
        double left = from - before.Width, top = axis - before.ShownRows * before.Cell / 2;
        int bottomRow = Math.Min(before.ShownRows, Place.Row + (Window.Rows - 1) * Apart.Rows + 1), rightColumn = Math.Min(before.ShownColumns, Place.Column + (Window.Columns - 1) * Apart.Columns + 1);
        double fieldTop = top + Math.Max(0, Place.Row) * before.Cell, fieldBottom = top + bottomRow * before.Cell;
        double fieldLeft = left + Math.Max(0, Place.Column) * before.Cell, fieldRight = left + rightColumn * before.Cell;
        double toLeft = to + Place.ToColumn * after.Cell, toTop = axis - after.ShownRows * after.Cell / 2 + Place.ToRow * after.Cell;
        svg.Line(fieldRight, fieldTop, toLeft, toTop, "field");
        svg.Line(fieldRight, fieldBottom, toLeft, toTop + after.Cell, "field");
        svg.Rectangle(fieldLeft, fieldTop, fieldRight - fieldLeft, fieldBottom - fieldTop, "field", "what one place of the next picture is computed from");
        svg.Rectangle(toLeft, toTop, after.Cell, after.Cell, "field", "one place");
        double middle = (from + to) / 2, lowest = axis + Math.Max(before.ShownRows * before.Cell, after.ShownRows * after.Cell) / 2;
        if (Kernel.Count > 0)
        {
            double x = middle - Window.Columns * Cell / 2, y = axis - Window.Rows * Cell / 2;
            for (int i = 0; i < Kernel.Count; i++)
            {
                var (value, number, title, path) = Kernel[i];
                double cellX = x + i % Window.Columns * Cell, cellY = y + i / Window.Columns * Cell;
                svg.Linked(path, () =>
                {
                    svg.Rectangle(cellX, cellY, Cell, Cell, value < 0 ? "kernel negative" : "kernel", title);
                    svg.Text(cellX + Cell / 2, cellY + Cell / 2 + 4, number);
                });
            }
            lowest = Math.Max(lowest, y + Window.Rows * Cell);
        }
        for (int i = 0; i < Notes.Count; i++) svg.Text(middle, lowest + 18 + 14 * i, Notes[i], "note");
    }
}
