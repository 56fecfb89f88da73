using System.Numerics;
using Backprop.Kernels;

namespace Backprop.Tests.Kernels;

public class PoolingTests
{
    /// <summary>Planes and windows: side by side with even and odd sizes and every remainder of a vector, gapped, overlapping, padded.</summary>
    private static IEnumerable<(int Planes, Windows Windows)> Sizes()
    {
        for (int width = 2; width <= 40; width++)
            foreach (int height in new[] { 2, 3, 6 })
                foreach (int planes in new[] { 0, 1, 2, 7 }) yield return (planes, new(height, width, 2, 2, 2, 2, 0, 0));
        yield return (3, new(7, 9, 3, 2, 1, 1, 0, 0));
        yield return (3, new(7, 9, 2, 2, 3, 4, 0, 0));
        yield return (3, new(7, 9, 3, 3, 2, 2, 1, 1));
        yield return (3, new(6, 20, 2, 2, 2, 2, 1, 1));
        yield return (2, new(5, 5, 5, 5, 5, 5, 0, 0));
        yield return (2, new(1, 1, 1, 1, 1, 1, 0, 0));
        yield return (2, new(4, 4, 4, 3, 1, 2, 3, 2));
        yield return (3, new(7, 9, 2, 2, 2, 2, 0, 0, Ceil: true));
        yield return (3, new(6, 31, 2, 2, 2, 2, 0, 0, Ceil: true));
        yield return (3, new(8, 10, 3, 3, 2, 2, 1, 1, Ceil: true));
        yield return (3, new(7, 9, 3, 3, 2, 2, 1, 1, SkipsPadding: true));
        yield return (3, new(8, 10, 3, 2, 3, 2, 1, 1, Ceil: true, SkipsPadding: true));
    }

    [Fact]
    public void Float_equals_the_naive_twin() => EverySize<float>(Bits.Ordinary<float>);

    [Fact]
    public void Double_equals_the_naive_twin() => EverySize<double>(Bits.Ordinary<double>);

    [Fact]
    public void Infinities_and_NaN_and_signed_zeros_take_the_same_way() => EverySize<float>(Bits.Odd<float>);

    [Fact]
    public void Ties_take_the_same_way() => EverySize<float>((random, count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.Next(2))]);

    [Fact]
    public void Random_sizes_equal_the_naive_twin()
    {
        int seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int i = 0; i < 200; i++)
        {
            var (rows, columns) = (random.Next(1, 5), random.Next(1, 5));
            var w = new Windows(random.Next(rows, 20), random.Next(columns, 40), rows, columns, random.Next(1, 5), random.Next(1, 5),
                random.Next(0, rows), random.Next(0, columns), Ceil: random.Next(2) == 0, SkipsPadding: random.Next(2) == 0);
            Check(random.Next(1, 6), w, random, Bits.Odd<float>);
        }
    }

    private static void EverySize<T>(Func<Random, int, T[]> numbers) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(1);
        foreach (var (planes, windows) in Sizes()) Check(planes, windows, random, numbers);
    }

    private static void Check<T>(int planes, Windows w, Random random, Func<Random, int, T[]> numbers) where T : unmanaged, IFloatingPointIeee754<T>
    {
        string what = $"{planes} planes {w}";
        T[] x = numbers(random, planes * w.Plane), dy = numbers(random, planes * w.Count), old = numbers(random, x.Length);
        T[] expected = new T[dy.Length], actual = new T[dy.Length];
        int[] winners = new int[dy.Length], actualWinners = new int[dy.Length];
        Naive.MaxPool<T>(x, expected, winners, w);
        Pooling.Max<T>(x, actual, actualWinners, w);
        Bits.AssertSame<T>(expected, actual, $"max {what}");
        Assert.Equal(winners, actualWinners);
        Naive.AveragePool<T>(x, expected, w);
        Pooling.Average<T>(x, actual, w);
        Bits.AssertSame<T>(expected, actual, $"average {what}");
        foreach (bool accumulate in new[] { false, true })
        {
            T[] dx = [.. old], actualDx = [.. old];
            Naive.MaxPoolGradient<T>(dy, winners, dx, accumulate);
            Pooling.MaxGradient<T>(dy, winners, actualDx, w, accumulate);
            Bits.AssertSame<T>(dx, actualDx, $"max gradient accumulate {accumulate} {what}");

            dx = [.. old];
            actualDx = [.. old];
            Naive.AveragePoolGradient<T>(dy, dx, w, accumulate);
            Pooling.AverageGradient<T>(dy, actualDx, w, accumulate);
            Bits.AssertSame<T>(dx, actualDx, $"average gradient accumulate {accumulate} {what}");
        }
    }
}
