using System.Numerics;
using System.Runtime.Intrinsics;
using Backprop.Kernels;
using Backprop.Operations;

namespace Backprop.Tests.Kernels;

/// <summary>Kernels on several threads give the bits of one thread.</summary>
public class ThreadsTests
{
    private static readonly int[] Numbers = [2, 3, 4, 8];

    // Without the instruction a product is thousands of times slower, and goes by the plain loops on one thread anyway.
    private static GemmPath[] Paths =>
        Gemm.Fastest == GemmPath.Plain ? []
        : Vector512.IsHardwareAccelerated ? [GemmPath.Vector256, GemmPath.Vector512]
        : Vector256.IsHardwareAccelerated ? [GemmPath.Vector128, GemmPath.Vector256]
        : [GemmPath.Vector128];

    [Theory]
    [InlineData(256, 512, 64)]
    [InlineData(530, 70, 120)]
    [InlineData(37, 900, 260)]
    [InlineData(13, 40, 9000)]
    [InlineData(400, 1, 6000)]
    [InlineData(1, 3000, 1500)]
    [InlineData(700, 129, 600)]
    public void Products(int m, int n, int k)
    {
        foreach (var path in Paths)
            foreach (string kind in new[] { "NN", "NT", "TN" })
            {
                bool accumulate = kind != "NT";
                Same<float>($"{kind} {path}", random => (Bits.Ordinary<float>(random, m * k), Bits.Ordinary<float>(random, k * n)), m * n, (a, b, c, threads) =>
                {
                    if (kind == "NN") Gemm.NN<float>(a, b, c, m, n, k, accumulate, path, threads);
                    else if (kind == "NT") Gemm.NT<float>(a, b, c, m, n, k, accumulate, path, threads);
                    else Gemm.TN<float>(a, b, c, m, n, k, accumulate, path, threads);
                });
            }
    }

    [Fact]
    public void Products_in_double()
    {
        foreach (var path in Paths)
            Same<double>($"{path}", random => (Bits.Ordinary<double>(random, 150 * 300), Bits.Ordinary<double>(random, 300 * 130)), 150 * 130,
                (a, b, c, threads) => Gemm.NN<double>(a, b, c, 150, 130, 300, true, path, threads));
    }

    /// <summary>Filters, channels, rows, columns, kernel, stride, padding, images.</summary>
    public static TheoryData<int, int, int, int, int, int, int, int> Convolutions => new()
    {
        { 6, 1, 28, 28, 5, 1, 2, 37 },
        { 16, 6, 14, 14, 5, 1, 0, 33 },
        { 70, 5, 13, 11, 3, 1, 1, 17 },
        { 33, 8, 19, 17, 3, 2, 1, 19 },
        { 24, 16, 20, 20, 1, 1, 0, 15 },
        { 40, 12, 30, 31, 3, 1, 1, 3 },
        { 130, 20, 9, 9, 3, 1, 1, 11 },
    };

    [Theory]
    [MemberData(nameof(Convolutions))]
    public void Convolution_and_its_gradients(int filters, int channels, int rows, int columns, int kernel, int stride, int padding, int n)
    {
        var windows = new Windows(rows, columns, kernel, kernel, stride, stride, padding, padding);
        var plan = new Convolution(filters, channels, windows);
        int x = n * channels * windows.Plane, weights = filters * channels * windows.Size, z = n * filters * windows.Count;
        foreach (var path in Paths)
        {
            Same<float>($"forward {path}", random => (Bits.Ordinary<float>(random, x), Bits.Ordinary<float>(random, weights)), z,
                (a, b, c, threads) => plan.Forward<float>(a, b, b.AsSpan(0, filters), c, n, Scratch(threads), path, threads));
            foreach (bool accumulate in new[] { false, true })
            {
                Same<float>($"dx {path}", random => (Bits.Ordinary<float>(random, z), Bits.Ordinary<float>(random, weights)), x,
                    (a, b, c, threads) => plan.InputGradient<float>(a, b, c, n, Scratch(threads), accumulate, path, threads));
                Same<float>($"dK {path}", random => (Bits.Ordinary<float>(random, x), Bits.Ordinary<float>(random, z)), weights,
                    (a, b, c, threads) => plan.KernelGradient<float>(a, b, c, n, Scratch(threads), accumulate, path, threads));
            }
        }

        // Working memory holds whatever another run left there.
        float[] Scratch(Work threads)
        {
            float[] scratch = new float[plan.Scratch(true, true, threads)];
            Array.Fill(scratch, float.NaN);
            return scratch;
        }
    }

