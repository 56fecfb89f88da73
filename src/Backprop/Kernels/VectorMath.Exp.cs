using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

internal static partial class VectorMath
{
    /// <summary>eˣ. Overflow gives infinity; small results go through the subnormal numbers to 0.</summary>
    [MethodImpl(Inline)]
    public static V Exp<V>(V x) where V : struct, ILanes<V>
    {
        // Outside these bounds the result is 0 or infinity anyway; a NaN compares false and stays.
        V low = V.All(-746, -104), high = V.All(710, 89);
        x = V.Select(x < low, low, x);
        x = V.Select(x > high, high, x);
        V r = ReduceByLn2(x, out V n, out V shifted);
        return ExpReduced(r, n, shifted);
    }

    /// <summary>2ⁿ·eʳ for the parts that <see cref="ReduceByLn2{V}"/> gave.</summary>
    [MethodImpl(Inline)]
    private static V ExpReduced<V>(V r, V n, V shifted) where V : struct, ILanes<V>
    {
        // 2ⁿ may not be a normal number where the result still is one, so it is multiplied in two halves; only the last product can
        // round below the normal numbers.
        V half = V.Fma(n, V.All(0.5), Shifter<V>());
        V scale = PowerOf2(half);
        return V.Fma(ExpMinusOneNear0(r), scale, scale) * PowerOf2(V.SubtractBits(shifted, half));
    }

    /// <summary>x = n·ln 2 + r with a whole n and |r| ≤ ½·ln 2; <paramref name="shifted"/> holds n in its lowest bits.</summary>
    [MethodImpl(Inline)]
    private static V ReduceByLn2<V>(V x, out V n, out V shifted) where V : struct, ILanes<V>
    {
        shifted = V.Fma(x, V.All(1.4426950408889634), Shifter<V>());
        n = shifted - Shifter<V>();
        // The first step is exact: x and n·(ln 2's leading part) are multiples of r's last place.
        V r = V.Fma(n, V.All(-0.6931471805599453, -0.6931471824645996), x);
        return V.Fma(n, V.All(-2.3190468138462996e-17, 1.9046542121259336e-09), r);
    }

    /// <summary>eʳ − 1 for |r| ≤ ½·ln 2, with a small relative error: r + r²·q(r).</summary>
    [MethodImpl(Inline)]
    private static V ExpMinusOneNear0<V>(V r) where V : struct, ILanes<V>
    {
        V q;
        if (V.IsDouble)
        {
            q = V.All(2.0914679376583935e-09);
            q = V.Fma(q, r, V.All(2.510520637395701e-08));
            q = V.Fma(q, r, V.All(2.7557273661348637e-07));
            q = V.Fma(q, r, V.All(2.7557255425746435e-06));
            q = V.Fma(q, r, V.All(2.4801587325533363e-05));
            q = V.Fma(q, r, V.All(0.00019841269874800493));
            q = V.Fma(q, r, V.All(0.0013888888888883752));
            q = V.Fma(q, r, V.All(0.008333333333326141));
            q = V.Fma(q, r, V.All(0.04166666666666667));
            q = V.Fma(q, r, V.All(0.1666666666666667));
        }
        else
        {
            q = V.All(0.00019890980911441147);
            q = V.Fma(q, r, V.All(0.0013933641603216529));
            q = V.Fma(q, r, V.All(0.00833331048488617));
            q = V.Fma(q, r, V.All(0.04166646674275398));
            q = V.Fma(q, r, V.All(0.1666666716337204));
        }
        q = V.Fma(q, r, V.All(0.5));
        return V.Fma(r * r, q, r);
    }

    /// <summary>Added to a small number, leaves its nearest whole number in the lowest bits of the sum (ties to even).</summary>
    [MethodImpl(Inline)]
    private static V Shifter<V>() where V : struct, ILanes<V> => V.All(6755399441055744, 12582912);

    /// <summary>2ⁿ from the bits of a sum with <see cref="Shifter{V}"/>, for n within the exponents of normal numbers.</summary>
    [MethodImpl(Inline)]
    private static V PowerOf2<V>(V shifted) where V : struct, ILanes<V> => V.AddBits(V.ShiftLeft(shifted, V.FractionBits), V.All(1));
}
