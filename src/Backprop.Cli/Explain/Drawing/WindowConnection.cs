namespace Backprop.Cli.Explain.Drawing;

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
        int bottomRow = Math.Min(before.ShownRows, Place.Row + (Window.Rows - 1) * Apart.Rows + 1);
        int rightColumn = Math.Min(before.ShownColumns, Place.Column + (Window.Columns - 1) * Apart.Columns + 1);
        double fieldTop = top + Math.Max(0, Place.Row) * before.Cell, fieldBottom = top + bottomRow * before.Cell;
        double fieldLeft = left + Math.Max(0, Place.Column) * before.Cell, fieldRight = left + rightColumn * before.Cell;
        double toLeft = to + Place.ToColumn * after.Cell, toTop = axis - after.ShownRows * after.Cell / 2 + Place.ToRow * after.Cell;
        svg.Line(fieldRight, fieldTop, toLeft, toTop, "field");
        svg.Line(fieldRight, fieldBottom, toLeft, toTop + after.Cell, "field");
        svg.Rectangle(
            fieldLeft, fieldTop, fieldRight - fieldLeft, fieldBottom - fieldTop, "field", "what one place of the next picture is computed from");
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
