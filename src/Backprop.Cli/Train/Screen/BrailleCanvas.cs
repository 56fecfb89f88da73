namespace Backprop.Cli.Train.Screen;

/// <summary>A drawing of dots, two wide and four high in each character; every character has the colour of what was drawn there last.</summary>
internal sealed class BrailleCanvas(int columns, int rows)
{
    private const int Blank = 0x2800;

    // The bits of Unicode's braille patterns, row by row, left and right.
    private static readonly int[,] Bits = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    private readonly int[,] dots = new int[rows, columns];
    private readonly int[,] owners = new int[rows, columns];

    /// <summary>The dots from left to right.</summary>
    public int Width => columns * 2;

    /// <summary>The dots from top to bottom.</summary>
    public int Height => rows * 4;

    /// <summary>Draws a line from one dot to another.</summary>
    /// <param name="from">The one.</param>
    /// <param name="to">The other.</param>
    /// <param name="owner">What it belongs to, 1 or more.</param>
    /// <param name="gap">How many dots of a few are left out, so that a line can be told from another without colour; 0 for none.</param>
    public void Line((int X, int Y) from, (int X, int Y) to, int owner, int gap)
    {
        int steps = Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y));
        for (int i = 0; i <= steps; i++)
        {
            double share = steps == 0 ? 0 : (double)i / steps;
            int x = (int)Math.Round(from.X + share * (to.X - from.X)), y = (int)Math.Round(from.Y + share * (to.Y - from.Y));
            if (gap == 0 || (x + y) % (gap + 1) == 0) Dot(x, y, owner);
        }
    }

    /// <summary>One row as text, in pieces of one owner; 0 where nothing was drawn.</summary>
    public IEnumerable<(string Text, int Owner)> Row(int row)
    {
        int start = 0;
        for (int column = 1; column <= columns; column++)
        {
            if (column < columns && owners[row, column] == owners[row, start]) continue;
            int from = start;
            yield return (Text(row, from, column), owners[row, from]);
            start = column;
        }
    }

    private string Text(int row, int from, int to) =>
        string.Concat(Enumerable.Range(from, to - from).Select(column => dots[row, column] == 0 ? ' ' : (char)(Blank + dots[row, column])));

    private void Dot(int x, int y, int owner)
    {
        if (x < 0 || x >= Width || y < 0 || y >= Height) return;
        dots[y / 4, x / 2] |= Bits[y % 4, x % 2];
        owners[y / 4, x / 2] = owner;
    }
}
