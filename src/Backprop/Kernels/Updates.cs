using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop.Kernels;

/// <summary>How an optimizer changes weights w by their gradients g and by up to two numbers that it remembers of each.</summary>
internal interface IUpdate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The new weights at place i; what is remembered there is read and written.</summary>
    V At<V>(V w, V g, ref T first, ref T second, nuint i) where V : struct, ILanes<V, T>;
}

/// <summary>The updates of the optimizers, each in one pass over memory, with the same bits at every vector width.</summary>
internal static unsafe partial class Updates
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private static void Run<TUpdate, T>(
        TUpdate update, Span<T> w, ReadOnlySpan<T> g, Span<T> first, Span<T> second, Work threads, Adjustment<T> adjustment)
        where TUpdate : struct, IUpdate<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (adjustment.Acts) Run(new Adjusted<TUpdate, T>(update, adjustment), w, g, first, second, threads);
        else Run(update, w, g, first, second, threads);
    }

    private static void Run<TUpdate, T>(TUpdate update, Span<T> w, ReadOnlySpan<T> g, Span<T> first, Span<T> second, Work threads)
        where TUpdate : struct, IUpdate<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = w.Length, use = threads.ForElements(n);
        ref T weight = ref MemoryMarshal.GetReference(w);
        ref T gradient = ref Elementwise.First(g, n), one = ref Elementwise.First<T>(first, n), two = ref Elementwise.First<T>(second, n);
        if (use == 1) Run(update, ref weight, ref gradient, ref one, ref two, n);
        else Share(update, ref weight, ref gradient, ref one, ref two, n, use);
    }

    private static void Run<TUpdate, T>(TUpdate update, ref T w, ref T g, ref T first, ref T second, int n)
        where TUpdate : struct, IUpdate<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        nuint done = 0;
        // Widest first; the narrower ones take what is left over.
        if (Lanes.Has512 && n >= Lanes512<T>.Count) done = Run<TUpdate, Lanes512<T>, T>(update, ref w, ref g, ref first, ref second, done, n);
        if (Lanes.Has256 && n - (int)done >= Lanes256<T>.Count) done = Run<TUpdate, Lanes256<T>, T>(update, ref w, ref g, ref first, ref second, done, n);
        if (Lanes.Has128 && n - (int)done >= Lanes128<T>.Count) done = Run<TUpdate, Lanes128<T>, T>(update, ref w, ref g, ref first, ref second, done, n);
        if (n > (int)done) Run<TUpdate, Lanes1<T>, T>(update, ref w, ref g, ref first, ref second, done, n);
    }

    /// <summary>Takes as many whole vectors as there are.</summary>
    /// <returns>The first place that is left over.</returns>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static nuint Run<TUpdate, V, T>(TUpdate update, ref T w, ref T g, ref T first, ref T second, nuint i, int n)
        where TUpdate : struct, IUpdate<T>
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (; i + (nuint)V.Count <= (nuint)n; i += (nuint)V.Count)
            update.At(V.Load(ref w, i), V.Load(ref g, i), ref first, ref second, i).Store(ref w, i);
        return i;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Share<TUpdate, T>(TUpdate update, ref T w, ref T g, ref T first, ref T second, int n, int threads)
        where TUpdate : struct, IUpdate<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int length = Work.PieceLength(n, threads);
        fixed (T* a = &w, b = &g, c = &first, d = &second)
            WorkPool.Shared.Run(new Pieces<TUpdate, T>(update, a, b, c, d, n, length), (n + length - 1) / length, threads);
    }

    /// <summary>The elements in pieces.</summary>
    private readonly struct Pieces<TUpdate, T>(TUpdate update, T* w, T* g, T* first, T* second, int n, int length) : IParts
        where TUpdate : struct, IUpdate<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int part, int worker)
        {
            int at = part * length;
            Updates.Run(update, ref w[at], ref g[at], ref first[at], ref second[at], Math.Min(length, n - at));
        }
    }

    /// <summary>What is too small to move a weight becomes 0: a fading mean would otherwise stick at a denormal for ever, and denormals are slow.</summary>
    [MethodImpl(Inline)]
    private static V Faded<V>(V value) where V : struct, ILanes<V> =>
        V.Select(V.Abs(value) < V.All(1e-290, 1e-30), V.All(0), value);

    /// <summary>Squares may well be smaller than what fades: only a denormal one is let go.</summary>
    [MethodImpl(Inline)]
    private static V WithoutDenormals<V>(V square) where V : struct, ILanes<V> =>
        V.Select(square < V.All(2.2250738585072014e-308, 1.17549435e-38), V.All(0), square);
}
