using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

internal static unsafe partial class GemmBlocks<T, TVector, TLanes>
    where T : unmanaged, IFloatingPointIeee754<T> where TVector : struct where TLanes : IGemmLanes<T, TVector>
{
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
}
