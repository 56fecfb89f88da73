using System.Numerics;

namespace Backprop.Kernels;

/// <summary>The mask of a dropout: every element decides for itself, by a hash of where it stands. So the mask is the same for every number of
/// threads and every vector width, and can be made again from three whole numbers.</summary>
internal static class DropMask
{
    /// <summary>mask[i] = 0 with probability <paramref name="rate"/> (to 2⁻³²), else 1 / (1 − rate).</summary>
    /// <param name="seed">Whose mask it is.</param>
    /// <param name="step">Which training step it is.</param>
    /// <param name="use">Which use within the step it is.</param>
    /// <param name="rate">The probability of a 0, from 0 up to, not including, 1.</param>
    /// <param name="mask">Takes the mask.</param>
    public static void Fill<T>(ulong seed, ulong step, ulong use, double rate, Span<T> mask) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Each number is spread over all bits before the next one is added: neighbouring steps and uses have nothing in common.
        ulong key = Spread(Spread(Spread(seed) + step) + use);
        uint threshold = (uint)Math.Min(Math.Round(rate * 4294967296.0), uint.MaxValue);
        T kept = T.CreateTruncating(1 / (1 - rate));
        for (int i = 0; i < mask.Length; i++)
        {
            // One hash serves two elements: its lower half the even one, its upper half the odd one.
            ulong bits = Spread(key + (ulong)(i >> 1));
            mask[i] = (uint)bits < threshold ? T.Zero : kept;
            if (++i < mask.Length) mask[i] = (uint)(bits >> 32) < threshold ? T.Zero : kept;
        }
    }

    /// <summary>One number of splitmix64. Source: Steele, Lea, Flood, Fast Splittable Pseudorandom Number Generators (2014).</summary>
    private static ulong Spread(ulong state)
    {
        ulong z = unchecked((state + 1) * 0x9E3779B97F4A7C15);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}
