using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop.Kernels;

/// <summary>
/// Sums with a fixed order, so that their bits depend on the numbers alone. A sum over neighbours in memory runs in 64 bytes of
/// lanes (16 floats, 8 doubles): element i belongs to lane i mod 16 (8), each lane adds in ascending i, and the lanes are added
/// as a tree of halves (lane l + lane l + 8, then + 4, + 2, + 1). A sum over elements that lie apart ascends, per result.
/// </summary>
internal static partial class Reduce
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>Σ x[i].</summary>
    public static T Sum<T>(ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref T a = ref MemoryMarshal.GetReference(x);
        return Total(new Element(), ref a, ref a, ref a, ref a, x.Length);
    }

    /// <summary>Σ a[i]·b[i].</summary>
    public static T Dot<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref T first = ref MemoryMarshal.GetReference(a);
        return Total(new Product(), ref first, ref Elementwise.First(b, a.Length), ref first, ref first, a.Length);
    }

    /// <summary>Σ x[i]².</summary>
    public static T SumOfSquares<T>(ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Dot(x, x);

    /// <summary>The sum of a term over i below n, in lanes as described at the class.</summary>
    internal static T Total<TTerm, T>(TTerm term, ref T a, ref T b, ref T c, ref T d, int n)
        where TTerm : struct, ITerm
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> lanes = stackalloc T[64 / Unsafe.SizeOf<T>()];
        ref T lane = ref MemoryMarshal.GetReference(lanes);
        nuint whole = (nuint)(n / lanes.Length * lanes.Length);
        if (whole > 0)
        {
            if (Lanes.Has512) Accumulate<TTerm, Lanes512<T>, T>(term, ref a, ref b, ref c, ref d, ref lane, whole);
            else if (Lanes.Has256) Accumulate<TTerm, Lanes256<T>, T>(term, ref a, ref b, ref c, ref d, ref lane, whole);
            else Accumulate<TTerm, Lanes128<T>, T>(term, ref a, ref b, ref c, ref d, ref lane, whole);
        }
        else lanes.Clear();

        for (nuint l = 0; l < (nuint)n - whole; l++)
            term.AddTo<Lanes1<T>, T>(Lanes1<T>.Load(ref lane, l), ref a, ref b, ref c, ref d, whole + l).Store(ref lane, l);
        // Lanes that no element reached hold +0, and adding that to another lane changes no bit.
        nuint reached = whole > 0 ? (nuint)lanes.Length : BitOperations.RoundUpToPowerOf2((uint)n);
        for (nuint half = reached / 2; half > 0; half /= 2)
            for (nuint l = 0; l < half; l++) Unsafe.Add(ref lane, l) += Unsafe.Add(ref lane, l + half);
        return lane;
    }

    /// <summary>The lanes' sums over whole rounds of 64 bytes: one register of 512 bits, two of 256 or four of 128.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Accumulate<TTerm, V, T>(TTerm term, ref T a, ref T b, ref T c, ref T d, ref T lane, nuint n)
        where TTerm : struct, ITerm
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        nuint count = (nuint)V.Count, round = 64 / (nuint)Unsafe.SizeOf<T>();
        V sum0 = V.All(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
        for (nuint i = 0; i < n; i += round)
        {
            sum0 = term.AddTo<V, T>(sum0, ref a, ref b, ref c, ref d, i);
            if (round > count) sum1 = term.AddTo<V, T>(sum1, ref a, ref b, ref c, ref d, i + count);
            if (round > 2 * count) sum2 = term.AddTo<V, T>(sum2, ref a, ref b, ref c, ref d, i + 2 * count);
            if (round > 2 * count) sum3 = term.AddTo<V, T>(sum3, ref a, ref b, ref c, ref d, i + 3 * count);
        }
        sum0.Store(ref lane, 0);
        if (round > count) sum1.Store(ref lane, count);
        if (round > 2 * count) sum2.Store(ref lane, 2 * count);
        if (round > 2 * count) sum3.Store(ref lane, 3 * count);
    }

    /// <summary>x.</summary>
    internal readonly struct Element : ITerm
    {
        [MethodImpl(Inline)]
        public V At<V, T>(ref T x, ref T b, ref T c, ref T d, ref T target, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => V.Load(ref x, i);

        [MethodImpl(Inline)]
        public V AddTo<V, T>(V sum, ref T x, ref T b, ref T c, ref T d, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => sum + V.Load(ref x, i);
    }

    private readonly struct Product : ITerm
    {
        [MethodImpl(Inline)]
        public V At<V, T>(ref T a, ref T b, ref T c, ref T d, ref T target, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => V.Load(ref a, i) * V.Load(ref b, i);

        [MethodImpl(Inline)]
        public V AddTo<V, T>(V sum, ref T a, ref T b, ref T c, ref T d, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => V.Fma(V.Load(ref a, i), V.Load(ref b, i), sum);
    }
}
