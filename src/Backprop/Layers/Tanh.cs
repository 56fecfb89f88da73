using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>The hyperbolic tangent of every number, y = tanh(x), between −1 and 1.</summary>
    /// <param name="name">The name of the layer; may be empty.</param>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class Tanh<T>(string name = "") : Layer<T>(name) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc/>
        public override string Type => "tanh";

        /// <inheritdoc/>
        public override Tensor<T> Forward(Tensor<T> input) => input.Tanh();

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) => new Tanh<T>(Name);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.Tanh{T}"/>
        public static Layers.Tanh<T> Tanh(string name = "") => new(name);
    }
}
