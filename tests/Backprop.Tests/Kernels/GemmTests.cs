using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Backprop.Kernels;
using static Backprop.Tests.Kernels.GemmTwins;

namespace Backprop.Tests.Kernels;

public class GemmTests
{
    private const int Largest = 40;

    private static readonly bool Fused = Fma.IsSupported || AdvSimd.IsSupported;

    // Every width that runs in hardware here, so that one run holds all of them equal; the others would only be slow.
    private static GemmPath[] Paths =>
        !Fused ? [GemmPath.Fastest]
        : Vector512.IsHardwareAccelerated ? [GemmPath.Vector128, GemmPath.Vector256, GemmPath.Fastest]
        : Vector256.IsHardwareAccelerated ? [GemmPath.Vector128, GemmPath.Fastest]
        : [GemmPath.Fastest];

    public static TheoryData<string, bool> Kinds => new()
    {
        { "NN", false }, { "NN", true }, { "NT", false }, { "NT", true }, { "TN", false }, { "TN", true },
    };

    [Theory, MemberData(nameof(Kinds))]
    public void Float_equals_the_naive_twin_at_every_size_up_to_40(string kind, bool accumulate) => EverySize<float>(kind, accumulate);

    [Theory, MemberData(nameof(Kinds))]
    public void Double_equals_the_naive_twin_at_every_size_up_to_40(string kind, bool accumulate) => EverySize<double>(kind, accumulate);

    [Theory, MemberData(nameof(Kinds))]
    public void Float_equals_the_naive_twin_at_random_sizes(string kind, bool accumulate) => RandomSizes<float>(kind, accumulate);

    [Theory, MemberData(nameof(Kinds))]
    public void Double_equals_the_naive_twin_at_random_sizes(string kind, bool accumulate) => RandomSizes<double>(kind, accumulate);

    // Around the widths of tiles and across the blocks of rows, the slices of k and the panels of columns.
    [Theory]
    [InlineData(1, 1, 5000)]
    [InlineData(1, 5000, 3)]
    [InlineData(5000, 1, 3)]
    [InlineData(1, 700, 700)]
    [InlineData(700, 1, 700)]
    [InlineData(700, 700, 1)]
    [InlineData(2, 3, 4000)]
    [InlineData(13, 1100, 130)]
    [InlineData(1100, 13, 130)]
    [InlineData(517, 131, 1031)]
    [InlineData(251, 515, 1030)]
    public void Every_block_boundary_is_crossed_without_a_changed_bit(int m, int n, int k)
    {
        if (!Fused && (long)m * n * k > 1_000_000) Assert.Skip("Without the instruction this size takes minutes.");
        foreach (string kind in new[] { "NN", "NT", "TN" })
        {
            Check<float>(kind, m, n, k, accumulate: true, new Random(m + n));
            Check<double>(kind, m, n, k, accumulate: false, new Random(m + k));
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Infinities_and_NaN_and_signed_zeros_and_subnormals_take_the_same_way(string kind, bool accumulate)
    {
        float[] odd =
        [
            float.PositiveInfinity, float.NegativeInfinity, float.NaN, 0f, -0f,
            float.Epsilon, -float.Epsilon, float.MaxValue, 1e-30f, -1e30f,
        ];
        var random = new Random(5);
        foreach (GemmPath path in Paths)
            for (int size = 1; size < 45; size++)
            {
                float[] a = Odd(size * 20), b = Odd(20 * size), expected = Odd(size * size), actual = [.. expected];
                Naively<float>(kind, a, b, expected, size, size, 20, accumulate);
                Fast<float>(kind, a, b, actual, size, size, 20, accumulate, path);
                AssertSameBits<float>(expected, actual, $"{kind} {path} size {size}");
            }

        float[] Odd(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];
        float Next() => random.Next(20) == 0 ? odd[random.Next(odd.Length)] : random.NextSingle() - 0.5f;
    }

    [Fact]
    public void An_empty_sum_is_zero_and_leaves_C_alone_when_it_accumulates()
    {
        foreach (GemmPath path in Paths)
        {
            float[] c = [1, 2, 3, 4, 5, 6];
            Gemm.NN<float>([], [], c, 2, 3, 0, accumulate: true, path);
            Assert.Equal([1, 2, 3, 4, 5, 6], c);
            Gemm.NN<float>([], [], c, 2, 3, 0, accumulate: false, path);
            Assert.Equal([0, 0, 0, 0, 0, 0], c);
        }
    }

    [Fact]
    public void A_span_that_is_too_short_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Gemm.NN<float>(new float[5], new float[6], new float[4], 2, 2, 3, false, GemmPath.Vector128));
        Assert.Throws<ArgumentException>(() => Gemm.NT<float>(new float[6], new float[5], new float[4], 2, 2, 3, false, GemmPath.Vector128));
        Assert.Throws<ArgumentException>(() => Gemm.TN<float>(new float[6], new float[6], new float[3], 2, 2, 3, false, GemmPath.Vector128));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        float[] a = new float[300 * 300], b = new float[300 * 300], c = new float[300 * 300];
        void All()
        {
            Gemm.NN<float>(a, b, c, 300, 300, 300, false);
            Gemm.NT<float>(a, b, c, 300, 300, 300, true);
            Gemm.TN<float>(a, b, c, 300, 300, 300, false);
            Gemm.NN<float>(a, b, c, 1, 4, 2, false);
        }

        Assert.Equal(0, Allocated.Least(All));
    }

