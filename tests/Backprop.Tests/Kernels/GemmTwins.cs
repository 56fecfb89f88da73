using System.Numerics;
using System.Runtime.InteropServices;
using Backprop.Kernels;

namespace Backprop.Tests.Kernels;

/// <summary>Each product by the naive twin and by the fast one, and the comparison of their bits.</summary>
internal static class GemmTwins
{
    public static void Naively<T>(string kind, T[] a, T[] b, T[] c, int m, int n, int k, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (kind == "NN") Naive.GemmNN<T>(a, b, c, m, n, k, accumulate);
        else if (kind == "NT") Naive.GemmNT<T>(a, b, c, m, n, k, accumulate);
        else Naive.GemmTN<T>(a, b, c, m, n, k, accumulate);
    }

    public static void Fast<T>(string kind, T[] a, T[] b, T[] c, int m, int n, int k, bool accumulate, GemmPath path)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (kind == "NN") Gemm.NN<T>(a, b, c, m, n, k, accumulate, path);
        else if (kind == "NT") Gemm.NT<T>(a, b, c, m, n, k, accumulate, path);
        else Gemm.TN<T>(a, b, c, m, n, k, accumulate, path);
    }

    public static T[] Numbers<T>(Random random, int count) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var numbers = new T[count];
        for (int i = 0; i < count; i++) numbers[i] = T.CreateChecked(random.NextDouble() - 0.5);
        return numbers;
    }

    public static void AssertSameBits<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, string what)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual))) return;
        int at = 0;
        while (MemoryMarshal.AsBytes(expected.Slice(at, 1)).SequenceEqual(MemoryMarshal.AsBytes(actual.Slice(at, 1)))) at++;
        Assert.Fail($"{what}: element {at} is {actual[at]:R}, the naive twin gives {expected[at]:R}.");
    }
}
