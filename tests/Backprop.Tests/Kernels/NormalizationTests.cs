using System.Numerics;
using Backprop.Kernels;

namespace Backprop.Tests.Kernels;

public class NormalizationTests
{
    [Fact]
    public void Every_plane_equals_the_plain_loop()
    {
        for (int plane = 0; plane <= 140; plane++)
        {
            Check<float>(plane, samples: 3, number: 2, plane);
            Check<double>(plane, samples: 3, number: 2, plane);
        }
    }

    [Theory]
    [InlineData(1, 1, 5000)]
    [InlineData(70, 37, 4)]
    [InlineData(9, 40, 250)]
    [InlineData(2, 3, 40_000)]
    [InlineData(0, 3, 5)]
    [InlineData(4, 0, 5)]
    public void Any_number_of_samples_and_channels_equals_the_plain_loop(int samples, int number, int plane)
    {
        Check<float>(1, samples, number, plane);
        Check<double>(2, samples, number, plane);
    }

    [Fact]
    public void Every_number_of_threads_gives_the_same_bits()
    {
        foreach (var (samples, number, plane) in new[] { (5, 33, 1000), (64, 100, 16), (3, 2, 60_001), (40, 5, 1024) })
        {
            var of = new Channels(samples, number, plane);
            var one = new Case<float>(7, samples, number, plane);
            one.RunAll(of, default);
            foreach (int threads in new[] { 2, 3, 4, 8 })
            {
                var many = new Case<float>(7, samples, number, plane);
                many.RunAll(of, new Work(threads));
                foreach (var (what, expected, actual) in one.Written.Zip(many.Written, (a, b) => (a.What, a.Numbers, b.Numbers)))
                    Bits.AssertSame<float>(expected, actual, $"{what}, {samples} × {number} × {plane}, {threads} threads");
            }
        }
    }

    [Fact]
    public void Sums_that_nobody_wants_are_left_out()
    {
        var numbers = new Case<double>(3, 2, 3, 5);
        double[] dx = new double[30], withSums = new double[30];
        Normalization.Backward<double>(
            new Channels(2, 3, 5), numbers.X, numbers.Dy, numbers.Scale, 0.1, measured: false, numbers.Means, numbers.Variances, [], [], dx, false);
        Normalization.Backward<double>(
            new Channels(2, 3, 5), numbers.X, numbers.Dy, numbers.Scale, 0.1, measured: false, numbers.Means, numbers.Variances, numbers.Sums,
            numbers.Products, withSums, false);
        Assert.Equal(withSums, dx);
        Assert.Contains(dx, value => value != 0);
    }

