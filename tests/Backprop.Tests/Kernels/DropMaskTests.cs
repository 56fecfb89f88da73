using Backprop.Kernels;

namespace Backprop.Tests.Kernels;

public class DropMaskTests
{
    [Fact]
    public void A_mask_is_made_of_splitmix64()
    {
        // The first numbers of the published generator from state 0 and 1.
        double[] mask = new double[2];
        DropMask.Fill<double>(0, 0, 0, 0.5, mask);
        ulong first = SplitMix(SplitMix(SplitMix(SplitMix(0) + 0) + 0));
        Assert.Equal([(uint)first < 0x80000000 ? 0 : 2, (uint)(first >> 32) < 0x80000000 ? 0 : 2], mask);
        Assert.Equal(0xE220A8397B1DCDAF, SplitMix(0));

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
