using System.Buffers.Binary;
using System.Numerics;

namespace Backprop.Randomness;

/// <summary>The numbers of NumPy's <c>RandomState</c> and <c>numpy.random.seed</c>, so that published lessons can be replayed digit for digit.</summary>
/// <remarks>
/// NextDouble is <c>random()</c>, NextGaussian <c>randn()</c>, Next(low, high) <c>randint(low, high)</c>, NextBytes <c>bytes()</c>, Permute
/// <c>shuffle()</c> and Permutation <c>permutation(n)</c>. NextSingle has no counterpart there. Not for several threads at once.
/// Source: Matsumoto, Nishimura, Mersenne Twister (1998), with the authors' seeding of 2002.
/// </remarks>
public sealed class NumPyRandom : Random
{
    private readonly MersenneTwister twister;
    private PolarGaussian gaussian;

    /// <summary>Begins like <c>numpy.random.seed(seed)</c>.</summary>
    /// <param name="seed">From 0 to 2³² − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The seed is out of range.</exception>
    public NumPyRandom(long seed)
    {
        if (seed is < 0 or > uint.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(seed), $"NumPyRandom: the seed {seed} came; NumPy takes 0 to {uint.MaxValue}.");
        twister = new MersenneTwister((uint)seed);
    }

    /// <summary>Begins like <c>numpy.random.seed([…])</c>.</summary>
    /// <param name="seed">One number or more.</param>
    /// <exception cref="ArgumentException">There is no number.</exception>
    public NumPyRandom(ReadOnlySpan<uint> seed)
    {
        if (seed.Length == 0) throw new ArgumentException("NumPyRandom: the seed has no number; give one or more.", nameof(seed));
        twister = new MersenneTwister(seed);
    }

    /// <summary>Everything that the next numbers depend on, as <c>get_state()</c> gives it and <c>set_state()</c> takes it; set to an earlier one, it
    /// repeats the numbers from there.</summary>
    /// <exception cref="ArgumentException">The numbers are not 624, or the position is none of theirs.</exception>
    public NumPyRandomState State
    {
        get => new(twister.State.Key, twister.State.Position, gaussian.Spare);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Key.Count != MersenneTwister.Length || value.Position is < 0 or > MersenneTwister.Length)
                throw new ArgumentException(
                    $"NumPyRandom: {value.Key.Count} numbers at position {value.Position} came; the state has {MersenneTwister.Length}, and the position "
                    + $"is 0 to {MersenneTwister.Length}.",
                    nameof(value));
            twister.State = ([.. value.Key], value.Position);
            gaussian.Spare = value.Gaussian;
        }
    }

    /// <summary>A number from the normal distribution with mean 0 and deviation 1: <c>randn()</c>.</summary>
    /// <remarks>Marsaglia's polar method makes two at a time; the second one is kept for the next call.</remarks>
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
    public override double NextDouble()
    {
        uint high = twister.Next() >> 5, low = twister.Next() >> 6;
        return (high * 67108864.0 + low) * (1.0 / (1UL << 53));
    }

    /// <inheritdoc/>
    public override float NextSingle() => (twister.Next() >> 8) * (1.0f / (1 << 24));

    /// <inheritdoc/>
    public override void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        NextBytes(buffer.AsSpan());
    }

    /// <inheritdoc/>
    public override void NextBytes(Span<byte> buffer)
    {
        Span<byte> four = stackalloc byte[4];
        for (; buffer.Length > 0; buffer = buffer[Math.Min(4, buffer.Length)..])
        {
            BinaryPrimitives.WriteUInt32LittleEndian(four, twister.Next());
            four[..Math.Min(4, buffer.Length)].CopyTo(buffer);
        }
    }

    /// <inheritdoc/>
    protected override double Sample() => NextDouble();

    /// <summary>A whole number from 0 to and with <paramref name="largest"/>: the lowest bits that it needs, drawn again while above it.</summary>
    private ulong Bounded(ulong largest)
    {
        if (largest == 0) return 0;
        ulong mask = ulong.MaxValue >> BitOperations.LeadingZeroCount(largest), value;
        do value = mask & (largest > uint.MaxValue ? (ulong)twister.Next() << 32 | twister.Next() : twister.Next());
        while (value > largest);
        return value;
    }
}
