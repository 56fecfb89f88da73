using System.Numerics;
using System.Runtime.Intrinsics;
using Backprop.Kernels;

namespace Backprop.Tests.Kernels;

public class ConvolutionTests
{
    private static readonly bool Fused = Gemm.Fastest != GemmPath.Plain;

    // Every width that runs in hardware here, so that one run holds all of them equal.
    private static GemmPath[] Paths =>
        !Fused ? [GemmPath.Fastest]
        : Vector512.IsHardwareAccelerated ? [GemmPath.Vector128, GemmPath.Vector256, GemmPath.Vector512]
        : Vector256.IsHardwareAccelerated ? [GemmPath.Vector128, GemmPath.Vector256]
        : [GemmPath.Vector128];

    /// <summary>Filters, channels, windows: what the shapes of a convolution can do.</summary>
    private static IEnumerable<(int Filters, int Channels, Windows Windows)> Sizes() =>
        Plain().Concat(Dilated());

    private static IEnumerable<(int Filters, int Channels, Windows Windows)> Dilated()
    {
        yield return (6, 2, new(12, 13, 3, 3, 1, 1, 2, 2, 2, 2));
        yield return (3, 2, new(9, 20, 2, 3, 2, 3, 1, 2, 3, 2));
        yield return (4, 3, new(7, 9, 3, 2, 3, 2, 0, 4, 2, 5));
        yield return (17, 1, new(1, 33, 1, 4, 1, 2, 0, 3, 1, 4));
        yield return (2, 2, new(5, 5, 2, 2, 4, 4, 0, 0, 4, 4));
    }

    private static IEnumerable<(int Filters, int Channels, Windows Windows)> Plain()
    {
        yield return (6, 1, new(28, 28, 5, 5, 1, 1, 2, 2));
        yield return (16, 6, new(14, 14, 5, 5, 1, 1, 0, 0));
        yield return (1, 1, new(3, 3, 3, 3, 1, 1, 0, 0));
        yield return (1, 1, new(1, 1, 1, 1, 1, 1, 0, 0));
        yield return (3, 2, new(1, 40, 1, 3, 1, 1, 0, 1));
        yield return (3, 2, new(40, 1, 3, 1, 1, 1, 1, 0));
        yield return (33, 3, new(7, 9, 3, 2, 2, 3, 1, 0));
        yield return (13, 5, new(8, 8, 1, 1, 2, 2, 0, 0));
        yield return (5, 3, new(9, 7, 2, 2, 4, 3, 0, 0));
        yield return (4, 2, new(5, 6, 3, 3, 1, 1, 4, 3));
        yield return (4, 2, new(2, 3, 2, 3, 3, 5, 2, 4));
        yield return (2, 3, new(6, 6, 5, 5, 2, 2, 4, 4));
        yield return (70, 1, new(5, 33, 3, 3, 1, 1, 1, 1));
        yield return (12, 4, new(30, 50, 3, 3, 1, 1, 1, 1));
        yield return (0, 2, new(4, 4, 3, 3, 1, 1, 0, 0));
        yield return (2, 0, new(4, 4, 3, 3, 1, 1, 0, 0));
        yield return (2, 2, new(0, 3, 2, 2, 1, 1, 1, 1));
    }

    [Fact]
    public void Float_equals_the_naive_twin() => EverySize<float>(Bits.Ordinary<float>);

    [Fact]
    public void Double_equals_the_naive_twin() => EverySize<double>(Bits.Ordinary<double>);

    [Fact]
    public void Infinities_and_NaN_and_signed_zeros_and_subnormals_take_the_same_way() => EverySize<float>(Bits.Odd<float>);