    private static void EverySize<T>(string kind, bool accumulate) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // An element depends on its row of A and its column of B alone, so the upper left corner of the largest product is every smaller one.
        var random = new Random(1);
        T[] a = Numbers<T>(random, Largest * Largest), b = Numbers<T>(random, Largest * Largest), old = Numbers<T>(random, Largest * Largest);
        T[] whole = new T[Largest * Largest], actual = new T[Largest * Largest + 1], expected = new T[Largest * Largest + 1];
        var guard = T.CreateChecked(-7);
        int step = Fused ? 1 : 13;
        for (int k = 0; k <= Largest; k++)
        {
            old.CopyTo(whole, 0);
            T[] aLargest = Corner(a, k, Largest, kind[0] == 'T'), bLargest = Corner(b, k, Largest, kind[1] == 'N');
            Naively<T>(kind, aLargest, bLargest, whole, Largest, Largest, k, accumulate);
            for (int m = 0; m <= Largest; m++)
            {
                T[] x = Corner(a, k, m, kind[0] == 'T');
                for (int n = (m + k) % step; n <= Largest; n += step)
                {
                    T[] y = Corner(b, k, n, kind[1] == 'N');
                    for (int i = 0; i < m; i++) whole.AsSpan(i * Largest, n).CopyTo(expected.AsSpan(i * n));
                    foreach (GemmPath path in Paths)
                    {
                        for (int i = 0; i < m; i++) old.AsSpan(i * Largest, n).CopyTo(actual.AsSpan(i * n));
                        expected[m * n] = actual[m * n] = guard;
                        Fast<T>(kind, x, y, actual, m, n, k, accumulate, path);
                        AssertSameBits<T>(expected.AsSpan(0, m * n + 1), actual.AsSpan(0, m * n + 1), $"{kind} {path} m {m} n {n} k {k}");
                    }
                }
            }
        }
    }

    // The numbers (p, i) for p below k and i below count, stored as [k, count] or as [count, k], with nothing behind them.
    private static T[] Corner<T>(T[] from, int k, int count, bool depthFirst)
    {
        var to = new T[k * count];
        for (int p = 0; p < k; p++)
            for (int i = 0; i < count; i++)
                to[depthFirst ? p * count + i : i * k + p] = from[p * Largest + i];
        return to;
    }

    private static void RandomSizes<T>(string kind, bool accumulate) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int i = 0; i < (Fused ? 12 : 2); i++)
        {
            int Size() => (int)Math.Pow(Fused ? 300 : 40, random.NextDouble()) + random.Next(20);
            Check<T>(kind, Size(), Size(), Size(), accumulate, random, $"seed {seed}");
        }
    }

    private static void Check<T>(string kind, int m, int n, int k, bool accumulate, Random random, string note = "")
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] a = Numbers<T>(random, m * k), b = Numbers<T>(random, k * n), expected = Numbers<T>(random, m * n), old = [.. expected];
        Naively<T>(kind, a, b, expected, m, n, k, accumulate);
        foreach (GemmPath path in Paths)
        {
            T[] actual = [.. old];
            Fast<T>(kind, a, b, actual, m, n, k, accumulate, path);
            AssertSameBits<T>(expected, actual, $"{kind} {path} m {m} n {n} k {k} {note}");
        }
    }
}
