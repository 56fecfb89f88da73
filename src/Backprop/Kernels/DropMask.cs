using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Backprop.Kernels;

/// <summary>The mask of a dropout: every element decides for itself, by a hash of where it stands. So the mask is the same for every number of
/// threads and every vector width, and can be made again from three whole numbers.</summary>
internal static unsafe class DropMask
{
    // splitmix64. Source: Steele, Lea, Flood, Fast Splittable Pseudorandom Number Generators (2014).
    private const ulong Step = 0x9E3779B97F4A7C15, First = 0xBF58476D1CE4E5B9, Second = 0x94D049BB133111EB;

    /// <summary>mask[i] = 0 with probability <paramref name="rate"/> (to 2⁻³²), else 1 / (1 − rate).</summary>
    /// <param name="seed">Whose mask it is.</param>
    /// <param name="step">Which training step it is.</param>
    /// <param name="use">Which use within the step it is.</param>
    /// <param name="rate">The probability of a 0, from 0 up to, not including, 1.</param>
    /// <param name="mask">Takes the mask.</param>
    /// <param name="threads">The threads.</param>
    public static void Fill<T>(ulong seed, ulong step, ulong use, double rate, Span<T> mask, Work threads = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Each number is spread over all bits before the next one is added: neighbouring steps and uses have nothing in common.
        ulong key = Spread(Spread(Spread(seed) + step) + use);
        uint threshold = (uint)Math.Min(Math.Round(rate * 4294967296.0), uint.MaxValue);
        T kept = T.CreateTruncating(1 / (1 - rate));
        int number = threads.ForElements(mask.Length), length = Work.PieceLength(mask.Length, number);
        fixed (T* to = mask)
            WorkPool.Shared.Run(new Pieces<T>(key, threshold, kept, to, mask.Length, length), (mask.Length + length - 1) / length, number);
    }

    /// <summary>Pieces of an even length: one hash serves two elements, its lower half the even one, its upper half the odd one.</summary>
    private readonly struct Pieces<T>(ulong key, uint threshold, T kept, T* mask, int n, int length) : IParts where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int part, int worker)
        {
            int i = part * length, end = Math.Min(i + length, n);
            if (Vector256.IsHardwareAccelerated)
                for (; i + 8 <= end; i += 8) Eight(key + (ulong)(i >> 1), mask + i);
            for (; i < end; i++)
            {
                ulong bits = Spread(key + (ulong)(i >> 1));
                mask[i] = (uint)(i % 2 == 0 ? bits : bits >> 32) < threshold ? T.Zero : kept;
            }
        }

        /// <summary>Equals eight rounds of the loop over single elements. Four hashes side by side are, in halves, eight numbers in their order.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Eight(ulong state, T* to)
        {
            var halves = Spread(Vector256.Create(state) + Vector256<ulong>.Indices).AsUInt32();
            if (typeof(T) == typeof(float))
            {
                var keeps = Vector256.GreaterThanOrEqual(halves, Vector256.Create(threshold));
                (keeps.As<uint, T>() & Vector256.Create(kept)).Store(to);
            }
            else
            {
                var (low, high) = Vector256.Widen(halves);
                (Vector256.GreaterThanOrEqual(low, Vector256.Create((ulong)threshold)).As<ulong, T>() & Vector256.Create(kept)).Store(to);
                (Vector256.GreaterThanOrEqual(high, Vector256.Create((ulong)threshold)).As<ulong, T>() & Vector256.Create(kept)).Store(to + 4);
            }
        }
    }

    private static ulong Spread(ulong state)
    {
        ulong z = unchecked((state + 1) * Step);
        z = unchecked((z ^ (z >> 30)) * First);
        z = unchecked((z ^ (z >> 27)) * Second);
        return z ^ (z >> 31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Spread(Vector256<ulong> state)
    {
        var z = (state + Vector256<ulong>.One) * Step;
        z = (z ^ (z >> 30)) * First;
        z = (z ^ (z >> 27)) * Second;
        return z ^ (z >> 31);
    }
}
