using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>The sigmoid out of three straight lines of every number: (x + 3)/6 between 0 and 1.</summary>
    /// <param name="name">The name of the layer; may be empty.</param>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class HardSigmoid<T>(string name = "") : Layer<T>(name) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc/>
        public override string Type => "hard_sigmoid";

        /// <inheritdoc/>
        public override Tensor<T> Forward(Tensor<T> input) => input.HardSigmoid();

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) => new HardSigmoid<T>(Name);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.HardSigmoid{T}"/>
        public static Layers.HardSigmoid<T> HardSigmoid(string name = "") => new(name);
    }
}
