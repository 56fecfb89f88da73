using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

internal static partial class VectorMath
{
    /// <summary>eˣ − 1, which stays exact where eˣ is near 1.</summary>
    [MethodImpl(Inline)]
    public static V ExpMinusOne<V>(V x) where V : struct, ILanes<V>
    {
        // Outside these bounds the result is −1 or infinity anyway; a NaN compares false and stays.
        V low = V.All(-38, -18), high = V.All(710, 89);
        V bounded = V.Select(x < low, low, x);
        bounded = V.Select(bounded > high, high, bounded);
        V r = ReduceByLn2(bounded, out V n, out V shifted);
        // 2ⁿ·(eʳ − 1) + (2ⁿ − 1), as half of it and twice: 2ⁿ alone may be too large for a number.
        V half = PowerOf2(V.SubtractBits(shifted, V.AllBits(1)));
        V y = V.Fma(half, ExpMinusOneNear0(r), half - V.All(0.5));
        // Where n = 0 this is eʳ − 1 itself, of which half could be too small for a number.
        return V.Select(V.Equal(n, V.All(0)), ExpMinusOneNear0(r), y + y);
    }
}
