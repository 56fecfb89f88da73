using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>The leaky rectifier of every number: x above 0, slope·x below.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class LeakyRelu<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Makes the layer.</summary>
        /// <param name="slope">The slope below 0, a finite number; 0.01 is the usual one.</param>
        /// <param name="name">The name of the layer; may be empty.</param>
        /// <exception cref="ArgumentOutOfRangeException">The slope is not finite.</exception>
        public LeakyRelu(double slope = 0.01, string name = "") : base(name) => Slope = double.IsFinite(slope) ? slope
            : throw new ArgumentOutOfRangeException(null, FormattableString.Invariant($"LeakyRelu: the slope is {slope}, a finite number is needed."));

        /// <summary>The slope below 0.</summary>
        public double Slope { get; }

        /// <inheritdoc/>
        public override string Type => "leaky_relu";

        /// <inheritdoc/>
        public override IReadOnlyList<(string Key, object Value)> Settings => [("slope", Slope)];

        /// <inheritdoc/>
        public override Tensor<T> Forward(Tensor<T> input) => input.LeakyRelu(Slope);

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) => new LeakyRelu<T>(Slope, Name);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.LeakyRelu{T}(double, string)"/>
        public static Layers.LeakyRelu<T> LeakyRelu(double slope = 0.01, string name = "") => new(slope, name);
    }
}
