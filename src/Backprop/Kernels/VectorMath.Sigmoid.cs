using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

internal static partial class VectorMath
{
    /// <summary>σ(x) = 1 / (1 + e⁻ˣ), and e / (1 + e) with e = eˣ below 0, where e⁻ˣ would overflow before the result is 0.</summary>
    [MethodImpl(Inline)]
    public static V Sigmoid<V>(V x) where V : struct, ILanes<V>
    {
        V low = V.All(-746, -104);
        V negative = -V.Abs(x);
        V r = ReduceByLn2(V.Select(negative < low, low, negative), out V n, out V shifted);
        V e = ExpReduced(r, n, shifted);
        return DivideBySum(V.Select(x < V.All(0), e, V.All(1)), V.All(1), e);
    }
}
