using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>The rectifier whose slope below 0 is learnt: one for all numbers, or one for each channel.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class PRelu<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Makes the layer.</summary>
        /// <param name="channels">The number of channels, 1 or more, each with a slope of its own; one slope for all if left out.</param>
        /// <param name="slope">The first slope, a finite number; 0.25 is the usual one.</param>
        /// <param name="name">The first part of the parameter's path; may be empty.</param>
        /// <exception cref="ArgumentOutOfRangeException">The number of channels is below 1, or the slope is not finite.</exception>
        public PRelu(int? channels = null, double slope = 0.25, string name = "") : base(name)
        {
            if (!double.IsFinite(slope))
                throw new ArgumentOutOfRangeException(null, FormattableString.Invariant($"PRelu: the slope is {slope}, a finite number is needed."));
            Shape shape = channels is { } count ? [Size.AtLeastOne("PRelu", nameof(channels), count)] : Shape.Scalar;
            Slope = Nn<T>.Filled(shape, T.CreateTruncating(slope)).AsParameter("slope");
        }

        /// <summary>Makes the layer from given slopes.</summary>
        /// <param name="slope">[] or [C]. A parameter is taken as it is, so that two layers can share it; other tensors are copied.</param>
        /// <param name="name">The first part of the parameter's path; may be empty.</param>
        /// <exception cref="ShapeException">It is neither one number nor a list of them.</exception>
        public PRelu(Tensor<T> slope, string name = "") : base(name)
        {
            ArgumentNullException.ThrowIfNull(slope);
            if (slope.Shape.Rank > 1 || slope.Length == 0)
                throw new ShapeException("PRelu", $"the slope {slope.Shape} came, one number [] or one for each channel [C] is needed", slope.Shape);
            Slope = slope.AsParameter("slope");
        }

        /// <summary>The slope below 0, [] or [C].</summary>
        public Parameter<T> Slope { get; }

        /// <inheritdoc/>
        public override string Type => "prelu";

        /// <inheritdoc/>
        public override IReadOnlyList<(string Key, object Value)> Settings => [("perChannel", Slope.Shape.Rank == 1)];

        /// <inheritdoc/>
        public override Tensor<T> Forward(Tensor<T> input) => input.PRelu(Slope);

        /// <inheritdoc/>
        protected internal override IEnumerable<(string Path, Parameter<T> Parameter)> OwnParameters() => [("slope", Slope)];

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) => new PRelu<T>(parameter(Slope), Name);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.PRelu{T}(int?, double, string)"/>
        public static Layers.PRelu<T> PRelu(int? channels = null, double slope = 0.25, string name = "") => new(channels, slope, name);

        /// <inheritdoc cref="Layers.PRelu{T}(Tensors.Tensor{T}, string)"/>
        public static Layers.PRelu<T> PRelu(Tensors.Tensor<T> slope, string name = "") => new(slope, name);
    }
}
