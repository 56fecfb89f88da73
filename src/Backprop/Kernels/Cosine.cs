namespace Backprop.Kernels;

/// <summary>The cosine of single numbers, with the same bits on every machine: learning rates follow it, and the weights follow them.</summary>
internal static class Cosine
{
    /// <summary>cos(π·x) for x from 0 to 1, within 2 ulp or 10⁻¹⁶; exact at 0, ½ and 1.</summary>
    public static double OfHalfTurns(double x) =>
        x > 0.5 ? -OfHalfTurns(1 - x) : x <= 0.25 ? CosineNear0(double.Pi * x) : SineNear0(double.Pi * (0.5 - x));

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
