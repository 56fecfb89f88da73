using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>Ones on the diagonal of a matrix, zeros elsewhere; draws nothing.</summary>
    internal sealed class IdentityInitializer<T>(double scale) : Initializer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        protected override void Draw(Shape shape, int inputs, int outputs, Random random, Span<double> values)
        {
            if (shape.Rank != 2) throw new ShapeException("Identity", $"{shape} came, a matrix is needed", shape);
            for (int i = 0; i < Math.Min(shape[0], shape[1]); i++) values[i * shape[1] + i] = scale;
        }
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <summary>The identity matrix times <paramref name="scale"/>: as recurrent weight, a state that stays as it is.</summary>
        /// <remarks>
        /// A matrix that is not square gets ones where row and column are equal.
        /// Source: Le, Jaitly, Hinton, A Simple Way to Initialize Recurrent Networks of Rectified Linear Units (2015).
        /// </remarks>
        public static Layers.Initializer<T> Identity(double scale = 1) => new Layers.IdentityInitializer<T>(scale);
    }
}
