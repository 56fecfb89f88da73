using Backprop.Randomness;

namespace Backprop.Tests.Randomness;

public class SeededRandomTests
{
    // The first numbers of xoshiro256** from the state 1, 2, 3, 4, worked out from the paper's formula in another language.
    [Fact]
    public void The_bits_are_those_of_the_published_algorithm()
    {
        var random = new SeededRandom(new SeededRandomState(1, 2, 3, 4, null));
        ulong[] expected =
        [
            11520, 0, 1509978240, 1215971899390074240, 1216172134540287360,
            607988272756665600, 16172922978634559625, 8476171486693032832, 10595114339597558777, 2904607092377533576,
        ];
        byte[] bytes = new byte[8 * expected.Length];
        random.NextBytes(bytes);
        Assert.Equal(expected, expected.Select((_, i) => BitConverter.ToUInt64(bytes, 8 * i)));
    }

    [Fact]
    public void A_seed_becomes_a_state_by_the_published_splitmix64() => Assert.Equal(
        new SeededRandomState(6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, null),
        new SeededRandom(1234567).State);

    // Worked out in another language, like the bits above.
    [Fact]
    public void Every_draw_of_a_seed_stays_the_same_for_ever()
    {
        var random = new SeededRandom(42);
        byte[] bytes = new byte[3];
        random.NextBytes(bytes);
        Assert.Equal([22, 199, 46], bytes);
        Assert.Equal(813853891, random.Next());
        Assert.Equal(9, random.Next(10));
        Assert.Equal(-1, random.Next(-5, 5));
        Assert.Equal(7388145106668446555, random.NextInt64());
        Assert.Equal(353395828132, random.NextInt64(1L << 40));
        Assert.Equal(0.7111499449118543, random.NextDouble());
        Assert.Equal(0.8777672f, random.NextSingle());
        Assert.Equal(1.0401547799226312, random.NextGaussian());
        Assert.Equal(0.345627501533601, random.NextGaussian());
        Assert.Equal([3, 6, 2, 4, 1, 0, 7, 5], random.Permutation(8));
    }

    [Fact]
    public void Seeds_of_either_kind_and_sign_are_different_beginnings()
    {
        Assert.Equal(new SeededRandom(ulong.MaxValue).State, new SeededRandom(-1).State);
        Assert.Equal(4, new[] { 0L, 1, -1, long.MinValue }.Select(seed => new SeededRandom(seed).NextDouble()).Distinct().Count());
    }

    [Fact]
    public void A_state_repeats_every_later_draw_the_waiting_Gaussian_included()
    {
        var random = new SeededRandom(7);
        random.NextGaussian();
        var state = random.State;
        Assert.NotNull(state.Gaussian);
        double[] first = [random.NextGaussian(), random.NextGaussian(), random.NextDouble(), random.Next(1000)];
        random.State = SeededRandomState.Parse(state.ToString());
        Assert.Equal(state, random.State);
        double[] second = [random.NextGaussian(), random.NextGaussian(), random.NextDouble(), random.Next(1000)];
        Assert.Equal(first, second);
        random.State = new SeededRandom(9).State;
        Assert.Equal(new SeededRandom(9).NextGaussian(), random.NextGaussian());
    }

    [Theory]
    [InlineData(""), InlineData("xoshiro256**"), InlineData("xoshiro256** 1 2 3 4")]
    [InlineData("pcg64 0000000000000001 0000000000000002 0000000000000003 0000000000000004")]
    [InlineData("xoshiro256** 000000000000000g 0000000000000002 0000000000000003 0000000000000004")]
    public void A_text_that_is_no_state_is_refused(string text) =>
        Assert.Contains("xoshiro256**", Assert.Throws<FormatException>(() => SeededRandomState.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_state_of_zeros_is_refused() => Assert.Throws<ArgumentException>(() => new SeededRandom(default(SeededRandomState)));

    [Fact]
    public void Whole_numbers_are_equally_likely_within_their_bounds()
    {
        var random = new SeededRandom(3);
        int[] counts = new int[6];
        for (int i = 0; i < 60_000; i++) counts[random.Next(10, 16) - 10]++;
        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
        long third = long.MaxValue / 3 * 2;
        Assert.InRange(Enumerable.Range(0, 30_000).Count(_ => random.NextInt64(third) < third / 2), 14_600, 15_400);
        Assert.Equal(5, random.Next(5, 5));
        Assert.Equal(0, random.Next(0));
        Assert.InRange(random.NextInt64(long.MinValue, long.MaxValue), long.MinValue, long.MaxValue - 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Next(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Next(3, 2));
    }

    [Fact]
    public void Every_virtual_member_of_Random_is_the_librarys_own()
    {
        foreach (var type in new[] { typeof(SeededRandom), typeof(NumPyRandom) })
        {
            var inherited = type.GetMethods(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic)
                .Where(method => method.IsVirtual && method.DeclaringType == typeof(Random));
            Assert.Empty(inherited);
        }
    }

    [Fact]
    public void Real_numbers_lie_from_0_to_below_1_and_spread_evenly()
    {
        var random = new SeededRandom(5);
        double[] doubles = [.. Enumerable.Range(0, 50_000).Select(_ => random.NextDouble())];
        float[] floats = [.. Enumerable.Range(0, 50_000).Select(_ => random.NextSingle())];
        Assert.All(doubles, x => Assert.True(x is >= 0 and < 1));
        Assert.All(floats, x => Assert.True(x is >= 0 and < 1));
        Assert.InRange(doubles.Average(), 0.495, 0.505);
        Assert.InRange(floats.Average(), 0.495, 0.505);
    }
}
