using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>The exponential linear unit of every number: x above 0, α·(eˣ − 1) below.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class Elu<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Makes the layer.</summary>
        /// <param name="alpha">α, a finite number: −α is what far negative numbers approach; 1 is the usual one.</param>
        /// <param name="name">The name of the layer; may be empty.</param>
        /// <exception cref="ArgumentOutOfRangeException">α is not finite.</exception>
        public Elu(double alpha = 1, string name = "") : base(name) => Alpha = double.IsFinite(alpha) ? alpha
            : throw new ArgumentOutOfRangeException(null, FormattableString.Invariant($"Elu: alpha is {alpha}, a finite number is needed."));

        /// <summary>α.</summary>
        public double Alpha { get; }

        /// <inheritdoc/>
        public override string Type => "elu";

        /// <inheritdoc/>
        public override IReadOnlyList<(string Key, object Value)> Settings => [("alpha", Alpha)];

        /// <inheritdoc/>
        public override Tensor<T> Forward(Tensor<T> input) => input.Elu(Alpha);

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) => new Elu<T>(Alpha, Name);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.Elu{T}(double, string)"/>
        public static Layers.Elu<T> Elu(double alpha = 1, string name = "") => new(alpha, name);
    }
}
