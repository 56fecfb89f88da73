namespace Backprop.Randomness;

/// <summary>MT19937: 32 random bits at a time from 624 numbers of state.</summary>
/// <remarks>Source: Matsumoto, Nishimura, Mersenne Twister: A 623-Dimensionally Equidistributed Uniform Pseudorandom Number Generator (1998),
/// and the authors' seeding of 2002.</remarks>
internal sealed class MersenneTwister
{
    /// <summary>The numbers of the state.</summary>
    public const int Length = 624;

    private const int Middle = 397;

    private readonly uint[] state = new uint[Length];
    private int next = Length;

    public MersenneTwister(uint seed)
    {
        state[0] = seed;
        for (int i = 1; i < Length; i++) state[i] = 1812433253 * Mixed(i - 1) + (uint)i;
    }

    public MersenneTwister(ReadOnlySpan<uint> key) : this(19650218)
    {
        int i = 1, j = 0;
        for (int left = Math.Max(Length, key.Length); left > 0; left--)
        {
            state[i] = (state[i] ^ Mixed(i - 1) * 1664525) + key[j] + (uint)j;
            Advance(ref i);
            j = (j + 1) % key.Length;
        }
        for (int left = Length - 1; left > 0; left--)
        {
            state[i] = (state[i] ^ Mixed(i - 1) * 1566083941) - (uint)i;
            Advance(ref i);
        }
        state[0] = 0x80000000;
    }

    /// <summary>All numbers, and how many of them were drawn.</summary>
    public (uint[] Key, int Position) State
    {
        get => ([.. state], next);
        set
        {
            value.Key.CopyTo(state, 0);
            next = value.Position;
        }
    }

    public uint Next()
    {
        if (next == Length) Twist();
        uint y = state[next++];
        y ^= y >> 11;
        y ^= y << 7 & 0x9D2C5680;
        y ^= y << 15 & 0xEFC60000;
        return y ^ y >> 18;
    }

    private uint Mixed(int i) => state[i] ^ state[i] >> 30;

    // The key goes round all numbers but the first, which takes the last one's value each time.
    private void Advance(ref int i)
    {
        if (++i < Length) return;
        state[0] = state[Length - 1];
        i = 1;
    }

    private void Twist()
    {
        for (int i = 0; i < Length; i++)
        {
            uint y = state[i] & 0x80000000 | state[(i + 1) % Length] & 0x7FFFFFFF;
            state[i] = state[(i + Middle) % Length] ^ y >> 1 ^ ((y & 1) == 0 ? 0 : 0x9908B0DF);
        }
        next = 0;
    }
}
