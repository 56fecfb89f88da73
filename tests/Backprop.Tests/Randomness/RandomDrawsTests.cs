using Backprop.Randomness;

namespace Backprop.Tests.Randomness;

public class RandomDrawsTests
{
    public static TheoryData<string> Generators => ["seeded", "numpy", "system"];

    private static Random Of(string name) => name switch
    {
        "seeded" => new SeededRandom(1),
        "numpy" => new NumPyRandom(1),
        _ => new Random(1),
    };

    // Over 100,000 numbers each bound is more than five standard deviations wide.
    [Theory, MemberData(nameof(Generators))]
    public void Gaussians_have_the_moments_of_the_normal_distribution(string generator)
    {
        Random random = Of(generator);
        double[] x = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextGaussian())];
        Assert.InRange(x.Average(), -0.016, 0.016);
        Assert.InRange(x.Average(v => v * v), 0.977, 1.023);
        Assert.InRange(x.Average(v => v * v * v), -0.065, 0.065);
        Assert.InRange(x.Average(v => v * v * v * v), 2.84, 3.16);
        Assert.InRange(x.Zip(x.Skip(1), (a, b) => a * b).Average(), -0.016, 0.016);
    }

    [Theory]
    [InlineData("seeded"), InlineData("numpy")]
    public void The_method_of_the_generator_and_that_of_every_Random_are_one(string generator)
    {
        Random left = Of(generator), right = Of(generator);
        for (int i = 0; i < 5; i++) Assert.Equal(left.NextGaussian(), right is SeededRandom seeded ? seeded.NextGaussian() : ((NumPyRandom)right).NextGaussian());
    }

    [Theory, MemberData(nameof(Generators))]
    public void Every_order_of_four_is_equally_likely(string generator)
    {
        Random random = Of(generator);
        var counts = new Dictionary<string, int>();
        for (int i = 0; i < 24_000; i++)
        {
            string order = string.Concat(random.Permutation(4));
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }
        Assert.Equal(24, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 840, 1160));
    }

    [Theory, MemberData(nameof(Generators))]
    public void Nothing_and_one_thing_have_one_order_and_draw_nothing(string generator)
    {
        Random random = Of(generator), untouched = Of(generator);
        Assert.Empty(random.Permutation(0));
        Assert.Equal([0], random.Permutation(1));
        Assert.Equal(untouched.NextDouble(), random.NextDouble());
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Permutation(-1));
    }
}
