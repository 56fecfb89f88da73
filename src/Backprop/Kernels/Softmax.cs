using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop.Kernels;

/// <summary>Softmax of one row. The largest logit is subtracted first, so no exponential overflows and the sum is at least 1.</summary>
internal static class Softmax
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>y[j] = exp(x[j]) / Σ exp(x); gives log Σ exp(x − largest).</summary>
    public static T Forward<T>(ReadOnlySpan<T> x, Span<T> y, out T largest) where T : unmanaged, IFloatingPointIeee754<T>
    {
        largest = Reduce.Max(x);
        ref T a = ref MemoryMarshal.GetReference(x);
        var term = new ExpOfDistance(double.CreateTruncating(largest));
        ElementLoop.Run(term, ref a, ref a, ref a, ref a, ref Elementwise.First<T>(y, x.Length), x.Length);
        T sum = Reduce.Sum<T>(y);
        Elementwise.Map(new DividedBy(double.CreateTruncating(sum)), y, y);
        return VectorMath.Log(sum);
    }

    /// <summary>dx[j] (+)= y[j]·(dy[j] − Σ dy·y).</summary>
    public static void Backward<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref T a = ref Elementwise.First(y, dx.Length), b = ref Elementwise.First(dy, dx.Length);
        var term = new Centred(double.CreateTruncating(Reduce.Dot(dy, y)));
        ElementLoop.Run(term, ref a, ref b, ref a, ref a, ref MemoryMarshal.GetReference(dx), dx.Length, accumulate);
    }

    /// <summary>y[j] = x[j] − log Σ exp(x).</summary>
    public static void LogForward<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double largest = double.CreateTruncating(Reduce.Max(x));
        ref T a = ref MemoryMarshal.GetReference(x);
        T sum = Reduce.Total(new ExpOfDistance(largest), ref a, ref a, ref a, ref a, x.Length);
        Elementwise.Map(new TwiceLess(largest, double.CreateTruncating(VectorMath.Log(sum))), x, y);
    }

    /// <summary>dx[j] (+)= dy[j] − exp(y[j])·Σ dy.</summary>
    public static void LogBackward<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref T a = ref Elementwise.First(y, dx.Length), b = ref Elementwise.First(dy, dx.Length);
        var term = new LessShare(double.CreateTruncating(Reduce.Sum(dy)));
        ElementLoop.Run(term, ref a, ref b, ref a, ref a, ref MemoryMarshal.GetReference(dx), dx.Length, accumulate);
    }

    /// <summary>exp(x − largest).</summary>
    private readonly struct ExpOfDistance(double largest) : ITerm
    {
        [MethodImpl(Inline)]
        public V At<V, T>(ref T x, ref T b, ref T c, ref T d, ref T y, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => VectorMath.Exp(V.Load(ref x, i) - V.All(largest));

        [MethodImpl(Inline)]
        public V AddTo<V, T>(V sum, ref T x, ref T b, ref T c, ref T d, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => sum + VectorMath.Exp(V.Load(ref x, i) - V.All(largest));
    }

    /// <summary>y·(dy − mean), the mean being weighted by y.</summary>
    private readonly struct Centred(double mean) : ITerm
    {
        [MethodImpl(Inline)]
        public V At<V, T>(ref T y, ref T dy, ref T c, ref T d, ref T dx, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => V.Load(ref y, i) * (V.Load(ref dy, i) - V.All(mean));

        [MethodImpl(Inline)]
        public V AddTo<V, T>(V sum, ref T y, ref T dy, ref T c, ref T d, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => V.Fma(V.Load(ref y, i), V.Load(ref dy, i) - V.All(mean), sum);
    }

    /// <summary>dy − exp(y)·total.</summary>
    private readonly struct LessShare(double total) : ITerm
    {
        [MethodImpl(Inline)]
        public V At<V, T>(ref T y, ref T dy, ref T c, ref T d, ref T dx, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => V.Fma(VectorMath.Exp(V.Load(ref y, i)), V.All(-total), V.Load(ref dy, i));

        [MethodImpl(Inline)]
        public V AddTo<V, T>(V sum, ref T y, ref T dy, ref T c, ref T d, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => sum + At<V, T>(ref y, ref dy, ref c, ref d, ref d, i);
    }

    private readonly struct DividedBy(double divisor) : IUnary
    {
        [MethodImpl(Inline)]
        public V Value<V>(V x) where V : struct, ILanes<V> => x / V.All(divisor);

        [MethodImpl(Inline)]
        public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.All(1) / V.All(divisor);
    }

    /// <summary>(x − first) − second: the large first one goes before the small second one can be lost in it.</summary>
    private readonly struct TwiceLess(double first, double second) : IUnary
    {
        [MethodImpl(Inline)]
        public V Value<V>(V x) where V : struct, ILanes<V> => x - V.All(first) - V.All(second);

        [MethodImpl(Inline)]
        public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.All(1);
    }
}
