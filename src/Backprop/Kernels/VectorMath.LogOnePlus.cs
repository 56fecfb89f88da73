using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

internal static partial class VectorMath
{
    /// <summary>log(1 + x) that stays exact where 1 + x rounds x away.</summary>
    /// <remarks>
    /// With u = 1 + x rounded: log(1 + x) = log u + (x − (u − 1))/u, the second part being what rounding lost.
    /// Source: Higham, Accuracy and Stability of Numerical Algorithms (2002), §1.14, on correlated rounding errors.
    /// </remarks>
    [MethodImpl(Inline)]
    public static V LogOnePlus<V>(V x) where V : struct, ILanes<V>
    {
        V u = V.All(1) + x, log = Log(u);
        // At u = 0 and u = ∞ nothing was lost, and the second part is not a number.
        V lost = V.Select((u > V.All(0)) & (u < Infinity<V>()), (x - (u - V.All(1))) / u, V.All(0));
        return log + lost;
    }
}
