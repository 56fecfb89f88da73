namespace Backprop.Tests.Golden;

/// <summary>Compares tensors by their largest entry: sums of other order differ by roundings of the large entries, also in the small ones.</summary>
public static class GoldenAssert
{
    /// <summary>What two right computations in double may differ by, relative to the tensor's largest entry.</summary>
    public const double Tolerance = 1e-12;

    public static void Near(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, string what, double tolerance = Tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = 0;
        foreach (double value in expected) largest = Math.Max(largest, Math.Abs(value));
        for (int i = 0; i < expected.Length; i++)
        {
            // Written so that a NaN fails.
            if (!(Math.Abs(actual[i] - expected[i]) <= tolerance * largest))
                Assert.Fail($"{what}[{i}] is {actual[i]:R}, PyTorch has {expected[i]:R}; the largest entry is {largest:R}");
        }
    }
}
