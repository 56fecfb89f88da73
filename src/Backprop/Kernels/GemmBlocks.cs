using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

/// <summary>A matrix anywhere in memory: element (row, column) lies at Start[row·Row + column·Column].</summary>
internal readonly unsafe struct Strided<T>(T* start, nint row, nint column) where T : unmanaged
{
    public readonly T* Start = start;
    public readonly nint Row = row, Column = column;

    public T* At(nint row, nint column) => Start + row * Row + column * Column;
}

/// <summary>The loops around the tile: blocks of rows, slices of k, panels of columns, tiles.</summary>
internal static unsafe class GemmBlocks<T, TVector, TLanes>
    where T : unmanaged, IFloatingPointIeee754<T> where TVector : struct where TLanes : IGemmLanes<T, TVector>
{
    // A slice of a panel of B (32 KiB) stays in the first-level cache while a block of A (240 KiB) streams past it from the second.
    private const int PanelBytes = 32 * 1024, BlockBytes = 240 * 1024;

    private static int PanelWidth => 2 * TLanes.Count;

    /// <summary>C (+)= A·B.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(Strided<T> a, Strided<T> b, T* c, nint cRow, int m, int n, int k, bool accumulate)
    {
        bool packA = n > 4 * PanelWidth;
        bool packB = b.Column != 1 || m > 3 * TLanes.Rows;

        int depth = Even(k, PanelBytes / sizeof(T) / PanelWidth, 4);
        int height = Even(m, BlockBytes / sizeof(T) / depth, TLanes.Rows);
        int panel = PanelWidth * depth;
        byte* scratch = stackalloc byte[(panel + (packA ? height * depth : 0)) * sizeof(T) + 64];
        T* packedB = (T*)(((nuint)scratch + 63) & ~(nuint)63);
        T* packedA = packedB + panel;

        // Threads may each take some of these row blocks (or, of a wide C, columns): every element's chain stays whole.
        for (int i = 0; i < m; i += height)
            for (int p = 0; p < k || p == 0; p += depth)
            {
                int rows = Math.Min(height, m - i), slice = Math.Min(depth, k - p);
                if (packA) PackBlock(new(a.At(i, p), a.Row, a.Column), rows, slice, packedA);
                for (int j = 0; j < n; j += PanelWidth)
                {
                    int width = Math.Min(PanelWidth, n - j);
                    var left = packA ? new Strided<T>(packedA, 0, 0) : new(a.At(i, p), a.Row, a.Column);
                    var right = new Strided<T>(b.At(p, j), b.Row, 1);
                    if (packB || width % TLanes.Count != 0)
                    {
                        int padded = width > TLanes.Count ? PanelWidth : TLanes.Count;
                        if (b.Column == 1) GemmPack<T>.Rows(b.At(p, j), b.Row, width, slice, packedB, padded);
                        else GemmPack<T>.Columns(b.At(p, j), b.Column, width, slice, packedB, padded);
                        right = new(packedB, padded, 1);
                    }
                    Column(left, packA, right, c + i * cRow + j, cRow, rows, width, slice, accumulate || p > 0);
                }
            }
    }

    // One panel of columns: the tiles of a row block, one below the other.
    private static void Column(Strided<T> a, bool packed, Strided<T> b, T* c, nint cRow, int rows, int width, int k, bool load)
    {
        if (width == PanelWidth) Column<TwoVectors>(a, packed, b, c, cRow, rows, k, load, 0);
        else if (width > TLanes.Count) Column<TwoPart>(a, packed, b, c, cRow, rows, k, load, width - TLanes.Count);
        else if (width == TLanes.Count) Column<OneVector>(a, packed, b, c, cRow, rows, k, load, 0);
        else Column<OnePart>(a, packed, b, c, cRow, rows, k, load, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Column<TWidth>(Strided<T> a, bool packed, Strided<T> b, T* c, nint cRow, int rows, int k, bool load, int part)
        where TWidth : ITileWidth
    {
        for (int i = 0, taken; i < rows; i += taken)
        {
            taken = Take(rows - i);
            T* from = packed ? a.Start + i * k : a.Start + i * a.Row;
            nint row = packed ? 1 : a.Row, step = packed ? taken : a.Column;
            GemmTile<T, TVector, TLanes>.Run<TWidth>(taken, from, row, step, b.Start, b.Row, c + i * cRow, cRow, k, load, part);
        }
    }

    private static void PackBlock(Strided<T> a, int rows, int k, T* to)
    {
        for (int i = 0, taken; i < rows; i += taken)
        {
            taken = Take(rows - i);
            if (a.Row == 1) GemmPack<T>.Rows(a.Start + i, a.Column, taken, k, to + i * k, taken);
            else GemmPack<T>.Columns(a.Start + i * a.Row, a.Row, taken, k, to + i * k, taken);
        }
    }

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
        int parts = Math.Max((total + limit - 1) / limit, 1);
        return Math.Max((total + parts - 1) / parts + unit - 1, unit) / unit * unit;
    }
}
