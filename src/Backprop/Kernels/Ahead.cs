namespace Backprop.Kernels;

/// <summary>Cache lines equally far apart, which a tile fetches while it computes, since tiles after it will need them.</summary>
internal readonly unsafe struct LineRun(void* start, nint step, nint count)
{
    public const int LineBytes = 64;

    public readonly byte* Start = (byte*)start;
    public readonly nint Step = step, Count = count;

    /// <summary>What stands behind the last run: it never ends, and fetches what is there already.</summary>
    public static LineRun End(void* near) => new(near, 0, nint.MaxValue);
}

/// <summary>A part of a matrix that will be needed, cut into runs of cache lines.</summary>
internal readonly unsafe struct Ahead<T> where T : unmanaged
{
    private readonly byte* start;
    private readonly nint stride;
    private readonly int count, lines;

    public Ahead(Strided<T> from, int rows, int columns)
    {
        bool along = from.Column == 1;
        nuint into = (nuint)from.Start % LineRun.LineBytes;
        start = (byte*)from.Start - into;
        stride = (along ? from.Row : from.Column) * sizeof(T);
        count = along ? rows : columns;
        lines = ((int)into + (along ? columns : rows) * sizeof(T) + LineRun.LineBytes - 1) / LineRun.LineBytes;
    }

    /// <summary>Adds the run of one of so many parts, if there is one: down the longer stride, one line's width after the other.</summary>
    public void Add(LineRun* runs, ref int length, int part, int parts)
    {
        if (count == 0) return;
        int cuts = Math.Max(1, parts / lines), each = (count + cuts - 1) / cuts, line = part / cuts, first = part % cuts * each;
        if (line >= lines || first >= count) return;
        runs[length++] = new(start + first * stride + line * LineRun.LineBytes, stride, Math.Min(each, count - first));
    }
}

/// <summary>What the tiles of one panel fetch between them.</summary>
/// <param name="panel">The next panel of B.</param>
/// <param name="block">The next block of A.</param>
/// <param name="turn">Which this is of the panels that fetch the block, from 0.</param>
/// <param name="turns">How many panels fetch the block.</param>
internal readonly unsafe struct Coming<T>(Ahead<T> panel, Ahead<T> block, int turn, int turns) where T : unmanaged
{
    public const int MostRuns = 5;

    /// <summary>What one of the panel's tiles fetches: the next tile's rows of C, two vectors wide, and its part of the rest.</summary>
    public void Share(LineRun* runs, int tile, int tiles, T* c, nint cRow, int rows, int half)
    {
        int length = 0;
        runs[length++] = new(c, cRow * sizeof(T), rows);
        runs[length++] = new(c + half, cRow * sizeof(T), rows);
        panel.Add(runs, ref length, tile, tiles);
        block.Add(runs, ref length, turn * tiles + tile, turns * tiles);
        runs[length] = LineRun.End(c);
    }
}
