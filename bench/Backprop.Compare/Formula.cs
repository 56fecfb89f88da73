namespace Backprop.Compare;

/// <summary>Weights and data by a formula, so that every language makes the same ones to the bit.</summary>
internal static class Formula
{
    /// <summary>Whole numbers of 32 bits that look like chance.</summary>
    public static uint Mixed(int seed, int i)
    {
        uint x = unchecked((uint)(i + 1) * 2654435761 + (uint)seed * 2246822519);
        x = unchecked((x ^ x >> 16) * 0x85EBCA6B);
        x = unchecked((x ^ x >> 13) * 0xC2B2AE35);
        return x ^ x >> 16;
    }

    /// <summary>Numbers between −scale and scale, and an offset.</summary>
    public static float[] Numbers(int seed, int count, double scale = 1, float offset = 0)
    {
        var numbers = new float[count];
        for (int i = 0; i < count; i++) numbers[i] = (float)((Mixed(seed, i) * (1.0 / (1u << 31)) - 1) * scale) + offset;
        return numbers;
    }

    /// <summary>Classes from 0 to <paramref name="classes"/> − 1.</summary>
    public static int[] Classes(int seed, int count, int classes)
    {
        var numbers = new int[count];
        for (int i = 0; i < count; i++) numbers[i] = (int)(Mixed(seed, i) % (uint)classes);
        return numbers;
    }
}
