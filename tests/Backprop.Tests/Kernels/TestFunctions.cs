using System.Runtime.CompilerServices;
using Backprop.Kernels;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Backprop.Tests.Kernels;

/// <summary>A function with a parameter.</summary>
internal readonly struct Leaky(double slope) : IUnary
{
    [MethodImpl(AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => V.Select(x < V.All(0), x * V.All(slope), x);

    [MethodImpl(AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.Select(x < V.All(0), V.All(slope), V.All(1));
}

internal readonly struct ExpOf : IUnary
{
    [MethodImpl(AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => VectorMath.Exp(x);

    [MethodImpl(AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => y;
}

internal readonly struct LogOf : IUnary
{
    [MethodImpl(AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => VectorMath.Log(x);

    [MethodImpl(AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.All(1) / x;
}

internal readonly struct TanhOf : IUnary
{
    [MethodImpl(AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => VectorMath.Tanh(x);

    [MethodImpl(AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.All(1) - y * y;
}

internal readonly struct SigmoidOf : IUnary
{
    [MethodImpl(AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => VectorMath.Sigmoid(x);

    [MethodImpl(AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => y * (V.All(1) - y);
}

internal readonly struct ExpMinusOneOf : IUnary
{
    [MethodImpl(AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => VectorMath.ExpMinusOne(x);

    [MethodImpl(AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => y + V.All(1);
}

internal readonly struct ErfOf : IUnary
{
    [MethodImpl(AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => VectorMath.Erf(x);

    [MethodImpl(AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.All(1.1283791670955126) * VectorMath.Exp(-x * x);
}

internal readonly struct PowerOf(double exponent) : IUnary
{
    [MethodImpl(AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => VectorMath.Power(x, exponent);

    [MethodImpl(AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.All(exponent) * VectorMath.Power(x, exponent - 1);
}

/// <summary>Every operation that lanes have, exact or rounded once: their bits show whether a width does one of them otherwise.</summary>
internal readonly struct EveryLaneOperation : IUnary
{
    [MethodImpl(AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V>
    {
        V a = V.Fma(x, x, -V.All(0.5)) / V.Sqrt(V.Abs(x) + V.All(1, 2));
        V b = V.Max(x, a) - V.Min(x * a, V.All(3)) + V.Max(x, V.All(0)) + V.Min(-x, V.All(0));
        V mask = (x <= V.All(0.5)) & (a >= V.All(-0.25)) | V.Equal(x, V.All(0)) ^ (b > V.All(1));
        V bits = V.SubtractBits(V.AddBits(V.ShiftLeft(V.ShiftRight(b, 3), 2), V.AllBits(12345L << 32, 12345)), V.AllBits(77));
        return V.Select(mask, V.Select(V.Equal(bits, bits), bits, a), b);
    }

    [MethodImpl(AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => x;
}

/// <summary>A function of two numbers of which neither derivative is trivial.</summary>
internal readonly struct SquareTimes : IBinary
{
    [MethodImpl(AggressiveInlining)]
    public V Value<V>(V a, V b) where V : struct, ILanes<V> => a * a * b;

    [MethodImpl(AggressiveInlining)]
    public V DerivativeA<V>(V a, V b, V y) where V : struct, ILanes<V> => V.All(2) * a * b;

    [MethodImpl(AggressiveInlining)]
    public V DerivativeB<V>(V a, V b, V y) where V : struct, ILanes<V> => a * a + V.All(0) * y;
}
