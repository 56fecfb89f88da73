using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>Numbers along the last axis made probabilities: positive, with sum 1.</summary>
    /// <remarks>A loss that takes logits (softmax cross-entropy) has its own softmax: such a model ends without this layer.</remarks>
    /// <param name="name">The name of the layer; may be empty.</param>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class Softmax<T>(string name = "") : Layer<T>(name) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc/>
        public override string Type => "softmax";

        /// <inheritdoc/>
        public override Tensor<T> Forward(Tensor<T> input) => input.Softmax();

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) => new Softmax<T>(Name);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.Softmax{T}"/>
        public static Layers.Softmax<T> Softmax(string name = "") => new(name);
    }
}
