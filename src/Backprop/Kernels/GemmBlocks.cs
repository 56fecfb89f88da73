using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Backprop.Kernels;

/// <summary>The loops around the tile: blocks of rows, slices of k, groups and panels of columns, tiles.</summary>
/// <remarks>
/// A slice of a panel of B (32 KiB, two vectors wide) stays in the first-level cache while a block of A (up to 256 KiB) streams past it from the
/// second. Both are copied to the stack in the order of use. Panels are copied four at a time, since four cost little more than one to reach.
/// </remarks>
internal static unsafe partial class GemmBlocks<T, TVector, TLanes>
    where T : unmanaged, IFloatingPointIeee754<T> where TVector : struct where TLanes : IGemmLanes<T, TVector>
{
    private const int PanelBytes = 32 * 1024, BlockBytes = 256 * 1024, PanelsPerGroup = 4, LineBytes = 64;

    private static int PanelWidth => 2 * TLanes.Count;

    private static int GroupWidth => PanelsPerGroup * PanelWidth;

    /// <summary>C (+)= A·B on so many threads.</summary>
    public static void Run(
        Strided<T> a, Strided<T> b, T* c, nint cRow, int m, int n, int k, bool accumulate, int threads, IEpilogue? epilogue = null)
    {
        if (threads == 1) Run(a, b, c, cRow, m, n, k, accumulate, null, epilogue);
        else Share(a, b, c, cRow, m, n, k, accumulate, threads, epilogue);
    }

    // C is cut between rows or between columns, and every element's chain stays whole. Each part copies what it needs of A and B for itself, so
    // the cut is where the slowest thread has the least to do. To copy a number costs about as much as to multiply and add sixteen.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Share(
        Strided<T> a, Strided<T> b, T* c, nint cRow, int m, int n, int k, bool accumulate, int threads, IEpilogue? epilogue)
    {
        const double copy = 16;
        int height = Even(m, BlockBytes / sizeof(T) / Depth(k), TLanes.Rows);
        int blocks = (m + height - 1) / height;
        int rows = Up(m, (blocks + threads - 1) / threads * threads, TLanes.Rows), columns = Up(n, threads, PanelWidth);
        double byRows = Rounds(m, rows) * (rows * (double)n + copy * (rows + n));
        double byColumns = Rounds(n, columns) * (m * (double)columns + copy * (m + (double)blocks * columns));
        if (byRows <= byColumns) columns = n;
        else rows = m;
        int across = (n + columns - 1) / columns, parts = across * ((m + rows - 1) / rows);
        WorkPool.Shared.Run(new Parts(a, b, c, cRow, m, n, k, accumulate, rows, columns, across, epilogue), parts, threads);

        static int Up(int total, int parts, int unit) => ((total + parts - 1) / parts + unit - 1) / unit * unit;

        // How many parts one after the other the busiest thread has.
        int Rounds(int total, int part) => ((total + part - 1) / part + threads - 1) / threads;
    }

    private readonly struct Parts(
        Strided<T> a, Strided<T> b, T* c, nint cRow, int m, int n, int k, bool accumulate, int rows, int columns, int across,
        IEpilogue? epilogue) : IParts
    {
        public void Run(int part, int worker)
        {
            int i = part / across * rows, j = part % across * columns;
            GemmBlocks<T, TVector, TLanes>.Run(
                a.From(i, 0), b.From(0, j), c + i * cRow + j, cRow, Math.Min(rows, m - i), Math.Min(columns, n - j), k, accumulate,
                null, epilogue, i * (int)cRow + j);
        }
    }

    /// <summary>C (+)= A·B. C is part of what the epilogue knows, and begins at <paramref name="start"/> there.</summary>
    /// <remarks>Where B's panels have been <see cref="Copy"/>ed before, they are taken from there.</remarks>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        Strided<T> a, Strided<T> b, T* c, nint cRow, int m, int n, int k, bool accumulate, T* panels = null, IEpilogue? epilogue = null, int start = 0)
    {
        int depth = Depth(k);
        int height = Even(m, BlockBytes / sizeof(T) / depth, TLanes.Rows);
        bool packA = m > TLanes.Rows && (n > GroupWidth || Collides(a.Row) || Collides(a.Column));
        bool packB = panels == null && (b.Column != 1 || m > 3 * TLanes.Rows);

        int group = panels != null ? 0 : depth * Math.Min(GroupWidth, (n + PanelWidth - 1) / PanelWidth * PanelWidth);
        byte* scratch = stackalloc byte[(group + (packA ? height * depth : 0)) * sizeof(T) + LineBytes];
        T* packedB = (T*)(((nuint)scratch + LineBytes - 1) & ~(nuint)(LineBytes - 1));
        T* packedA = packedB + group;

        for (int i = 0; i < m; i += height)
        {
            int rows = Math.Min(height, m - i);
            for (int p = 0; p < k; p += depth)
            {
                int slice = Math.Min(depth, k - p);
                if (packA) PackA(a.From(i, p), rows, slice, packedA);
                for (int j = 0; j < n; j += GroupWidth)
                {
                    int columns = Math.Min(GroupWidth, n - j);
                    if (packB) PackB(b.From(p, j), columns, slice, packedB);
                    var next = !packB ? default : j + GroupWidth < n ? b.From(p, j + GroupWidth) : b.From(p + depth < k ? p + depth : 0, 0);
                    var left = packA ? new(packedA, 0, 0) : a.From(i, p);
                    T* from = panels != null ? panels + (nint)p * Width(n) + (nint)j * slice : packedB;
                    Group(left, b.From(p, j), next, packB || panels != null, from, c + i * cRow + j, cRow, rows, columns, slice, accumulate || p > 0);
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

    private static void Group(
        Strided<T> a, Strided<T> b, Strided<T> next, bool packB, T* packedB, T* c, nint cRow, int rows, int columns, int k, bool load)
    {
        for (int j = 0, tile = 0; j < columns; j += PanelWidth)
        {
            int width = Math.Min(PanelWidth, columns - j), part = width % TLanes.Count;
            var panel = packB ? new Strided<T>(packedB + j * k, Padded(width), 1) : b.From(0, j);
            if (!packB && part != 0)
            {
                PackB(panel, width, k, packedB);
                panel = new(packedB, Padded(width), 1);
            }
            if (width == PanelWidth) Panel<TwoVectors>(a, panel, next, ref tile, c + j, cRow, rows, k, load, part);
            else if (width > TLanes.Count) Panel<TwoPart>(a, panel, next, ref tile, c + j, cRow, rows, k, load, part);
            else if (part == 0) Panel<OneVector>(a, panel, next, ref tile, c + j, cRow, rows, k, load, part);
            else Panel<OnePart>(a, panel, next, ref tile, c + j, cRow, rows, k, load, part);
        }
    }

    // The tiles of one panel, one below the other. A packed A has no strides.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Panel<TWidth>(
        Strided<T> a, Strided<T> b, Strided<T> next, ref int tile, T* c, nint cRow, int rows, int k, bool load, int part) where TWidth : ITileWidth
    {
        bool packed = a.Row == 0 && a.Column == 0;
        for (int i = 0, taken; i < rows; i += taken)
        {
            taken = Take(rows - i);
            T* from = packed ? a.Start + i * k : a.At(i, 0);
            nint row = packed ? 1 : a.Row, step = packed ? taken : a.Column;
            if (Sse.IsSupported && load)
                for (T* below = c + (i + taken) * cRow, end = below + Math.Min(TLanes.Rows, rows - i - taken) * cRow; below < end; below += cRow)
                {
                    Sse.Prefetch0(below);
                    if (TWidth.Two) Sse.Prefetch0(below + TLanes.Count);
                }
            var ahead = next.Start == null ? new Ahead(c, 0) : LinesOf(next, tile++, k);
            GemmTile<T, TVector, TLanes>.Run<TWidth>(taken, from, row, step, b.Start, b.Row, c + i * cRow, cRow, k, load, part, ahead);
        }
    }

    // The next group of B, cut into runs of cache lines, one run per tile: down its longer stride, one line's width after the other.
    private static Ahead LinesOf(Strided<T> next, int tile, int k)
    {
        int perTile = (k + GemmTile<T, TVector, TLanes>.StepsPerLine - 1) / GemmTile<T, TVector, TLanes>.StepsPerLine;
        bool columns = next.Column != 1;
        int count = columns ? GroupWidth : k, bytes = (columns ? k : GroupWidth) * sizeof(T);
        int runs = (count + perTile - 1) / perTile, line = tile / runs;
        if (line * (long)LineBytes >= bytes) return new(next.Start, 0);
        nint stride = (columns ? next.Column : next.Row) * sizeof(T);
        return new((byte*)next.Start + line * LineBytes + tile % runs * perTile * stride, stride);
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
