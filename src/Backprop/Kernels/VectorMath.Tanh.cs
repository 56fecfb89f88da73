using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

internal static partial class VectorMath
{
    /// <summary>tanh x = E / (E + 2) with E = e²ˣ − 1, for |x|; then x's sign. tanh(−0) = −0.</summary>
    [MethodImpl(Inline)]
    public static V Tanh<V>(V x) where V : struct, ILanes<V>
    {
        V magnitude = V.Abs(x);
        V bound = V.All(20, 10); // from here on the nearest number is 1
        magnitude = V.Select(magnitude > bound, bound, magnitude);
        V r = ReduceByLn2(magnitude + magnitude, out _, out V shifted);
        V scale = PowerOf2(shifted);
        // e²ˣ − 1 = 2ⁿ·(eʳ − 1) + (2ⁿ − 1): nothing cancels, and for small x it is eʳ − 1 itself.
        V e = V.Fma(scale, ExpMinusOneNear0(r), scale - V.All(1));
        return DivideBySum(e, V.All(2), e) | SignOf(x);
    }

    /// <summary>numerator / (a + b), as if sum and quotient were rounded only once together; b is not far above a, or so far that it is all.</summary>
    [MethodImpl(Inline)]
    private static V DivideBySum<V>(V numerator, V a, V b) where V : struct, ILanes<V>
    {
        V sum = a + b, lost = (a - sum) + b, inverse = V.All(1) / sum;
        V y = numerator * inverse;
        V remainder = V.Fma(-y, lost, V.Fma(-y, sum, numerator));
        return V.Fma(remainder, inverse, y);
    }
}
