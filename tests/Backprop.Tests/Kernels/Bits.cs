using System.Numerics;

namespace Backprop.Tests.Kernels;

/// <summary>Numbers by their bits: what "equal" means for kernels. Every NaN counts as the same one.</summary>
internal static class Bits
{
    public static long Of<T>(T value) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.IsNaN(value) ? long.MaxValue
        : value is float single ? BitConverter.SingleToInt32Bits(single)
        : BitConverter.DoubleToInt64Bits(double.CreateTruncating(value));

    public static void AssertSame<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, string what) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            if (Of(expected[i]) != Of(actual[i])) Assert.Fail($"{what}: at {i} of {expected.Length} {actual[i]:R} instead of {expected[i]:R}");
    }

    /// <summary>FNV-1a over the bits (Fowler, Noll, Vo).</summary>
    public static ulong Hash<T>(ReadOnlySpan<T> values) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ulong hash = 14695981039346656037;
        foreach (T value in values)
            for (int shift = 0; shift < 64; shift += 8) hash = (hash ^ (byte)(Of(value) >> shift)) * 1099511628211;
        return hash;
    }

    /// <summary>Random numbers of ordinary size, with a NaN, an infinity, a zero of either sign or a subnormal one now and then.</summary>
    public static T[] Odd<T>(Random random, int count) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] odd = [T.NaN, T.PositiveInfinity, T.NegativeInfinity, T.Zero, T.NegativeZero, T.Epsilon, T.CreateTruncating(float.MaxValue)];
        T[] numbers = Ordinary<T>(random, count);
        for (int i = 0; i < count; i++)
            if (random.Next(12) == 0) numbers[i] = odd[random.Next(odd.Length)];
        return numbers;
    }

    public static T[] Ordinary<T>(Random random, int count) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var numbers = new T[count];
        for (int i = 0; i < count; i++) numbers[i] = T.CreateTruncating(4 * random.NextDouble() - 2);
        return numbers;
    }
}
