namespace Backprop.Kernels;

/// <summary>The cosine of single numbers, with the same bits on every machine: learning rates and generated data follow it, and the weights follow them.</summary>
internal static class Cosine
{
    /// <summary>cos(π·x), within 2 ulp or 10⁻¹⁶ of the cosine of that angle for x from −2 to 2; exact at whole and half numbers.</summary>
    public static double OfHalfTurns(double x)
    {
        x = Math.Abs(x);
        // Whole turns do not count, and the second half of one is the first half mirrored: both are exact.
        x -= 2 * Math.Floor(x / 2);
        return OfUpper(x > 1 ? 2 - x : x);
    }

    /// <summary>The point on the circle of radius 1 after so many half turns, from (1, 0) towards (0, 1).</summary>
    public static (double X, double Y) Direction(double halfTurns) => (OfHalfTurns(halfTurns), OfHalfTurns(halfTurns - 0.5));

    private static double OfUpper(double x) => x > 0.5 ? -OfUpper(1 - x) : x <= 0.25 ? CosineNear0(double.Pi * x) : SineNear0(double.Pi * (0.5 - x));

    // The series of the functions, up to π/4.
    private static double CosineNear0(double angle)
    {
        double z = angle * angle, sum = 1;
        for (int k = 18; k > 0; k -= 2) sum = 1 - z / (k * (k - 1)) * sum;
        return sum;
    }

    private static double SineNear0(double angle)
    {
        double z = angle * angle, sum = 1;
        for (int k = 19; k > 1; k -= 2) sum = 1 - z / (k * (k - 1)) * sum;
        return angle * sum;
    }
}
