using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>The average of every channel of a picture: from pictures of any size to rows for a <see cref="Linear{T}"/> layer.</summary>
    /// <remarks>Shapes: x [N, C, H, W] → y [N, C].</remarks>
    /// <param name="name">The name of the layer; may be empty.</param>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class GlobalAveragePool2d<T>(string name = "") : Layer<T>(name) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc/>
        public override string Type => "global_average_pool2d";

        /// <inheritdoc/>
        public override Tensor<T> Forward(Tensor<T> input) => input.GlobalAveragePool2d();

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) => new GlobalAveragePool2d<T>(Name);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.GlobalAveragePool2d{T}"/>
        public static Layers.GlobalAveragePool2d<T> GlobalAveragePool2d(string name = "") => new(name);
    }
}
