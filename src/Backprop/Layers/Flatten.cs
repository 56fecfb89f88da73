using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>All axes but the batch become one: from pictures to rows for a <see cref="Linear{T}"/> layer.</summary>
    /// <remarks>Shapes: x [N, C, H, W] → y [N, C·H·W].</remarks>
    /// <param name="name">The name of the layer; may be empty.</param>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class Flatten<T>(string name = "") : Layer<T>(name) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc/>
        public override string Type => "flatten";

        /// <inheritdoc/>
        public override Tensor<T> Forward(Tensor<T> input) => input.Flatten();

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) => new Flatten<T>(Name);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.Flatten{T}"/>
        public static Layers.Flatten<T> Flatten(string name = "") => new(name);
    }
}
