using System.Numerics;
using Backprop.Randomness;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>Makes the rows of a Gaussian matrix, or its columns where they are fewer, orthogonal and of one length.</summary>
    internal sealed class OrthogonalInitializer<T>(double scale) : Initializer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        protected override void Draw(Shape shape, int inputs, int outputs, Random random, Span<double> values)
        {
            if (shape.Rank < 2) throw new ShapeException("Orthogonal", $"{shape} came, a matrix is needed", shape);
            foreach (ref double value in values) value = random.NextGaussian();
            int rows = shape[0], columns = shape.Product(1, shape.Rank);
            if (rows <= columns) Orthonormalize(values, rows, columns, columns, 1);
            else Orthonormalize(values, columns, rows, 1, columns);
            foreach (ref double value in values) value *= scale;
        }

        /// <summary>Gram and Schmidt's procedure: each vector loses its share in those before it and is brought to length 1.</summary>
        /// <remarks>The result is the Q of the QR decomposition whose R has a positive diagonal, so every rotation is equally likely.</remarks>
        private static void Orthonormalize(Span<double> values, int count, int length, int vector, int element)
        {
            for (int i = 0; i < count; i++)
            {
                double before = Math.Sqrt(Dot(values, i, i));
                // Once would leave rounding that grows with the number of vectors; twice leaves none to speak of.
                for (int pass = 0; pass < 2; pass++)
                    for (int j = 0; j < i; j++)
                    {
                        double share = Dot(values, i, j);
                        for (int k = 0; k < length; k++) values[i * vector + k * element] -= share * values[j * vector + k * element];
                    }
                double norm = Math.Sqrt(Dot(values, i, i));
                if (!(norm > 1e-12 * before))
                    throw new InvalidOperationException("Orthogonal: the random numbers drawn depend on each other; give a Random that draws anew each time.");
                for (int k = 0; k < length; k++) values[i * vector + k * element] /= norm;
            }

            double Dot(ReadOnlySpan<double> values, int i, int j)
            {
                double sum = 0;
                for (int k = 0; k < length; k++) sum += values[i * vector + k * element] * values[j * vector + k * element];
                return sum;
            }
        }
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <summary>A random orthogonal matrix times <paramref name="scale"/>: as recurrent weight it neither shrinks nor stretches the state.</summary>
        /// <remarks>
        /// Of a matrix that is not square the rows, or the columns where they are fewer, are orthogonal; further axes count as columns.
        /// Source: Saxe, McClelland, Ganguli, Exact solutions to the nonlinear dynamics of learning in deep linear neural networks (2014).
        /// </remarks>
        public static Layers.Initializer<T> Orthogonal(double scale = 1) => new Layers.OrthogonalInitializer<T>(scale);
    }
}
