using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

/// <summary>What stands at place i of the target, from up to four spans and from what the target held.</summary>
internal interface IElement
{
    V At<V, T>(ref T a, ref T b, ref T c, ref T d, ref T target, nuint i)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>A contribution that can be written or be added to a sum.</summary>
internal interface ITerm : IElement
{
    /// <summary>sum + the contribution of place i, rounded once where that is a product.</summary>
    V AddTo<V, T>(V sum, ref T a, ref T b, ref T c, ref T d, nuint i)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>target[i] += the term at i.</summary>
internal readonly struct Added<TTerm>(TTerm term) : IElement where TTerm : struct, ITerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<V, T>(ref T a, ref T b, ref T c, ref T d, ref T target, nuint i)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T> => term.AddTo<V, T>(V.Load(ref target, i), ref a, ref b, ref c, ref d, i);
}

/// <summary>The one loop over elements: widths, remainder and the order of loads and stores are decided here and nowhere else.</summary>
internal static unsafe class ElementLoop
{
    /// <summary>As the others, on so many threads as pay.</summary>
    public static void Run<TElement, T>(TElement element, ref T a, ref T b, ref T c, ref T d, ref T target, int n, Work threads)
        where TElement : struct, IElement
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int use = threads.ForElements(n);
        if (use == 1) Run(element, ref a, ref b, ref c, ref d, ref target, n);
        else Share(element, ref a, ref b, ref c, ref d, ref target, n, use);
    }

    /// <summary>As the others, on so many threads as pay.</summary>
    public static void Run<TTerm, T>(TTerm term, ref T a, ref T b, ref T c, ref T d, ref T target, int n, bool accumulate, Work threads)
        where TTerm : struct, ITerm
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (accumulate) Run(new Added<TTerm>(term), ref a, ref b, ref c, ref d, ref target, n, threads);
        else Run(term, ref a, ref b, ref c, ref d, ref target, n, threads);
    }

    /// <summary>target[i] = element.At(i) for i below n. A source may be the target itself, but not overlap it otherwise.</summary>
    public static void Run<TElement, T>(TElement element, ref T a, ref T b, ref T c, ref T d, ref T target, int n)
        where TElement : struct, IElement
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Widest first. Fewer elements than the narrowest vector holds are taken one by one.
        if (Lanes.Has512 && n >= Lanes512<T>.Count) Run<TElement, Lanes512<T>, T>(element, ref a, ref b, ref c, ref d, ref target, n);
        else if (Lanes.Has256 && n >= Lanes256<T>.Count) Run<TElement, Lanes256<T>, T>(element, ref a, ref b, ref c, ref d, ref target, n);
        else if (Lanes.Has128 && n >= Lanes128<T>.Count) Run<TElement, Lanes128<T>, T>(element, ref a, ref b, ref c, ref d, ref target, n);
        else if (n > 0) Run<TElement, Lanes1<T>, T>(element, ref a, ref b, ref c, ref d, ref target, n);
    }

    /// <summary>target[i] (+)= the term at i: adds if <paramref name="accumulate"/>, else writes.</summary>
    public static void Run<TTerm, T>(TTerm term, ref T a, ref T b, ref T c, ref T d, ref T target, int n, bool accumulate)
        where TTerm : struct, ITerm
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (accumulate) Run(new Added<TTerm>(term), ref a, ref b, ref c, ref d, ref target, n);
        else Run(term, ref a, ref b, ref c, ref d, ref target, n);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Run<TElement, V, T>(TElement element, ref T a, ref T b, ref T c, ref T d, ref T target, int n)
        where TElement : struct, IElement
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // The last vector overlaps the one before it instead of leaving a remainder. It is computed first, since the loop may
        // overwrite what it reads, and stored last. No alignment loop: buffers of the arena start at a cache line.
        // There is one call of At alone, and the widths do not share a method, as the compiler gives up inlining where a method has too
        // many variables.
        nuint end = (nuint)(n - V.Count);
        V last = default;
        bool isLast = true;
        for (nuint i = end, next = 0; ;)
        {
            V value = element.At<V, T>(ref a, ref b, ref c, ref d, ref target, i);
            if (isLast) last = value;
            else value.Store(ref target, i);
            isLast = false;
            i = next;
            next += (nuint)V.Count;
            if (i >= end) break;
        }
        last.Store(ref target, end);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Share<TElement, T>(TElement element, ref T a, ref T b, ref T c, ref T d, ref T target, int n, int threads)
        where TElement : struct, IElement
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int length = Work.PieceLength(n, threads);
        fixed (T* p = &a, q = &b, r = &c, s = &d, to = &target)
            WorkPool.Shared.Run(new Pieces<TElement, T>(element, p, q, r, s, to, n, length), (n + length - 1) / length, threads);
    }

    /// <summary>The elements in pieces, each a loop of its own: no vector of one reaches into another.</summary>
    private readonly struct Pieces<TElement, T>(TElement element, T* a, T* b, T* c, T* d, T* target, int n, int length) : IParts
        where TElement : struct, IElement
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int part, int worker)
        {
            int at = part * length;
            ElementLoop.Run(element, ref a[at], ref b[at], ref c[at], ref d[at], ref target[at], Math.Min(length, n - at));
        }
    }
}
