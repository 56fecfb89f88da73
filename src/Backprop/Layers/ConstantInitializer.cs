using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>Gives every element the same value; draws nothing.</summary>
    internal sealed class ConstantInitializer<T>(double constant) : Initializer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        protected override void Draw(Shape shape, int inputs, int outputs, Random random, Span<double> values) => values.Fill(constant);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <summary>Gives every weight the same value. Units that begin alike stay alike, so this suits lessons, not training.</summary>
        public static Layers.Initializer<T> Constant(double value) => new Layers.ConstantInitializer<T>(value);
    }
}
