using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

internal static partial class VectorMath
{
    /// <summary>
    /// x to a power that is the same for all lanes. Whole exponents from −8 to 8 are products, ±½ is a square root; a negative finite
    /// x gives NaN for every exponent that is not whole. x⁰ = 1 for every x, 0 to a negative power is infinite.
    /// </summary>
    [MethodImpl(Inline)]
    public static V Power<V>(V x, double exponent) where V : struct, ILanes<V>
    {
        if (!V.IsDouble) exponent = (float)exponent;
        if (Math.Abs(exponent) <= 8 && Math.Floor(exponent) == exponent) return WholePower(x, (int)exponent);
        if (exponent == 0.5) return V.Sqrt(x);
        if (exponent == -0.5) return V.All(1) / V.Sqrt(x);
        return double.IsFinite(exponent) ? GeneralPower(x, exponent) : UnboundedPower(x, exponent);
    }

    /// <summary>Repeated squaring; a negative exponent is the reciprocal of the positive one.</summary>
    [MethodImpl(Inline)]
    private static V WholePower<V>(V x, int exponent) where V : struct, ILanes<V>
    {
        V product = V.All(1), square = x;
        for (int rest = Math.Abs(exponent); ;)
        {
            if ((rest & 1) != 0) product *= square;
            rest >>= 1;
            if (rest == 0) break;
            square *= square;
        }
        return exponent < 0 ? V.All(1) / product : product;
    }

    /// <summary>e^(exponent·log |x|), the logarithm in two numbers, since its error is multiplied by the exponent; then sign and limits.</summary>
    [MethodImpl(Inline)]
    private static V GeneralPower<V>(V x, double exponent) where V : struct, ILanes<V>
    {
        V magnitude = V.Abs(x), power = V.All(exponent);
        V log = LogInTwo(magnitude, out V logTail);
        V product = power * log;
        V tail = V.Fma(power, logTail, V.Fma(power, log, -product));
        V low = V.All(-746, -104), high = V.All(710, 89);
        tail = V.Select((product < low) | (product > high), V.All(0), tail);
        product = V.Select(product < low, low, product);
        product = V.Select(product > high, high, product);
        V r = ReduceByLn2(product, out V n, out V shifted) + tail;
        V y = ExpReduced(r, n, shifted);

        y = V.Select(magnitude < Infinity<V>(), y, exponent > 0 ? magnitude : V.All(1) / magnitude); // ∞, and NaN stays
        y = V.Select(magnitude > V.All(0), y, exponent > 0 ? magnitude : V.All(1) / magnitude);      // 0
        bool isWhole = Math.Floor(exponent) == exponent;
        bool isOdd = isWhole && Math.Floor(exponent / 2) * 2 != exponent;
        return isOdd ? y | SignOf(x) : isWhole ? y : V.Select((x < V.All(0)) & (magnitude < Infinity<V>()), V.All(double.NaN), y);
    }

    /// <summary>log x = result + tail for positive finite x, about 2⁻¹² of a last place exact.</summary>
    /// <remarks>
    /// e·ln 2 + 2s + ⅔·s³ with every rounding error kept, and the rest of the series, which is too small for its errors to count.
    /// </remarks>
    [MethodImpl(Inline)]
    private static V LogInTwo<V>(V x, out V tail) where V : struct, ILanes<V>
    {
        V f = SplitExponent(x, out V e);
        V d = V.All(2) + f, dTail = f - (d - V.All(2));
        V s = f / d, sTail = (V.Fma(-s, d, f) - s * dTail) / d;
        V z = s * s, zTail = V.Fma(s, s, -z) + V.All(2) * s * sTail;
        V cube = s * z, cubeTail = V.Fma(s, z, -cube) + V.Fma(s, zTail, sTail * z);
        V third = V.All(0.6666666666666666, 0.6666666865348816);
        V thirdTail = V.All(3.700743415417188e-17, -1.9868215517249155e-08);
        V term = third * cube, termTail = V.Fma(third, cube, -term) + V.Fma(third, cubeTail, thirdTail * cube);
        V rest = cube * z * LogTailFrom5(z);

        V ln2 = V.All(0.6931471805599453, 0.6931471824645996);
        V ln2Tail = V.All(2.3190468138462996e-17, -1.9046542121259336e-09);
        V whole = e * ln2, wholeTail = V.Fma(e, ln2Tail, V.Fma(e, ln2, -whole));
        V first = whole + (s + s), firstTail = (s + s) - (first - whole);
        V second = first + term, secondTail = term - (second - first);
        V low = firstTail + secondTail + wholeTail + (sTail + sTail) + termTail + rest;
        V sum = second + low;
        tail = low - (sum - second);
        return sum;
    }

    /// <summary><see cref="LogTail{V}"/> without its first term, divided by z: 2/5 + 2/7·z + …</summary>
    [MethodImpl(Inline)]
    private static V LogTailFrom5<V>(V z) where V : struct, ILanes<V>
    {
        V p;
        if (V.IsDouble)
        {
            p = V.All(0.11723051028097753);
            p = V.Fma(p, z, V.All(0.11706248540922386));
            p = V.Fma(p, z, V.All(0.13334804238225345));
            p = V.Fma(p, z, V.All(0.15384594970895457));
            p = V.Fma(p, z, V.All(0.18181818335314404));
            p = V.Fma(p, z, V.All(0.22222222221656232));
            p = V.Fma(p, z, V.All(0.28571428571429364));
            return V.Fma(p, z, V.All(0.4));
        }
        p = V.All(0.22204765677452087);
        p = V.Fma(p, z, V.All(0.2857153117656708));
        return V.Fma(p, z, V.All(0.4000000059604645));
    }

    /// <summary>The limits for an exponent of ±∞, and NaN for a NaN unless x is 1.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // rare, and the loop must not outgrow what the compiler inlines
    private static V UnboundedPower<V>(V x, double exponent) where V : struct, ILanes<V>
    {
        V magnitude = V.Abs(x);
        if (double.IsNaN(exponent)) return V.Select(V.Equal(x, V.All(1)), V.All(1), V.All(double.NaN));
        V y = V.Select(magnitude > V.All(1), V.All(exponent > 0 ? double.PositiveInfinity : 0), x);
        y = V.Select(magnitude < V.All(1), V.All(exponent > 0 ? 0 : double.PositiveInfinity), y);
        return V.Select(V.Equal(magnitude, V.All(1)), V.All(1), y);
    }
}