    /// <summary>Filters, channels, groups, rows, columns, images.</summary>
    [Theory]
    [InlineData(64, 64, 64, 20, 20, 9)]
    [InlineData(48, 24, 4, 14, 14, 9)]
    public void Groups_and_their_gradients(int filters, int channels, int groups, int rows, int columns, int n)
    {
        var windows = new Windows(rows, columns, 3, 3, 1, 1, 1, 1);
        var plan = new Convolution(filters, channels, windows, groups);
        int x = n * channels * windows.Plane, weights = filters * (channels / groups) * windows.Size, z = n * filters * windows.Count;
        foreach (var path in Paths)
        {
            Same<float>($"forward {path}", random => (Bits.Ordinary<float>(random, x), Bits.Ordinary<float>(random, weights)), z,
                (a, b, c, threads) => plan.Forward<float>(a, b, [], c, n, new float[plan.Scratch(false, false, threads)], path, threads));
            Same<float>($"dx {path}", random => (Bits.Ordinary<float>(random, z), Bits.Ordinary<float>(random, weights)), x,
                (a, b, c, threads) => plan.InputGradient<float>(a, b, c, n, new float[plan.Scratch(true, false, threads)], true, path, threads));
            Same<float>($"dK {path}", random => (Bits.Ordinary<float>(random, x), Bits.Ordinary<float>(random, z)), weights,
                (a, b, c, threads) => plan.KernelGradient<float>(a, b, c, n, new float[plan.Scratch(false, true, threads)], true, path, threads));
        }
    }

    [Fact]
    public void Rows_normalised_and_their_gradients()
    {
        const int rows = 301, columns = 515;
        float[] x = Bits.Ordinary<float>(new Random(2), rows * columns), mean = new float[rows], variance = new float[rows];
        RowNorm.Forward<float>(x, x.AsSpan(0, columns), x.AsSpan(columns, columns), new float[x.Length], mean, variance, 1e-5f);
        Same<float>("y", random => (Bits.Ordinary<float>(random, x.Length), Bits.Ordinary<float>(random, columns)), x.Length,
            (a, b, c, threads) => RowNorm.Forward<float>(a, b, b, c, new float[rows], new float[rows], 1e-5f, threads));
        Same<float>("dx", random => (Bits.Ordinary<float>(random, x.Length), Bits.Ordinary<float>(random, columns)), x.Length,
            (a, b, c, threads) => RowNorm.InputGradient<float>(x, a, b, mean, variance, 1e-5f, c, true, threads));
        Same<float>("dγ", random => (Bits.Ordinary<float>(random, x.Length), []), columns,
            (a, _, c, threads) => RowNorm.ScaleGradient<float>(x, a, mean, variance, 1e-5f, c, true, threads));
    }

    [Fact]
    public void Pictures_enlarged_and_their_gradients()
    {
        foreach (bool blends in new[] { false, true })
        {
            var (rows, columns) = (new Upsampling(9, 3, blends), new Upsampling(11, 2, blends));
            int small = 401 * 99, large = 6 * small;
            Same<float>($"y {blends}", random => (Bits.Ordinary<float>(random, small), []), large,
                (a, _, c, threads) => Upsampling.Forward<float>(a, c, rows, columns, threads));
            Same<float>($"dx {blends}", random => (Bits.Ordinary<float>(random, large), []), small,
                (a, _, c, threads) => Upsampling.Backward<float>(a, c, rows, columns, true, threads));
        }
    }

    [Fact]
    public void Planes_scaled() =>
        Same<float>("planes", random => (Bits.Ordinary<float>(random, 301 * 515), Bits.Ordinary<float>(random, 301)), 301 * 515,
            (a, b, c, threads) => Planes.Scale<float>(b, a, c, true, threads));

    [Fact]
    public void Bias_gradients() =>
        Same<float>("db", random => (Bits.Ordinary<float>(random, 7 * 37 * 1200), []), 37,
            (a, _, c, threads) => Convolution.BiasGradient(a, c.AsSpan(), 7, 1200, false, threads));

    [Theory]
    [InlineData(2, 26, 30)]
    [InlineData(2, 7, 30)]
    [InlineData(3, 25, 31)]
    public void Pooling_and_its_gradients(int side, int rows, int columns)
    {
        const int planes = 401;
        var windows = new Windows(rows, columns, side, side, side, side, 0, 0);
        int x = planes * windows.Plane, y = planes * windows.Count;
        int[] expected = new int[y];
        float[] values = Bits.Ordinary<float>(new Random(1), x);
        Pooling.Max(values, new float[y], expected, windows);
        foreach (int number in Numbers)
        {
            int[] winners = new int[y];
            Pooling.Max(values, new float[y], winners, windows, new Work(number));
            Assert.Equal(expected, winners);
        }
        Same<float>("max", random => (Bits.Odd<float>(random, x), []), y, (a, _, c, threads) => Pooling.Max<float>(a, c, new int[y], windows, threads));
        Same<float>("average", random => (Bits.Odd<float>(random, x), []), y, (a, _, c, threads) => Pooling.Average<float>(a, c, windows, threads));
        foreach (bool accumulate in new[] { false, true })
        {
            Same<float>("dmax", random => (Bits.Ordinary<float>(random, y), []), x,
                (a, _, c, threads) => Pooling.MaxGradient<float>(a, expected, c, windows, accumulate, threads));
            Same<float>("daverage", random => (Bits.Ordinary<float>(random, y), []), x,
                (a, _, c, threads) => Pooling.AverageGradient<float>(a, c, windows, accumulate, threads));
        }
    }

