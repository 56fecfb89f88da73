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
            T alpha = T.CreateTruncating(0.8), rest = T.CreateTruncating(1 - 0.8), epsilon = T.CreateTruncating(1e-6);
            Compare((a, b, c, d) => Updates.Adagrad(a, b, d, rate, epsilon), (a, b, c, d) => Adagrad(a, b, d, rate, epsilon), $"adagrad, seed {seed}");
            RmsPropFactors<T> rms = new(alpha, rest, rate, epsilon);
            Compare((a, b, c, d) => Updates.RmsProp(a, b, d, rms), (a, b, c, d) => RmsProp(a, b, d, null, rms, default), $"rmsprop, seed {seed}");
            Compare((a, b, c, d) => Updates.RmsPropWithMomentum(a, b, d, c, rms, momentum), (a, b, c, d) => RmsProp(a, b, d, c, rms, momentum),
                $"rmsprop with momentum, seed {seed}");
            T[] steps = [.. Odd<T>(random, n).Select(T.Abs)];
            Compare((a, b, c, d) => Updates.Adadelta(a, b, d, c, new(alpha, rest, rate, epsilon)),
                (a, b, c, d) => Adadelta(a, b, d, c, new(alpha, rest, rate, epsilon)), $"adadelta, seed {seed}", steps);
            Adjustment<T> pulled = new(true, alpha, T.CreateTruncating(0.5), T.CreateTruncating(0.01), T.CreateTruncating(0.02), T.CreateTruncating(0.97));
            Compare((a, b, c, d) => Updates.Momentum(a, b, c, rate, momentum, true, default, pulled), (a, b, c, d) =>
            {
                T[] slopes = Adjusted(a, b, pulled);
                Momentum(a, slopes, c, rate, momentum, nesterov: true);
            }, $"nesterov, adjusted, seed {seed}");
            Compare((a, b, c, d) => Updates.Adjust(a, b, c.AsSpan(), pulled), (a, b, c, d) => Adjusted(a, b, pulled).CopyTo(c, 0), $"adjusted, seed {seed}");

            void Compare(Action<T[], T[], T[], T[]> fast, Action<T[], T[], T[], T[]> plain, string what, T[]? remembered = null)
            {
                remembered ??= first;
                T[][] one = [[.. w], [.. g], [.. remembered], [.. second]], two = [[.. w], [.. g], [.. remembered], [.. second]];
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

    private static T Square<T>(T value) where T : unmanaged, IFloatingPointIeee754<T> => value < Smallest<T>() ? T.Zero : value;

    private static void Adagrad<T>(T[] w, T[] g, T[] s, T rate, T epsilon) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < w.Length; i++)
        {
            s[i] = Square(T.FusedMultiplyAdd(g[i], g[i], s[i]));
            w[i] = T.FusedMultiplyAdd(-rate, g[i] / (T.Sqrt(s[i]) + epsilon), w[i]);
        }
    }

    private static void RmsProp<T>(T[] w, T[] g, T[] s, T[]? v, RmsPropFactors<T> by, T momentum) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < w.Length; i++)
        {
            s[i] = Square(T.FusedMultiplyAdd(by.Rest * g[i], g[i], by.Alpha * s[i]));
            T step = g[i] / (T.Sqrt(s[i]) + by.Epsilon);
            if (v is not null) step = v[i] = Faded(T.FusedMultiplyAdd(momentum, v[i], step));
            w[i] = T.FusedMultiplyAdd(-by.Rate, step, w[i]);
        }
    }

    private static void Adadelta<T>(T[] w, T[] g, T[] s, T[] u, AdadeltaFactors<T> by) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < w.Length; i++)
        {
            s[i] = Square(T.FusedMultiplyAdd(by.Rest * g[i], g[i], by.Rho * s[i]));
            T step = T.Sqrt(u[i] + by.Epsilon) / T.Sqrt(s[i] + by.Epsilon) * g[i];
            u[i] = Square(T.FusedMultiplyAdd(by.Rest * step, step, by.Rho * u[i]));
            w[i] = T.FusedMultiplyAdd(-by.Rate, step, w[i]);
        }
    }

    /// <summary>The gradient that a rule sees; the weights decay.</summary>
    private static T[] Adjusted<T>(T[] w, T[] g, Adjustment<T> by) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var slopes = new T[w.Length];
        for (int i = 0; i < w.Length; i++)
        {
            T clipped = T.Max(T.Min(by.Scale * g[i], by.Bound), -by.Bound);
            slopes[i] = T.FusedMultiplyAdd(by.L2, w[i], clipped) + (w[i] > T.Zero ? by.L1 : w[i] < T.Zero ? -by.L1 : T.Zero);
            w[i] = by.Keep * w[i];
        }
        return slopes;
    }
}
