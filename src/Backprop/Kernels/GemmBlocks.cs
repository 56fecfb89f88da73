using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

/// <summary>The loops around the tile: blocks of rows, slices of k, panels of columns, tiles.</summary>
/// <remarks>
/// A slice of a panel of B (32 KiB, two vectors wide) stays in the first-level cache while a block of A (up to 384 KiB) streams past it from the
/// second. Both are copied to the stack in the order of use, B by the first tile that reads it. What comes next is fetched by the tiles before it,
/// a few lines each: the next tile's C, the next panel of B, and towards the end of a block the next block of A.
/// </remarks>
internal static unsafe partial class GemmBlocks<T, TVector, TLanes>
    where T : unmanaged, IFloatingPointIeee754<T> where TVector : struct where TLanes : IGemmLanes<T, TVector>
{
    // Only the last panels of a block fetch the next one: earlier, and it would drive out what is in use.
    private const int PanelBytes = 32 * 1024, BlockBytes = 384 * 1024, FetchingPanels = 8;

    private static int PanelWidth => 2 * TLanes.Count;

    /// <summary>C (+)= A·B. C is part of what the epilogue knows, and begins at <paramref name="start"/> there.</summary>
    /// <remarks>Where B's panels have been <see cref="Copy"/>ed before, they are taken from there.</remarks>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        Strided<T> a, Strided<T> b, T* c, nint cRow, int m, int n, int k, bool accumulate, T* panels = null, IEpilogue? epilogue = null, int start = 0)
    {
        int depth = Depth(k);
        int height = Even(m, BlockBytes / sizeof(T) / depth, TLanes.Rows);
        bool packA = m > TLanes.Rows && (n > 4 * PanelWidth || Collides(a.Row) || Collides(a.Column));
        bool packB = panels == null && (b.Column != 1 || m > 3 * TLanes.Rows);

        int own = panels == null ? PanelWidth * depth : 0;
        byte* scratch = stackalloc byte[(own + (packA ? height * depth : 0)) * sizeof(T) + LineRun.LineBytes];
        T* packedB = (T*)(((nuint)scratch + LineRun.LineBytes - 1) & ~(nuint)(LineRun.LineBytes - 1));
        T* packedA = packedB + own;

        for (int i = 0; i < m; i += height)
        {
            int rows = Math.Min(height, m - i);
            for (int p = 0; p < k; p += depth)
            {
                int slice = Math.Min(depth, k - p);
                int nextSlice = p + depth < k ? p + depth : 0, nextRow = nextSlice > 0 ? i : i + height;
                Ahead<T> block = packA && nextRow < m
                    ? new(a.From(nextRow, nextSlice), Math.Min(height, m - nextRow), Math.Min(depth, k - nextSlice)) : default;
                var left = packA ? new(packedA, 0, 0) : a.From(i, p);
                if (packA) PackA(a.From(i, p), rows, slice, packedA);
                for (int j = 0, panelsLeft = (n + PanelWidth - 1) / PanelWidth; j < n; j += PanelWidth)
                {
                    bool last = --panelsLeft == 0;
                    Ahead<T> panel = packB ? new(last ? b.From(nextSlice, 0) : b.From(p, j + PanelWidth), slice, PanelWidth) : default;
                    var coming = new Coming<T>(panel, panelsLeft < FetchingPanels ? block : default, FetchingPanels - 1 - panelsLeft, FetchingPanels);
                    int width = Math.Min(PanelWidth, n - j);
                    var right = panels != null ? new(panels + (nint)p * Width(n) + (nint)j * slice, Padded(width), 1) : b.From(p, j);
                    bool pack = packB || (panels == null && width % TLanes.Count != 0);
                    Panel(left, right, pack, packedB, c + i * cRow + j, cRow, rows, width, slice, accumulate || p > 0, coming);
                }
            }
            if (epilogue is not null) Finish(epilogue, start + i * (int)cRow, (int)cRow, rows, n);
        }
    }

    private static void Finish(IEpilogue epilogue, int start, int cRow, int rows, int columns)
    {
        if (columns == cRow) epilogue.Finish(start, rows * columns, default);
        else
            for (int i = 0; i < rows; i++) epilogue.Finish(start + i * cRow, columns, default);
    }

    private static void Panel(
        Strided<T> a, Strided<T> b, bool pack, T* packedB, T* c, nint cRow, int rows, int width, int k, bool load, in Coming<T> coming)
    {
        int part = width % TLanes.Count;
        T* copy = pack && b.Column == 1 && width == PanelWidth ? packedB : null;
        if (pack && copy == null)
        {
            PackB(b, width, k, packedB);
            b = new(packedB, Padded(width), 1);
        }
        if (width == PanelWidth) Tiles<TwoVectors>(a, b, copy, c, cRow, rows, k, load, part, coming);
        else if (width > TLanes.Count) Tiles<TwoPart>(a, b, copy, c, cRow, rows, k, load, part, coming);
        else if (part == 0) Tiles<OneVector>(a, b, copy, c, cRow, rows, k, load, part, coming);
        else Tiles<OnePart>(a, b, copy, c, cRow, rows, k, load, part, coming);
    }

    // The tiles of one panel, one below the other. A packed A has no strides.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tiles<TWidth>(
        Strided<T> a, Strided<T> b, T* copy, T* c, nint cRow, int rows, int k, bool load, int part, in Coming<T> coming) where TWidth : ITileWidth
    {
        bool packed = a.Row == 0 && a.Column == 0;
        LineRun* ahead = stackalloc LineRun[Coming<T>.MostRuns];
        for (int i = 0, tile = 0, tiles = (rows + TLanes.Rows - 1) / TLanes.Rows, taken; i < rows; i += taken, tile++)
        {
            taken = Take(rows - i);
            T* from = packed ? a.Start + i * k : a.At(i, 0);
            nint row = packed ? 1 : a.Row, step = packed ? taken : a.Column;
            int below = rows - i - taken;
            T* next = below > 0 ? c + (i + taken) * cRow : c + PanelWidth;
            coming.Share(ahead, tile, tiles, next, cRow, Math.Min(below > 0 ? below : rows, TLanes.Rows), TLanes.Count);
            GemmTile<T, TVector, TLanes>.Run<TWidth>(taken, from, row, step, b.Start, b.Row, c + i * cRow, cRow, k, load, part, ahead, copy);
            if (copy == null) continue;
            b = new(copy, PanelWidth, 1);
            copy = null;
        }
    }

    private static void PackA(Strided<T> a, int rows, int k, T* to)
    {
        // Where rows lie along memory, eight of them are read from end to end, so that every cache line is fetched once.
        int atOnce = a.Row == 1 ? 8 : k;
        for (int p = 0; p < k; p += atOnce)
            for (int i = 0, taken; i < rows; i += taken)
            {
                taken = Take(rows - i);
                int steps = Math.Min(atOnce, k - p);
                if (a.Row == 1) GemmPack<T, TVector, TLanes>.Rows(a.At(i, p), a.Column, taken, steps, to + i * k + p * taken, taken);
                else GemmPack<T, TVector, TLanes>.Columns(a.At(i, p), a.Row, taken, steps, to + i * k + p * taken, taken);
            }
    }

    private static void PackB(Strided<T> b, int columns, int k, T* to)
    {
        int atOnce = b.Column == 1 ? 8 : k;
        for (int p = 0; p < k; p += atOnce)
            for (int j = 0; j < columns; j += PanelWidth)
            {
                int width = Math.Min(PanelWidth, columns - j), padded = Padded(width), steps = Math.Min(atOnce, k - p);
                if (b.Column == 1) GemmPack<T, TVector, TLanes>.Rows(b.At(p, j), b.Row, width, steps, to + j * k + p * padded, padded);
                else GemmPack<T, TVector, TLanes>.Columns(b.At(p, j), b.Column, width, steps, to + j * k + p * padded, padded);
            }
    }

    // How much of k a panel in the first-level cache holds.
    private static int Depth(int k) => Even(k, PanelBytes / sizeof(T) / PanelWidth, 4);

    private static int Padded(int width) => width > TLanes.Count ? PanelWidth : TLanes.Count;

    // Rows this far apart fall on the same few lines of the cache and drive each other out.
    private static bool Collides(nint stride) => stride != 0 && stride * sizeof(T) % 1024 == 0;

    // A tile of one to three rows waits for its own sums, so the last two tiles share what is left.
    private static int Take(int rows)
    {
        int most = TLanes.Rows;
        return rows <= most ? rows : rows >= most + most / 3 ? most : rows / 2;
    }

    // The largest part, a multiple of unit, when total is cut into as few nearly equal parts of at most limit as will do.
    private static int Even(int total, int limit, int unit)
    {
        limit = Math.Max(limit / unit * unit, unit);
        int parts = total <= limit ? 1 : (total + limit - 1) / limit;
        int part = parts == 1 ? total : (total + parts - 1) / parts;
        return (part + unit - 1) / unit * unit;
    }
}
