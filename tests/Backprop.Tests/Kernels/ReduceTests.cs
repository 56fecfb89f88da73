using System.Numerics;
using Backprop.Kernels;

namespace Backprop.Tests.Kernels;

public class ReduceTests
{
    [Fact]
    public void Sums_equal_the_plain_loop_at_every_length_up_to_256()
    {
        Sums<float>(21);
        Sums<double>(22);
    }

    [Fact]
    public void Sums_along_an_axis_equal_the_plain_loop()
    {
        Axes<float>(23);
        Axes<double>(24);
    }

    [Fact]
    public void The_sum_of_numbers_by_formula_has_the_bits_of_every_other_machine()
    {
        float[] x = [.. Enumerable.Range(0, 1000).Select(i => (i * 37 % 101 - 50) / 7f)];
        double[] z = [.. x.Select(value => value / 3.0)];
        Assert.Equal((1068948356, 1183301862, 4602249907274427056, 4656206196645771944),
            (BitConverter.SingleToInt32Bits(Reduce.Sum<float>(x)), BitConverter.SingleToInt32Bits(Reduce.Dot<float>(x, x)),
            BitConverter.DoubleToInt64Bits(Reduce.Sum<double>(z)), BitConverter.DoubleToInt64Bits(Reduce.SumOfSquares<double>(z))));
    }

    [Fact]
    public void The_largest_is_the_first_of_equals_at_every_length()
    {
        for (int n = 1; n <= 256; n++)
            for (int at = 0; at < n; at += 1 + n / 9)
            {
                float[] x = Bits.Ordinary<float>(new Random(n), n);
                x[at] = 3;
                x[n - 1] = 3;
                Assert.Equal(at, Reduce.IndexOfMax<float>(x));
                Assert.Equal(3, Reduce.Max<float>(x));
            }
    }

    [Fact]
    public void The_first_NaN_is_the_largest_wherever_it_stands()
    {
        for (int n = 1; n <= 70; n++)
            for (int at = 0; at < n; at++)
            {
                double[] x = Bits.Ordinary<double>(new Random(n), n);
                x[0] = double.PositiveInfinity;
                x[at] = x[n - 1] = double.NaN;
                Assert.Equal(at, Reduce.IndexOfMax<double>(x));
                Assert.Equal(double.NaN, Reduce.Max<double>(x));
            }
    }

    [Fact]
    public void Zeros_of_either_sign_are_equally_large_and_negative_infinity_counts()
    {
        foreach (int n in new[] { 2, 5, 16, 40 })
        {
            float[] x = new float[n];
            Array.Fill(x, float.NegativeInfinity);
            Assert.Equal(0, Reduce.IndexOfMax<float>(x));
            (x[0], x[1]) = (-0f, 0f);
            Assert.Equal(0, Reduce.IndexOfMax<float>(x));
            Assert.False(float.IsNegative(Reduce.Max<float>(x)));
        }
    }

    [Fact]
    public void The_largest_of_nothing_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Reduce.IndexOfMax<float>([]));

    /// <summary>The order of every sum over neighbours: element i in lane i mod 16 (8), then the tree of halves.</summary>
    internal static T InLanes<T>(int n, Func<T, int, T> add) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var lanes = new T[typeof(T) == typeof(float) ? 16 : 8];
        for (int i = 0; i < n; i++) lanes[i % lanes.Length] = add(lanes[i % lanes.Length], i);
        for (int half = lanes.Length / 2; half > 0; half /= 2)
            for (int l = 0; l < half; l++) lanes[l] += lanes[l + half];
        return lanes[0];
    }

    private static void Sums<T>(int seed) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        for (int n = 0; n <= 256; n++)
        {
            T[] x = n % 2 == 0 ? Bits.Ordinary<T>(random, n) : Bits.Odd<T>(random, n), z = Bits.Ordinary<T>(random, n + 1);
            T[] expected = [InLanes<T>(n, (sum, i) => sum + x[i]), InLanes<T>(n, (sum, i) => T.FusedMultiplyAdd(x[i], z[i], sum)), InLanes<T>(n, (sum, i) => T.FusedMultiplyAdd(x[i], x[i], sum))];
            Bits.AssertSame<T>(expected, [Reduce.Sum<T>(x), Reduce.Dot<T>(x, z), Reduce.SumOfSquares<T>(x)], $"seed {seed}, length {n}");
        }
    }

    private static void Axes<T>(int seed) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        foreach (int outer in new[] { 0, 1, 3 })
            foreach (int axis in new[] { 0, 1, 2, 4, 5, 9, 33 })
                foreach (int inner in new[] { 0, 1, 2, 3, 16, 21, 70 })
                    foreach (bool accumulate in new[] { false, true })
                    {
                        T[] x = Bits.Ordinary<T>(random, outer * axis * inner), y = Bits.Ordinary<T>(random, outer * inner), expected = [.. y];
                        for (int o = 0; o < outer; o++)
                            for (int i = 0; i < inner; i++)
                            {
                                ref T sum = ref expected[o * inner + i];
                                T old = sum;
                                if (!accumulate) sum = T.Zero;
                                for (int a = 0; a < axis; a++) sum += x[(o * axis + a) * inner + i];
                                if (inner != 1) continue;
                                T total = InLanes<T>(axis, (s, a) => s + x[o * axis + a]);
                                sum = accumulate ? old + total : total;
                            }
                        Reduce.SumAxis<T>(x, y, outer, axis, inner, accumulate);
                        Bits.AssertSame<T>(expected, y, $"seed {seed}, [{outer}, {axis}, {inner}], {(accumulate ? "added" : "written")}");
                    }
    }
}
