namespace Backprop.Checking;

/// <summary>How far two gradients are from each other.</summary>
internal static class Nearness
{
    /// <summary>Up to here a mistake explains a gradient.</summary>
    public const double Explained = 1e-6;

    /// <summary>A gradient that is this part of the largest one is measured against that: what stands there may be rounding alone.</summary>
    private const double Rounding = 1e-6;

    /// <summary>What entries are measured against at least, by the largest of all gradients.</summary>
    public static double Least(IEnumerable<double[]> gradients) =>
        Rounding * gradients.SelectMany(gradient => gradient).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();

    /// <summary>The largest difference of two entries, relative to the largest entry of all; infinite beside a NaN.</summary>
    public static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double least = 0)
    {
        double largest = least, apart = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double difference = Math.Abs(a[i] - b[i]);
            if (double.IsNaN(difference)) return double.PositiveInfinity;
            (largest, apart) = (Math.Max(largest, Math.Max(Math.Abs(a[i]), Math.Abs(b[i]))), Math.Max(apart, difference));
        }
        return largest == 0 ? 0 : apart / largest;
    }
}
