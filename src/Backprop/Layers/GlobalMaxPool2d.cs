using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>The largest number of every channel of a picture: from pictures of any size to rows for a <see cref="Linear{T}"/> layer.</summary>
    /// <remarks>Shapes: x [N, C, H, W] → y [N, C].</remarks>
    /// <param name="name">The name of the layer; may be empty.</param>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class GlobalMaxPool2d<T>(string name = "") : Layer<T>(name) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc/>
        public override string Type => "global_max_pool2d";

        /// <inheritdoc/>
        public override Tensor<T> Forward(Tensor<T> input) => input.GlobalMaxPool2d();

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) => new GlobalMaxPool2d<T>(Name);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.GlobalMaxPool2d{T}"/>
        public static Layers.GlobalMaxPool2d<T> GlobalMaxPool2d(string name = "") => new(name);
    }
}
