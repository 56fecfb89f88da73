using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>What flows back where the largest number wins: all to the winner, nothing to the others.</summary>
internal static class Won
{
    /// <summary>The term of an entry that was compared, in the gradient of the output that the winner gave.</summary>
    public static Term<T> Term<T>(Tensor<T> y, int output, Tensor<T> x, int entry, int winner) where T : unmanaged, IFloatingPointIeee754<T> =>
        entry == winner ? new Term<T>(Factor.GradientOf(y, output))
        : new Term<T>(Factor.Number("1 for the winner, else 0", T.Zero), Factor.GradientOf(y, output))
        {
            Zero = new("not the winner: {0} won", Factor.Of(x, winner)),
        };
}
