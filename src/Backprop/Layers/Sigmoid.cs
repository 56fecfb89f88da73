using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>The logistic function of every number, y = 1 / (1 + e⁻ˣ), between 0 and 1.</summary>
    /// <param name="name">The name of the layer; may be empty.</param>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class Sigmoid<T>(string name = "") : Layer<T>(name) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc/>
        public override string Type => "sigmoid";

        /// <inheritdoc/>
        public override Tensor<T> Forward(Tensor<T> input) => input.Sigmoid();

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) => new Sigmoid<T>(Name);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.Sigmoid{T}"/>
        public static Layers.Sigmoid<T> Sigmoid(string name = "") => new(name);
    }
}
