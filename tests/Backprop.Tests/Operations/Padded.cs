using Backprop.Tensors;

namespace Backprop.Tests.Operations;

/// <summary>Lengths of sequences in a padded batch, for the cases of recurrent operations.</summary>
internal static class Padded
{
    /// <summary>Of three sequences of at most six time steps.</summary>
    public static int[] OfThree => [4, 6, 1];

    public static Indices? Lengths(int[]? lengths) => lengths is null ? null : new Indices([lengths.Length], lengths);
}
