using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

/// <summary>What is computed at place i of several rows, and written to several others.</summary>
internal interface IGates<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    void At<V>(nuint i) where V : struct, ILanes<V, T>;
}

/// <summary>The loop over the units of a row of gates. A row may be overwritten by what is computed from it, so no vector overlaps
/// another: what the
/// widest leaves is done by the narrower ones.</summary>
internal static class GateLoop
{
    public static void Run<TGates, T>(TGates gates, int n) where TGates : struct, IGates<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = 0;
        if (Lanes.Has512 && n >= Lanes512<T>.Count) i = Run<TGates, Lanes512<T>, T>(gates, i, n);
        if (Lanes.Has256 && n - i >= Lanes256<T>.Count) i = Run<TGates, Lanes256<T>, T>(gates, i, n);
        if (Lanes.Has128 && n - i >= Lanes128<T>.Count) i = Run<TGates, Lanes128<T>, T>(gates, i, n);
        if (i < n) Run<TGates, Lanes1<T>, T>(gates, i, n);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static int Run<TGates, V, T>(TGates gates, int i, int n)
        where TGates : struct, IGates<T> where V : struct, ILanes<V, T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (; i <= n - V.Count; i += V.Count) gates.At<V>((nuint)i);
        return i;
    }
}
