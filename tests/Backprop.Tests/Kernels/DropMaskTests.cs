using System.Numerics;
using Backprop.Kernels;

namespace Backprop.Tests.Kernels;

public class DropMaskTests
{
    [Fact]
    public void A_mask_is_made_of_splitmix64()
    {
        // The first number of the published generator.
        Assert.Equal(0xE220A8397B1DCDAF, SplitMix(0));
        double[] mask = new double[200];
        float[] single = new float[200];
        DropMask.Fill<double>(6, 8, 1, 0.5, mask);
        DropMask.Fill<float>(6, 8, 1, 0.5, single);
        ulong key = SplitMix(SplitMix(SplitMix(6) + 8) + 1);
        for (int i = 0; i < mask.Length; i++)
        {
            uint half = (uint)(SplitMix(key + (ulong)(i / 2)) >> (i % 2 * 32));
            Assert.Equal((half < 0x80000000 ? 0 : 2, half < 0x80000000 ? 0 : 2f), (mask[i], single[i]));
        }

        static ulong SplitMix(ulong state)
        {
            ulong z = (state + 1) * 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void The_rate_is_the_part_that_is_zero(double rate)
    {
        const int N = 100_000;
        float[] mask = new float[N];
        DropMask.Fill<float>(3, 5, 0, rate, mask);
        Assert.Equal(rate, mask.Count(v => v == 0) / (double)N, 4 * Math.Sqrt(rate * (1 - rate) / N));
        Assert.All(mask.Where(v => v != 0), v => Assert.Equal((float)(1 / (1 - rate)), v));
    }

    [Fact]
    public void Neighbouring_seeds_steps_uses_and_elements_have_nothing_in_common()
    {
        const int N = 40_000;
        double[] mask = Mask(1, 1, 0);
        foreach (double[] other in new[] { Mask(2, 1, 0), Mask(1, 2, 0), Mask(1, 1, 1), Mask(1, 0, 1), Mask(0, 1, 1) })
            Assert.Equal(0.5, Agreement(mask, other), 0.015);
        for (int lag = 1; lag <= 4; lag++) Assert.Equal(0.5, Agreement(mask[lag..], mask[..^lag]), 0.015);

        static double[] Mask(ulong seed, ulong step, ulong use)
        {
            double[] mask = new double[N];
            DropMask.Fill<double>(seed, step, use, 0.5, mask);
            return mask;
        }

        static double Agreement(double[] a, double[] b) => a.Zip(b).Count(pair => pair.First == pair.Second) / (double)a.Length;
    }

    [Fact]
    public void Every_number_of_threads_gives_the_same_mask()
    {
        Check<float>();
        Check<double>();

        static void Check<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            foreach (int n in new[] { 65_536, 100_003, 300_001 })
            {
                T[] expected = new T[n];
                DropMask.Fill<T>(5, 3, 1, 0.3, expected);
                foreach (int threads in new[] { 2, 3, 4, 8 })
                {
                    T[] mask = new T[n];
                    DropMask.Fill<T>(5, 3, 1, 0.3, mask, new Work(threads));
                    Assert.Equal(expected, mask);
                }
            }
        }
    }

    [Fact]
    public void A_longer_mask_begins_with_the_shorter_one()
    {
        float[] mask = new float[65];
        DropMask.Fill<float>(7, 2, 1, 0.4, mask);
        for (int n = 0; n < mask.Length; n++)
        {
            float[] part = new float[n];
            DropMask.Fill<float>(7, 2, 1, 0.4, part);
            Assert.Equal(mask[..n], part);
        }
    }
}
