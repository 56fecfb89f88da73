using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>The Gaussian error linear unit of every number: x times the share of standard normal numbers below x.</summary>
    /// <param name="approximate">Whether a hyperbolic tangent stands for the normal distribution, as some published networks have it.</param>
    /// <param name="name">The name of the layer; may be empty.</param>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class Gelu<T>(bool approximate = false, string name = "") : Layer<T>(name) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Whether a hyperbolic tangent stands for the normal distribution.</summary>
        public bool Approximate { get; } = approximate;

        /// <inheritdoc/>
        public override string Type => "gelu";

        /// <inheritdoc/>
        public override IReadOnlyList<(string Key, object Value)> Settings => [("approximate", Approximate)];

        /// <inheritdoc/>
        public override Tensor<T> Forward(Tensor<T> input) => Approximate ? input.GeluTanh() : input.Gelu();

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) => new Gelu<T>(Approximate, Name);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.Gelu{T}"/>
        public static Layers.Gelu<T> Gelu(bool approximate = false, string name = "") => new(approximate, name);
    }
}