    [Fact]
    public void Random_sizes_equal_the_naive_twin()
    {
        int seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int i = 0; i < (Fused ? 150 : 10); i++)
        {
            var w = new Windows(random.Next(1, 20), random.Next(1, 40), random.Next(1, 6), random.Next(1, 6), random.Next(1, 5), random.Next(1, 5),
                random.Next(0, 5), random.Next(0, 5), random.Next(1, 4), random.Next(1, 4));
            if (w.Height + 2 * w.PaddingRows < w.ReachRows || w.Width + 2 * w.PaddingColumns < w.ReachColumns) continue;
            int groups = random.Next(1, 4);
            Check<float>(
                groups * random.Next(1, 40 / groups), groups * random.Next(1, 5), w, random.Next(0, 4), random, Bits.Ordinary<float>, $"seed {seed}", groups);
        }
    }

    [Fact]
    public void Groups_equal_the_naive_twin()
    {
        var random = new Random(2);
        Windows[] windows = [new(9, 11, 3, 3, 1, 1, 1, 1), new(8, 9, 3, 2, 2, 3, 1, 0), new(7, 7, 3, 3, 2, 1, 2, 2, 2, 2), new(1, 40, 1, 3, 1, 1, 0, 1)];
        foreach (var w in windows)
            foreach (var (filters, channels, groups) in new[] { (4, 4, 2), (6, 3, 3), (40, 20, 5), (35, 35, 35), (3, 3, 3), (32, 16, 16), (1, 1, 1) })
            {
                Check<float>(filters, channels, w, 2, random, Bits.Ordinary<float>, "", groups);
                Check<float>(filters, channels, w, 1, random, Bits.Odd<float>, "", groups);
                Check<double>(filters, channels, w, 2, random, Bits.Ordinary<double>, "", groups);
            }
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var w = new Windows(14, 14, 5, 5, 2, 1, 2, 1);
        var convolution = new Convolution(16, 6, w);
        float[] x = new float[2 * 6 * w.Plane], kernel = new float[16 * 6 * w.Size], bias = new float[16], z = new float[2 * 16 * w.Count];
        float[] scratch = new float[convolution.Scratch(inputGradient: true, kernelGradient: true)];
        Assert.Equal(0, Allocated.Least(All));

        void All()
        {
            convolution.Forward<float>(x, kernel, bias, z, 2, scratch);
            convolution.InputGradient<float>(z, kernel, x, 2, scratch, accumulate: true);
            convolution.KernelGradient<float>(x, z, kernel, 2, scratch, accumulate: false);
            Convolution.BiasGradient<float>(z, bias, 2, w.Count, accumulate: false);
        }
    }

    [Fact]
    public void Working_memory_of_the_size_asked_for_is_enough()
    {
        // Read and written bounds are checked by nobody in the kernels, so the numbers around the spans must stay.
        var random = new Random(3);
        foreach (var (filters, channels, w) in Sizes())
        {
            var convolution = new Convolution(filters, channels, w);
            int length = convolution.Scratch(inputGradient: true, kernelGradient: true);
            var scratch = Fenced(new float[length]);
            var (x, kernel, z) = (Fenced(Bits.Ordinary<float>(random, 2 * channels * w.Plane)), Fenced(Bits.Ordinary<float>(random, filters * channels * w.Size)),
                Fenced(Bits.Ordinary<float>(random, 2 * filters * w.Count)));
            foreach (var path in Paths)
            {
                convolution.Forward<float>(Inside(x), Inside(kernel), [], Inside(z), 2, Inside(scratch), path);
                convolution.InputGradient<float>(Inside(z), Inside(kernel), Inside(x), 2, Inside(scratch), accumulate: false, path);
                convolution.KernelGradient<float>(Inside(x), Inside(z), Inside(kernel), 2, Inside(scratch), accumulate: false, path);
                foreach (float[] fenced in new[] { scratch, x, kernel, z })
                    Assert.All(fenced[..Fence].Concat(fenced[^Fence..]), value => Assert.Equal(-7, value));
            }
        }
    }

    [Fact]
    public void A_span_that_is_too_short_is_refused()
    {
        var convolution = new Convolution(2, 1, new Windows(3, 3, 2, 2, 1, 1, 0, 0));
        float[] x = new float[18], kernel = new float[8], z = new float[16], scratch = new float[convolution.Scratch(true, true)];
        convolution.Forward<float>(x, kernel, [], z, 2, scratch);
        Assert.Throws<ArgumentException>(() => convolution.Forward<float>(x, kernel, new float[1], z, 2, scratch));
        Assert.Throws<ArgumentException>(() => convolution.Forward<float>(x.AsSpan(1), kernel, [], z, 2, scratch));
        Assert.Throws<ArgumentException>(() => convolution.InputGradient<float>(z, kernel.AsSpan(1), x, 2, scratch, false));
        Assert.Throws<ArgumentException>(() => convolution.KernelGradient<float>(x, z.AsSpan(1), kernel, 2, scratch, false));
        if (Fused) Assert.Throws<ArgumentException>(() => convolution.Forward<float>(x, kernel, [], z, 2, []));
    }

    private const int Fence = 64;

    private static float[] Fenced(float[] values)
    {
        float[] fence = [.. Enumerable.Repeat(-7f, Fence)];
        return [.. fence, .. values, .. fence];
    }

    private static Span<float> Inside(float[] fenced) => fenced.AsSpan(Fence, fenced.Length - 2 * Fence);

    private static void EverySize<T>(Func<Random, int, T[]> numbers) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(1);
        foreach (var (filters, channels, windows) in Sizes())
            foreach (int n in new[] { 0, 1, 3 }) Check(filters, channels, windows, n, random, numbers, "");
    }

    private static void Check<T>(int filters, int channels, Windows w, int n, Random random, Func<Random, int, T[]> numbers, string note,
        int groups = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] x = numbers(random, n * channels * w.Plane), kernel = numbers(random, filters * (channels / groups) * w.Size), bias = numbers(random, filters);
        T[] dz = numbers(random, n * filters * w.Count), oldX = numbers(random, x.Length), oldKernel = numbers(random, kernel.Length);
        var convolution = new Convolution(filters, channels, w, groups);
        // What lies in the working memory before must not matter.
        T[] scratch = numbers(random, convolution.Scratch(inputGradient: true, kernelGradient: true));

        T[] z = new T[dz.Length], zWithout = new T[dz.Length], zAdded = [.. dz];
        Naive.Convolution<T>(x, kernel, bias, z, n, filters, channels, w, groups);
        Naive.Convolution<T>(x, kernel, [], zWithout, n, filters, channels, w, groups);
        Naive.Convolution<T>(x, kernel, [], zAdded, n, filters, channels, w, groups, accumulate: true);
        T[][] dx = [[.. oldX], [.. oldX]], dKernel = [[.. oldKernel], [.. oldKernel]];
        foreach (int adds in new[] { 0, 1 })
        {
            Naive.ConvolutionInputGradient<T>(dz, kernel, dx[adds], n, filters, channels, w, accumulate: adds == 1, groups);
            Naive.ConvolutionKernelGradient<T>(x, dz, dKernel[adds], n, filters, channels, w, accumulate: adds == 1, groups);
        }
        foreach (var path in Paths)
        {
            string what = $"{path} N {n} F {filters} C {channels} groups {groups} {w} {note}";
            T[] actual = new T[z.Length];
            convolution.Forward<T>(x, kernel, bias, actual, n, scratch, path);
            Bits.AssertSame<T>(z, actual, $"z {what}");
            convolution.Forward<T>(x, kernel, [], actual, n, scratch, path);
            Bits.AssertSame<T>(zWithout, actual, $"z without bias {what}");
            actual = [.. dz];
            convolution.Forward<T>(x, kernel, [], actual, n, scratch, path, accumulate: true);
            Bits.AssertSame<T>(zAdded, actual, $"z added {what}");
            foreach (int adds in new[] { 0, 1 })
            {
                actual = [.. oldX];
                convolution.InputGradient<T>(dz, kernel, actual, n, scratch, accumulate: adds == 1, path);
                Bits.AssertSame<T>(dx[adds], actual, $"dx adds {adds} {what}");
                actual = [.. oldKernel];
                convolution.KernelGradient<T>(x, dz, actual, n, scratch, accumulate: adds == 1, path);
                Bits.AssertSame<T>(dKernel[adds], actual, $"dK adds {adds} {what}");
            }
        }
    }
}
