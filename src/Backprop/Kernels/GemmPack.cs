using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

/// <summary>Copies panels of A and B into the order in which the tile reads them.</summary>
internal static unsafe class GemmPack<T, TVector, TLanes>
    where T : unmanaged, IFloatingPointIeee754<T> where TVector : struct where TLanes : IGemmLanes<T, TVector>
{
    /// <summary>to[p·width + i] = from[p·stride + i] for p below k and i below count.</summary>
    /// <remarks>From count to width come zeros, if the width is a multiple of the vector.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows(T* from, nint stride, int count, nint k, T* to, int width)
    {
        int whole = count / TLanes.Count * TLanes.Count, rest = count - whole;
        for (nint p = 0; p < k; p++, from += stride, to += width)
        {
            for (int i = 0; i < whole; i += TLanes.Count) TLanes.Store(to + i, TLanes.Load(from + i));
            if (rest == 0) continue;
            // A store may run into the rows behind, which are written after it, but not past the last.
            TVector part = TLanes.LoadPart(from + whole, rest);
            if ((k - p) * width >= whole + TLanes.Count) TLanes.Store(to + whole, part);
            else TLanes.StorePart(to + whole, rest, part);
        }
    }

    /// <summary>to[p·width + i] = from[i·stride + p] for p below k and i below count; zeros from count to width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Columns(T* from, nint stride, int count, nint k, T* to, int width)
    {
        Turn<T>.Copy(from, stride, count, k, to, width);
        for (int i = count; i < width; i++)
            for (nint p = 0; p < k; p++) to[p * width + i] = T.Zero;
    }
}
