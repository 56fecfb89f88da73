using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop.Kernels;

/// <summary>The loss of one prediction p against one target t.</summary>
internal interface IElementLoss
{
    V Value<V>(V p, V t) where V : struct, ILanes<V>;

    /// <summary>The loss's derivative by p.</summary>
    V ByPrediction<V>(V p, V t) where V : struct, ILanes<V>;

    /// <summary>The loss's derivative by t.</summary>
    V ByTarget<V>(V p, V t) where V : struct, ILanes<V>;
}

/// <summary>Losses that are a sum over elements, in one pass.</summary>
internal static class ElementLoss
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>Σ loss(p[i], t[i]).</summary>
    public static T Sum<TLoss, T>(TLoss loss, ReadOnlySpan<T> p, ReadOnlySpan<T> t)
        where TLoss : struct, IElementLoss
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref T a = ref MemoryMarshal.GetReference(p), b = ref Elementwise.First(t, p.Length);
        return Reduce.Total(new Values<TLoss>(loss), ref a, ref b, ref a, ref a, p.Length);
    }

    /// <summary>dp[i] (+)= factor·∂loss/∂p.</summary>
    public static void BackwardPrediction<TLoss, T>(TLoss loss, T factor, ReadOnlySpan<T> p, ReadOnlySpan<T> t, Span<T> dp, bool accumulate,
        Work threads = default)
        where TLoss : struct, IElementLoss
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref T a = ref Elementwise.First(p, dp.Length), b = ref Elementwise.First(t, dp.Length);
        var term = new Slopes<TLoss, ByPrediction>(loss, double.CreateTruncating(factor));
        ElementLoop.Run(term, ref a, ref b, ref a, ref a, ref MemoryMarshal.GetReference(dp), dp.Length, accumulate, threads);
    }

    /// <summary>dt[i] (+)= factor·∂loss/∂t.</summary>
    public static void BackwardTarget<TLoss, T>(TLoss loss, T factor, ReadOnlySpan<T> p, ReadOnlySpan<T> t, Span<T> dt, bool accumulate,
        Work threads = default)
        where TLoss : struct, IElementLoss
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref T a = ref Elementwise.First(p, dt.Length), b = ref Elementwise.First(t, dt.Length);
        var term = new Slopes<TLoss, ByTarget>(loss, double.CreateTruncating(factor));
        ElementLoop.Run(term, ref a, ref b, ref a, ref a, ref MemoryMarshal.GetReference(dt), dt.Length, accumulate, threads);
    }

    private interface ISide
    {
        static abstract V Slope<TLoss, V>(TLoss loss, V p, V t) where TLoss : struct, IElementLoss where V : struct, ILanes<V>;
    }

    private readonly struct ByPrediction : ISide
    {
        [MethodImpl(Inline)]
        public static V Slope<TLoss, V>(TLoss loss, V p, V t) where TLoss : struct, IElementLoss where V : struct, ILanes<V> =>
            loss.ByPrediction(p, t);
    }

    private readonly struct ByTarget : ISide
    {
        [MethodImpl(Inline)]
        public static V Slope<TLoss, V>(TLoss loss, V p, V t) where TLoss : struct, IElementLoss where V : struct, ILanes<V> =>
            loss.ByTarget(p, t);
    }

    private readonly struct Values<TLoss>(TLoss loss) : ITerm where TLoss : struct, IElementLoss
    {
        [MethodImpl(Inline)]
        public V At<V, T>(ref T p, ref T t, ref T c, ref T d, ref T target, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => loss.Value(V.Load(ref p, i), V.Load(ref t, i));

        [MethodImpl(Inline)]
        public V AddTo<V, T>(V sum, ref T p, ref T t, ref T c, ref T d, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => sum + loss.Value(V.Load(ref p, i), V.Load(ref t, i));
    }

    private readonly struct Slopes<TLoss, TSide>(TLoss loss, double factor) : ITerm
        where TLoss : struct, IElementLoss
        where TSide : struct, ISide
    {
        [MethodImpl(Inline)]
        public V At<V, T>(ref T p, ref T t, ref T c, ref T d, ref T target, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => V.All(factor) * TSide.Slope(loss, V.Load(ref p, i), V.Load(ref t, i));

        [MethodImpl(Inline)]
        public V AddTo<V, T>(V sum, ref T p, ref T t, ref T c, ref T d, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> =>
            V.Fma(V.All(factor), TSide.Slope(loss, V.Load(ref p, i), V.Load(ref t, i)), sum);
    }
}
