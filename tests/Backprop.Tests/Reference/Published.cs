using System.Globalization;

namespace Backprop.Tests.Reference;

/// <summary>Compares with numbers as they were printed: to half a unit of the last digit, and never closer than double arithmetic carries.</summary>
public static class Published
{
    private const double Carried = 1e-13;

    /// <summary>One printed number.</summary>
    public static void Same(string printed, double actual) => Same(printed, [actual]);

    /// <summary>Printed numbers with spaces between.</summary>
    public static void Same(string printed, ReadOnlySpan<double> actual)
    {
        string[] numbers = printed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(numbers.Length, actual.Length);
        for (int i = 0; i < numbers.Length; i++)
        {
            double expected = double.Parse(numbers[i], CultureInfo.InvariantCulture);
            // Written so that a NaN fails.
            if (!(Math.Abs(actual[i] - expected) <= HalfUnit(numbers[i]) + Carried * Math.Abs(expected)))
                Assert.Fail($"Number {i} is {actual[i]:R}, published is {numbers[i]}");
        }
    }

    /// <summary>Half a unit of the last printed digit: 0.0005 for 2.303, 5e-12 for 3.5084786e-05.</summary>
    private static double HalfUnit(string number)
    {
        string[] parts = number.Split('e');
        int point = parts[0].IndexOf('.', StringComparison.Ordinal);
        int decimals = point < 0 ? 0 : parts[0].Length - point - 1;
        int exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        return 0.5 * Math.Pow(10, exponent - decimals);
    }
}
