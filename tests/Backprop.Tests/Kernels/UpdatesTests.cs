using System.Numerics;
using Backprop.Kernels;

namespace Backprop.Tests.Kernels;

public class UpdatesTests
{
    [Fact]
    public void Every_length_up_to_256_equals_the_plain_loop_in_float() => EveryLength<float>(31);

    [Fact]
    public void Every_length_up_to_256_equals_the_plain_loop_in_double() => EveryLength<double>(32);

    [Fact]
    public void Nothing_beyond_the_weights_is_written()
    {
        for (int n = 0; n <= 40; n++)
        {
            float[][] arrays = [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Repeat(7f, n + 20).ToArray())];
            Updates.Adam(Inner(0), Inner(1), Inner(2), Inner(3), Factors<float>());
            Assert.All(arrays.SelectMany(array => array[..10].Concat(array[(n + 10)..])), value => Assert.Equal(7f, value));

            Span<float> Inner(int which) => arrays[which].AsSpan(10, n);
        }
    }

    [Fact]
    public void A_gradient_or_a_memory_that_is_too_short_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Updates.Sgd<float>(new float[5], new float[4], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Updates.Momentum<float>(new float[5], new float[5], new float[4], 1, 1, false));
        Assert.Throws<ArgumentOutOfRangeException>(() => Updates.Adam(new float[5], new float[5], new float[5], new float[4], Factors<float>()));
    }

    private static void EveryLength<T>(int seed) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        T rate = T.CreateTruncating(0.07), momentum = T.CreateTruncating(0.9);
        for (int n = 0; n <= 256; n++)
        {
            T[] w = Odd<T>(random, n), g = Odd<T>(random, n), first = Odd<T>(random, n), second = [.. Odd<T>(random, n).Select(T.Abs)];
            Compare((a, b, c, d) => Updates.Sgd(a, b, rate), (a, b, c, d) => Sgd(a, b, rate), $"sgd, seed {seed}");
            foreach (bool nesterov in new[] { false, true })
                Compare((a, b, c, d) => Updates.Momentum(a, b, c, rate, momentum, nesterov), (a, b, c, d) => Momentum(a, b, c, rate, momentum, nesterov),
                    $"momentum, nesterov {nesterov}, seed {seed}");
            Compare((a, b, c, d) => Updates.Adam(a, b, c, d, Factors<T>()), (a, b, c, d) => Adam(a, b, c, d, Factors<T>()), $"adam, seed {seed}");

            void Compare(Action<T[], T[], T[], T[]> fast, Action<T[], T[], T[], T[]> plain, string what)
            {
                T[][] one = [[.. w], [.. g], [.. first], [.. second]], two = [[.. w], [.. g], [.. first], [.. second]];
                fast(one[0], one[1], one[2], one[3]);
                plain(two[0], two[1], two[2], two[3]);
                for (int i = 0; i < 4; i++) Bits.AssertSame<T>(two[i], one[i], what);
            }
        }
    }

    /// <summary>Ordinary numbers with the odd ones of every kernel, and with some around the bounds below which memory fades.</summary>
    private static T[] Odd<T>(Random random, int n) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var numbers = Bits.Odd<T>(random, n);
        T tiny = T.CreateTruncating(typeof(T) == typeof(double) ? 1e-290 : 1e-30), smallest = Smallest<T>();
        for (int i = 0; i < n; i++)
            if (random.Next(6) == 0) numbers[i] *= random.Next(2) == 0 ? tiny : smallest;
        return numbers;
    }

    private static AdamFactors<T> Factors<T>() where T : unmanaged, IFloatingPointIeee754<T> => new(
        T.CreateTruncating(0.9), T.CreateTruncating(1 - 0.9), T.CreateTruncating(0.999), T.CreateTruncating(1 - 0.999),
        T.CreateTruncating(0.03), T.CreateTruncating(5.5), T.CreateTruncating(1e-8));

    private static T Smallest<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        T.CreateTruncating(typeof(T) == typeof(double) ? 2.2250738585072014e-308 : 1.17549435e-38);

    private static T Faded<T>(T value) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.Abs(value) < T.CreateTruncating(typeof(T) == typeof(double) ? 1e-290 : 1e-30) ? T.Zero : value;

    private static void Sgd<T>(T[] w, T[] g, T rate) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < w.Length; i++) w[i] = T.FusedMultiplyAdd(-rate, g[i], w[i]);
    }

    private static void Momentum<T>(T[] w, T[] g, T[] v, T rate, T momentum, bool nesterov) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < w.Length; i++)
        {
            v[i] = Faded(T.FusedMultiplyAdd(momentum, v[i], g[i]));
            w[i] = T.FusedMultiplyAdd(-rate, nesterov ? T.FusedMultiplyAdd(momentum, v[i], g[i]) : v[i], w[i]);
        }
    }

    private static void Adam<T>(T[] w, T[] g, T[] m, T[] v, AdamFactors<T> by) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < w.Length; i++)
        {
            m[i] = Faded(T.FusedMultiplyAdd(by.Rest1, g[i], by.Beta1 * m[i]));
            v[i] = T.FusedMultiplyAdd(by.Rest2 * g[i], g[i], by.Beta2 * v[i]);
            if (v[i] < Smallest<T>()) v[i] = T.Zero;
            w[i] = T.FusedMultiplyAdd(-by.Rate, m[i] / T.FusedMultiplyAdd(T.Sqrt(v[i]), by.Scale, by.Epsilon), w[i]);
        }
    }
}