    private static void Check<T>(int seed, int samples, int number, int plane) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var of = new Channels(samples, number, plane);
        Assert.Equal((long)samples * plane, of.Count);
        Case<T> expected = new(seed, samples, number, plane), actual = new(seed, samples, number, plane);
        expected.RunPlainly();
        actual.RunAll(of, default);
        foreach (var (wanted, got) in expected.Written.Zip(actual.Written))
            Bits.AssertSame<T>(wanted.Numbers, got.Numbers, $"{wanted.What}, seed {seed}, {samples} × {number} × {plane}");
    }

    /// <summary>What one case reads and writes, and the plain loops that say what is computed.</summary>
    private sealed class Case<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        private static readonly T Epsilon = T.CreateTruncating(0.01);
        private readonly int samples, number, plane;

        public Case(int seed, int samples, int number, int plane)
        {
            (this.samples, this.number, this.plane) = (samples, number, plane);
            var random = new Random(seed);
            int n = samples * number * plane;
            (X, Dy, Dx, DxAdded) = (Bits.Ordinary<T>(random, n), Bits.Ordinary<T>(random, n), new T[n], Bits.Ordinary<T>(random, n));
            (DxGiven, DxGivenAdded) = (new T[n], Bits.Ordinary<T>(random, n));
            (Scale, Shift) = (Bits.Ordinary<T>(random, number), Bits.Ordinary<T>(random, number));
            (GivenMeans, GivenVariances) = (Bits.Ordinary<T>(random, number), [.. Bits.Ordinary<T>(random, number).Select(T.Abs)]);
            (Y, YGiven) = (new T[n], new T[n]);
            (Means, Variances, Sums, Products) = (new T[number], new T[number], new T[number], new T[number]);
        }

        public T[] X { get; }

        public T[] Dy { get; }

        public T[] Scale { get; }

        public T[] Means { get; }

        public T[] Variances { get; }

        public T[] Sums { get; }

        public T[] Products { get; }

        public IEnumerable<(string What, T[] Numbers)> Written =>
        [
            ("means", Means), ("variances", Variances), ("y", Y), ("y of given statistics", YGiven), ("sums", Sums), ("products", Products),
            ("dx", Dx), ("dx added", DxAdded), ("dx of given statistics", DxGiven), ("dx of given statistics added", DxGivenAdded),
        ];

        private T[] Shift { get; }

        private T[] GivenMeans { get; }

        private T[] GivenVariances { get; }

        private T[] Y { get; }

        private T[] YGiven { get; }

        private T[] Dx { get; }

        private T[] DxAdded { get; }

        private T[] DxGiven { get; }

        private T[] DxGivenAdded { get; }

        public void RunAll(Channels of, Work threads)
        {
            Normalization.Forward<T>(of, X, Scale, Shift, Epsilon, Means, Variances, Y, threads);
            Normalization.Apply<T>(of, X, Scale, Shift, Epsilon, GivenMeans, GivenVariances, YGiven, threads);
            foreach (var (dx, given, accumulate) in new[] { (Dx, DxGiven, false), (DxAdded, DxGivenAdded, true) })
            {
                Normalization.Backward<T>(of, X, Dy, Scale, Epsilon, false, GivenMeans, GivenVariances, Sums, Products, given, accumulate, threads);
                Normalization.Backward<T>(of, X, Dy, Scale, Epsilon, true, Means, Variances, Sums, Products, dx, accumulate, threads);
            }
        }

        public void RunPlainly()
        {
            T count = T.CreateTruncating(samples * (long)plane);
            for (int c = 0; c < number; c++)
            {
                T mean = Means[c] = Sum(c, (sum, i) => sum + X[i]) / count;
                T variance = Variances[c] = Sum(c, (sum, i) => T.FusedMultiplyAdd(X[i] - mean, X[i] - mean, sum)) / count;
                T slope = T.One / T.Sqrt(variance + Epsilon), given = T.One / T.Sqrt(GivenVariances[c] + Epsilon);
                T total = Sums[c] = Sum(c, (sum, i) => sum + Dy[i]), product = Products[c] = Sum(c, (sum, i) => T.FusedMultiplyAdd(Dy[i], X[i] - mean, sum));
                T average = total / count, along = slope * slope * product / count, factor = Scale[c] * slope, givenFactor = Scale[c] * given;
                foreach (int i in Enumerable.Range(0, samples).SelectMany(n => Places(n, c)))
                {
                    Y[i] = T.FusedMultiplyAdd(X[i] - mean, factor, Shift[c]);
                    YGiven[i] = T.FusedMultiplyAdd(X[i] - GivenMeans[c], givenFactor, Shift[c]);
                    T inner = T.FusedMultiplyAdd(mean - X[i], along, Dy[i] - average);
                    (Dx[i], DxAdded[i]) = (factor * inner, T.FusedMultiplyAdd(factor, inner, DxAdded[i]));
                    (DxGiven[i], DxGivenAdded[i]) = (givenFactor * Dy[i], T.FusedMultiplyAdd(givenFactor, Dy[i], DxGivenAdded[i]));
                }
            }
        }

        private IEnumerable<int> Places(int sample, int channel) => Enumerable.Range((sample * number + channel) * plane, plane);

        /// <summary>The order of every sum over a channel: the lanes of each plane, the planes by samples, the tree of halves.</summary>
        private T Sum(int channel, Func<T, int, T> add)
        {
            var totals = new T[typeof(T) == typeof(float) ? 64 : 32];
            for (int n = 0; n < samples; n++)
            {
                var lanes = new T[totals.Length];
                int lane = 0;
                foreach (int i in Places(n, channel)) lanes[lane % lanes.Length] = add(lanes[lane++ % lanes.Length], i);
                for (int l = 0; l < lanes.Length; l++) totals[l] += lanes[l];
            }
            for (int half = totals.Length / 2; half > 0; half /= 2)
                for (int l = 0; l < half; l++) totals[l] += totals[l + half];
            return totals[0];
        }
    }
}