    [Fact]
    public void Elements_in_float() => Elements<float>();

    [Fact]
    public void Elements_in_double() => Elements<double>();

    private static void Elements<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        // The last two are repeated rows.
        foreach (int n in new[] { 65_535, 65_536, 100_003, 300_001 })
        {
            (T[], T[]) Two(Random random) => (Bits.Odd<T>(random, n), Bits.Ordinary<T>(random, n));
            Same<T>($"tanh {n}", Two, n, (a, _, c, threads) => Elementwise.Map(default(TanhFunction), a, c.AsSpan(), threads));
            Same<T>($"dtanh {n}", Two, n, (a, b, c, threads) => Elementwise.Backward<TanhFunction, T>(default, a, a, b, c, true, threads));
            Same<T>($"scale in place {n}", Two, n, (_, _, c, threads) => Elementwise.Scale(T.CreateTruncating(1.7), c, c.AsSpan(), false, threads));
            Same<T>($"copy {n}", Two, n, (a, _, c, threads) => Elementwise.Copy(a, c.AsSpan(), false, threads));
            Same<T>($"add up {n}", Two, n, (a, _, c, threads) => Elementwise.Copy(a, c.AsSpan(), true, threads));
            Same<T>($"add row {n}", Two, n / 70 * 70, (a, _, c, threads) => Blocks.AddRow(a.AsSpan(0, 70), c, threads));
            Same<T>($"sum rows {n}", Two, n / 9, (a, _, c, threads) => Reduce.SumRows(a, c.AsSpan(), 9, true, threads));
            Same<T>($"sgd {n}", Two, n, (a, _, c, threads) => Updates.Sgd(c, a, T.CreateTruncating(0.1), threads));
            Same<T>($"momentum {n}", Two, n, (a, b, c, threads) =>
                Updates.Momentum(c, a, b, T.CreateTruncating(0.1), T.CreateTruncating(0.9), true, threads));
        }
    }

    [Fact]
    public void Repeated_operands_in_float() => Repeated<float>();

    [Fact]
    public void Repeated_operands_in_double() => Repeated<double>();

    private static void Repeated<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (var (row, rows) in new[] { (1000, 100), (37, 2500), (70_001, 3), (5, 20_000) })
        {
            int n = row * rows;
            string size = $"{rows} rows of {row}";
            (T[], T[]) Two(Random random) => (Bits.Ordinary<T>(random, n), Bits.Ordinary<T>(random, n));
            SquareTimes op = default;
            Same<T>($"right row, {size}", Two, n, (a, b, c, threads) => Elementwise.Map(op, a, b.AsSpan(0, row), c.AsSpan(), threads));
            Same<T>($"left row, {size}", Two, n, (a, b, c, threads) => Elementwise.Map(op, a.AsSpan(0, row), b, c.AsSpan(), threads));
            foreach (bool accumulate in new[] { false, true })
            {
                Same<T>($"gradient of the rows, {size}", Two, n,
                    (a, b, c, threads) => Elementwise.BackwardA<SquareTimes, T>(op, a, b.AsSpan(0, row), a, b, c, accumulate, threads));
                Same<T>($"gradient of the repeated row, {size}", Two, row,
                    (a, b, c, threads) => Elementwise.BackwardB<SquareTimes, T>(op, a, b.AsSpan(0, row), a, b, c, accumulate, threads));
            }
        }
    }

    [Fact]
    public void Finite_numbers_are_found_wherever_they_stand()
    {
        float[] values = Bits.Ordinary<float>(new Random(1), 200_001);
        foreach (int number in Numbers)
        {
            Assert.True(Finite.All<float>(values, new Work(number)));
            foreach (int at in new[] { 0, 63, 64, 100_000, 200_000 })
            {
                float old = values[at];
                values[at] = float.NaN;
                Assert.False(Finite.All<float>(values, new Work(number)));
                values[at] = old;
            }
        }
    }

    private static void Same<T>(string what, Func<Random, (T[] A, T[] B)> inputs, int outputs, Action<T[], T[], T[], Work> run)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] expected = Once(1);
        foreach (int number in Numbers) Bits.AssertSame<T>(expected, Once(number), $"{what} on {number} threads");

        // Each run gets its own copies: some kernels change what they read.
        T[] Once(int threads)
        {
            var random = new Random(4);
            var (a, b) = inputs(random);
            T[] c = Bits.Ordinary<T>(random, outputs);
            run(a, b, c, new Work(threads));
            return c;
        }
    }
}
