using Backprop.Kernels;

namespace Backprop.Randomness;

/// <summary>Marsaglia's polar method: two normally distributed numbers from a point in the unit circle, of which the second one waits.</summary>
/// <remarks>Source: Marsaglia, Bray, A Convenient Method for Generating Normal Variables (1964), in the order of NumPy's legacy generator.</remarks>
internal struct PolarGaussian
{
    public double? Spare;

    public double Next(Random random)
    {
        if (Spare is { } waiting)
        {
            Spare = null;
            return waiting;
        }
        double x, y, square;
        do
        {
            x = 2 * random.NextDouble() - 1;
            y = 2 * random.NextDouble() - 1;
            square = x * x + y * y;
        }
        while (square >= 1 || square == 0);
        // The nearest logarithm, as good C libraries give it, so that NumPy's numbers come out to the last digit.
        double factor = Math.Sqrt(-2 * VectorMath.LogNearest(square) / square);
        Spare = factor * x;
        return factor * y;
    }
}
