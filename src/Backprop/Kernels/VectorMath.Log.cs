using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

internal static partial class VectorMath
{
    /// <summary>The natural logarithm. log 0 = −∞, a negative number gives NaN.</summary>
    /// <remarks>
    /// x = 2ᵉ·(1 + f) with 1 + f between √½ and √2. With s = f/(2 + f): log(1 + f) = 2·atanh(s) = f − (f²/2 − s·(f²/2 + s²·L(s²))).
    /// </remarks>
    [MethodImpl(Inline)]
    public static V Log<V>(V x) where V : struct, ILanes<V>
    {
        V f = SplitExponent(x, out V e);
        V s = f / (V.All(2) + f);
        V z = s * s;
        V halfSquare = V.All(0.5) * f * f;
        V tail = s * V.Fma(z, LogTail(z), halfSquare);
        tail = V.Fma(e, V.All(2.3190468138462996e-17, -1.9046542121259336e-09), tail);
        V y = V.Fma(e, V.All(0.6931471805599453, 0.6931471824645996), f - (halfSquare - tail));
        return LogOfLimits(x, y);
    }

    /// <summary>f and e of x = 2ᵉ·(1 + f), with 1 + f between √½ and √2; f is exact. Meaningless unless x is positive and finite.</summary>
    [MethodImpl(Inline)]
    private static V SplitExponent<V>(V x, out V e) where V : struct, ILanes<V>
    {
        int fraction = V.FractionBits;
        // A subnormal number has no exponent of its own: it is scaled up first.
        V tiny = x < V.All(2.2250738585072014e-308, 1.1754943508222875e-38);
        V scaled = V.Select(tiny, x * V.All(18014398509481984, 33554432), x); // 2⁵⁴, 2²⁵
        V lost = V.Select(tiny, V.All(54, 25), V.All(0));
        // Counted from √½ instead of 1, the exponent field says which power of 2 is nearest. 1024 (128) keeps it positive for the shift.
        V sqrtHalf = V.All(0.70710678118654752);
        V bias = V.AllBits(1024L << 52, 128 << 23);
        V count = V.ShiftRight(V.AddBits(V.SubtractBits(scaled, sqrtHalf), bias), fraction);
        V power = V.SubtractBits(V.ShiftLeft(count, fraction), bias);
        // A small whole number in the lowest bits, with 2⁵² (2²³) over it, is a number without any conversion.
        V whole = V.All(4503599627370496, 8388608);
        e = (count | whole) - V.All(4503599627370496 + 1024, 8388608 + 128) - lost;
        return V.SubtractBits(scaled, power) - V.All(1);
    }

    /// <summary>L(z) = (2·atanh(s) − 2s)/(s·z) = 2/3 + 2/5·z + …, z = s².</summary>
    [MethodImpl(Inline)]
    private static V LogTail<V>(V z) where V : struct, ILanes<V>
    {
        V p;
        if (V.IsDouble)
        {
            p = V.All(0.13086626147840102);
            p = V.Fma(p, z, V.All(0.13268773138656886));
            p = V.Fma(p, z, V.All(0.15386239702814658));
            p = V.Fma(p, z, V.All(0.18181795640132906));
            p = V.Fma(p, z, V.All(0.22222222391713917));
            p = V.Fma(p, z, V.All(0.28571428570803614));
            p = V.Fma(p, z, V.All(0.4000000000000088));
            return V.Fma(p, z, V.All(0.6666666666666666));
        }
        p = V.All(0.2333046793937683);
        p = V.Fma(p, z, V.All(0.2855082154273987));
        p = V.Fma(p, z, V.All(0.4000012278556824));
        return V.Fma(p, z, V.All(0.6666666865348816));
    }

    /// <summary>y = log x, put right where x is not a positive finite number.</summary>
    [MethodImpl(Inline)]
    private static V LogOfLimits<V>(V x, V y) where V : struct, ILanes<V>
    {
        V positive = V.Select(x < Infinity<V>(), y, x); // ∞ and NaN are their own logarithms
        V nonPositive = V.Select(x < V.All(0), V.All(double.NaN), -Infinity<V>());
        return V.Select(x <= V.All(0), nonPositive, positive);
    }
}
