using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop.Kernels;

internal static partial class Reduce
{
    /// <summary>The first index of the largest element (−0 and +0 are equal), or of the first NaN if there is one. The span is not empty.</summary>
    public static int IndexOfMax<T>(ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T largest = Max(x);
        bool isNaN = T.IsNaN(largest);
        int i = 0;
        while (isNaN ? !T.IsNaN(x[i]) : x[i] != largest) i++;
        return i;
    }

    /// <summary>The largest element; a NaN wins and passes on, and +0 is larger than −0. The span is not empty.</summary>
    public static T Max<T>(ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfZero(x.Length);
        if (Lanes.Has512 && x.Length >= Lanes512<T>.Count) return Largest<Lanes512<T>, T>(x);
        if (Lanes.Has256 && x.Length >= Lanes256<T>.Count) return Largest<Lanes256<T>, T>(x);
        if (Lanes.Has128 && x.Length >= Lanes128<T>.Count) return Largest<Lanes128<T>, T>(x);
        return Largest<Lanes1<T>, T>(x);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static T Largest<V, T>(ReadOnlySpan<T> x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref T first = ref MemoryMarshal.GetReference(x);
        nuint end = (nuint)(x.Length - V.Count);
        V largest = V.Load(ref first, end);
        for (nuint i = 0; i < end; i += (nuint)V.Count) largest = V.Max(largest, V.Load(ref first, i));
        Span<T> lanes = stackalloc T[V.Count];
        largest.Store(ref MemoryMarshal.GetReference(lanes), 0);
        T result = lanes[0];
        foreach (T lane in lanes) result = T.Max(result, lane);
        return result;
    }
}
