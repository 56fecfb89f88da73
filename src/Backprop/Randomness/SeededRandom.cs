using System.Buffers.Binary;
using System.Numerics;

namespace Backprop.Randomness;

/// <summary>The library's own random numbers: xoshiro256**, the same for ever and on every machine, with a state that can be saved.</summary>
/// <remarks>
/// <see cref="Random"/>'s own algorithm may change with the .NET version, and its state cannot be read. Not for several threads at once.
/// Draws: NextDouble takes the upper 53 bits of one number, NextSingle the upper 24; a whole number within bounds takes as many upper
/// bits as the range needs and is drawn again while it lies outside, so every value is equally likely; NextBytes takes 8 bytes, lowest
/// first. <see cref="Random.Shuffle{T}(Span{T})"/> draws from here too, but in an order that .NET may change: use Permute.
/// Source: Blackman, Vigna, Scrambled Linear Pseudorandom Number Generators (2021); seeded by splitmix64: Steele, Lea, Flood, Fast
/// Splittable Pseudorandom Number Generators (2014).
/// </remarks>
public sealed class SeededRandom : Random
{
    private ulong a, b, c, d;
    private PolarGaussian gaussian;

    /// <summary>Begins at a seed: the state is the first four numbers of splitmix64.</summary>
    /// <param name="seed">Any number; equal seeds give equal numbers.</param>
    public SeededRandom(long seed) : this(unchecked((ulong)seed)) { }

    /// <inheritdoc cref="SeededRandom(long)"/>
    public SeededRandom(ulong seed) => (a, b, c, d) = (SplitMix(ref seed), SplitMix(ref seed), SplitMix(ref seed), SplitMix(ref seed));

    /// <summary>Goes on from a state that was read before.</summary>
    /// <exception cref="ArgumentException">The state is all zero, from where every number would be 0.</exception>
    public SeededRandom(SeededRandomState state) => State = state;

    /// <summary>Everything that the next numbers depend on; set to an earlier one, it repeats the numbers from there.</summary>
    /// <exception cref="ArgumentException">The state is all zero, from where every number would be 0.</exception>
    public SeededRandomState State
    {
        get => new(a, b, c, d, gaussian.Spare);
        set
        {
            if ((value.A | value.B | value.C | value.D) == 0)
                throw new ArgumentException("SeededRandom: the state is all zero, from where every number would be 0; take one that State gave.", nameof(value));
            (a, b, c, d, gaussian.Spare) = (value.A, value.B, value.C, value.D, value.Gaussian);
        }
    }

    /// <summary>A number from the normal distribution with mean 0 and deviation 1.</summary>
    /// <remarks>Marsaglia's polar method makes two at a time; the second one is kept for the next call and belongs to the state.</remarks>
    public double NextGaussian() => gaussian.Next(this);

    /// <inheritdoc/>
    public override int Next() => (int)Bounded(int.MaxValue - 1);

    /// <inheritdoc/>
    public override int Next(int maxValue) => (int)NextInt64(0, maxValue);

    /// <inheritdoc/>
    public override int Next(int minValue, int maxValue) => (int)NextInt64(minValue, maxValue);

    /// <inheritdoc/>
    public override long NextInt64() => (long)Bounded(long.MaxValue - 1);

    /// <inheritdoc/>
    public override long NextInt64(long maxValue) => NextInt64(0, maxValue);

    /// <inheritdoc/>
    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxValue, minValue);
        return minValue == maxValue ? minValue : unchecked(minValue + (long)Bounded((ulong)maxValue - (ulong)minValue - 1));
    }

    /// <inheritdoc/>
    public override double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <inheritdoc/>
    public override float NextSingle() => (NextBits() >> 40) * (1.0f / (1 << 24));

    /// <inheritdoc/>
    public override void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        NextBytes(buffer.AsSpan());
    }

    /// <inheritdoc/>
    public override void NextBytes(Span<byte> buffer)
    {
        Span<byte> eight = stackalloc byte[8];
        for (; buffer.Length > 0; buffer = buffer[Math.Min(8, buffer.Length)..])
        {
            BinaryPrimitives.WriteUInt64LittleEndian(eight, NextBits());
            eight[..Math.Min(8, buffer.Length)].CopyTo(buffer);
        }
    }

    /// <inheritdoc/>
    protected override double Sample() => NextDouble();

    /// <summary>A whole number from 0 to and with <paramref name="largest"/>.</summary>
    private ulong Bounded(ulong largest)
    {
        int unused = BitOperations.LeadingZeroCount(largest);
        if (unused == 64) return 0;
        while (true)
        {
            ulong value = NextBits() >> unused;
            if (value <= largest) return value;
        }
    }

    private ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(b * 5, 7) * 9, shifted = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= shifted;
        d = BitOperations.RotateLeft(d, 45);
        return result;
    }

    private static ulong SplitMix(ref ulong seed)
    {
        ulong z = seed += 0x9E3779B97F4A7C15;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }
}
