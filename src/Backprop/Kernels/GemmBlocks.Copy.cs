namespace Backprop.Kernels;

// The panels of a B that many products share, copied once.
internal static unsafe partial class GemmBlocks<T, TVector, TLanes>
{
    // Four panels cost little more than one to reach.
    private static int GroupWidth => 4 * PanelWidth;

    /// <summary>The numbers that a copy of B takes.</summary>
    public static int CopyLength(int n, int k) => Width(n) * k;

    /// <summary>Copies all panels of B, slice by slice, in the order in which <see cref="Run(Strided{T}, Strided{T}, T*, nint, int, int, int, bool, T*, IEpilogue, int)"/>
    /// takes them.</summary>
    public static void Copy(Strided<T> b, int n, int k, T* to, int threads)
    {
        int groups = (n + GroupWidth - 1) / GroupWidth;
        WorkPool.Shared.Run(new Groups(b, n, k, to), groups, threads);
    }

    private readonly struct Groups(Strided<T> b, int n, int k, T* to) : IParts
    {
        public void Run(int part, int worker)
        {
            int j = part * GroupWidth, columns = Math.Min(GroupWidth, n - j), depth = Depth(k);
            for (int p = 0; p < k; p += depth)
            {
                int slice = Math.Min(depth, k - p);
                PackB(b.From(p, j), columns, slice, to + (nint)p * Width(n) + (nint)j * slice);
            }
        }
    }

    private static int Width(int n) => n / PanelWidth * PanelWidth + (n % PanelWidth == 0 ? 0 : Padded(n % PanelWidth));
}
