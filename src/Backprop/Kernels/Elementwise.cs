using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop.Kernels;

/// <summary>A function of one number and its derivative; what it needs besides (a slope, a bound) are fields of the struct.</summary>
internal interface IUnary
{
    /// <summary>y = f(x).</summary>
    V Value<V>(V x) where V : struct, ILanes<V>;

    /// <summary>f′(x), for which y = f(x) is at hand.</summary>
    V Derivative<V>(V x, V y) where V : struct, ILanes<V>;
}

/// <summary>Functions of single elements over spans of them, forward and backward.</summary>
internal static partial class Elementwise
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>y[i] = f(x[i]). x and y may be the same span.</summary>
    public static void Map<TOp, T>(TOp op, ReadOnlySpan<T> x, Span<T> y, Work threads = default)
        where TOp : struct, IUnary
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref T a = ref First(x, y.Length);
        ElementLoop.Run(new UnaryValue<TOp>(op), ref a, ref a, ref a, ref a, ref MemoryMarshal.GetReference(y), y.Length, threads);
    }

    /// <summary>dx[i] (+)= dy[i]·f′(x[i]), with y[i] = f(x[i]).</summary>
    public static void Backward<TOp, T>(TOp op, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx, bool accumulate,
        Work threads = default)
        where TOp : struct, IUnary
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref T c = ref First(dy, dx.Length);
        ElementLoop.Run(new UnaryDerivative<TOp>(op), ref First(x, dx.Length), ref First(y, dx.Length), ref c, ref c,
            ref MemoryMarshal.GetReference(dx), dx.Length, accumulate, threads);
    }

    /// <summary>y[i] (+)= factor·x[i].</summary>
    public static void Scale<T>(T factor, ReadOnlySpan<T> x, Span<T> y, bool accumulate, Work threads = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref T a = ref First(x, y.Length);
        ElementLoop.Run(new Scaled(double.CreateTruncating(factor)), ref a, ref a, ref a, ref a,
            ref MemoryMarshal.GetReference(y), y.Length, accumulate, threads);
    }

    /// <summary>y[i] (+)= x[i].</summary>
    public static void Copy<T>(ReadOnlySpan<T> x, Span<T> y, bool accumulate, Work threads = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (accumulate) Scale(T.One, x, y, accumulate: true, threads);
        else if (threads.ForElements(y.Length) == 1) x[..y.Length].CopyTo(y);
        else
        {
            ref T a = ref First(x, y.Length);
            ElementLoop.Run(default(Copied), ref a, ref a, ref a, ref a, ref MemoryMarshal.GetReference(y), y.Length, threads);
        }
    }

    /// <summary>The start of a span that must hold n elements: a kernel never reads past what it was given.</summary>
    [MethodImpl(Inline)]
    internal static ref T First<T>(ReadOnlySpan<T> span, int n) => ref MemoryMarshal.GetReference(span[..n]);

    private readonly struct UnaryValue<TOp>(TOp op) : IElement where TOp : struct, IUnary
    {
        [MethodImpl(Inline)]
        public V At<V, T>(ref T x, ref T b, ref T c, ref T d, ref T y, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => op.Value(V.Load(ref x, i));
    }

    private readonly struct UnaryDerivative<TOp>(TOp op) : ITerm where TOp : struct, IUnary
    {
        [MethodImpl(Inline)]
        public V At<V, T>(ref T x, ref T y, ref T dy, ref T d, ref T dx, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => V.Load(ref dy, i) * op.Derivative(V.Load(ref x, i), V.Load(ref y, i));

        [MethodImpl(Inline)]
        public V AddTo<V, T>(V sum, ref T x, ref T y, ref T dy, ref T d, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> =>
            V.Fma(V.Load(ref dy, i), op.Derivative(V.Load(ref x, i), V.Load(ref y, i)), sum);
    }

    private readonly struct Copied : IElement
    {
        [MethodImpl(Inline)]
        public V At<V, T>(ref T x, ref T b, ref T c, ref T d, ref T y, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => V.Load(ref x, i);
    }

    private readonly struct Scaled(double factor) : ITerm
    {
        [MethodImpl(Inline)]
        public V At<V, T>(ref T x, ref T b, ref T c, ref T d, ref T y, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => V.Load(ref x, i) * V.All(factor);

        [MethodImpl(Inline)]
        public V AddTo<V, T>(V sum, ref T x, ref T b, ref T c, ref T d, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => V.Fma(V.Load(ref x, i), V.All(factor), sum);
    }
}
