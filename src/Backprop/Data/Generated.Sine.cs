using System.Numerics;
using Backprop.Kernels;
using Backprop.Randomness;

namespace Backprop.Data;

// A curve to be learnt by regression.
public static partial class Generated
{
    /// <summary>One wave of the sine, blurred by noise: a curve for a regression.</summary>
    /// <param name="count">The number of points, 1 or more.</param>
    /// <param name="random">Draws everything; the same state gives the same bits.</param>
    /// <param name="noise">The deviation of the Gaussian noise that is added to y, 0 or more.</param>
    /// <remarks>Shapes: inputs [count, 1], targets [count, 1]: x is drawn from −π … π, y = sin x + noise.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public static DataSet<T> Sine<T>(int count, Random random, double noise = 0.1) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(random);
        Within("Sine", count >= 1, nameof(count), count, "the number of points is 1 or more");
        NoiseWithin("Sine", noise);
        T[] xs = new T[count], ys = new T[count];
        for (int i = 0; i < count; i++)
        {
            double halfTurns = 2 * random.NextDouble() - 1;
            xs[i] = T.CreateChecked(double.Pi * halfTurns);
            ys[i] = T.CreateChecked(Cosine.Direction(halfTurns).Y + noise * random.NextGaussian());
        }
        return new DataSet<T>(Nn<T>.Tensor([count, 1], xs), Nn<T>.Tensor([count, 1], ys));
    }
}
