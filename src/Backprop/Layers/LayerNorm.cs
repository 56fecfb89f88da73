using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>Brings the numbers of every sample to mean 0 and deviation 1 along the last axes, then scales and shifts each by what it has learnt,
    /// y = γ·x̂ + β.</summary>
    /// <remarks>
    /// Shapes: x [.., axes] → the same; γ and β [axes]. No sample sees another: it computes the same in training and inference, and batches of one do.
    /// Source: Ba, Kiros, Hinton, Layer Normalization (2016).
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class LayerNorm<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Makes the layer as it begins: γ 1, β 0.</summary>
        /// <param name="axes">The last axes of what comes in, those that are normalised together: <c>[64]</c>, or <c>[3, 8, 8]</c> for whole
        /// pictures.</param>
        /// <param name="epsilon">Added to the variance, above 0.</param>
        /// <param name="name">The first part of the parameters' paths; may be empty.</param>
        /// <exception cref="ShapeException">There are no axes, or one is empty.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Epsilon is outside its range.</exception>
        public LayerNorm(Shape axes, double epsilon = 1e-5, string name = "")
            : this(Nn<T>.Filled(axes, T.One), Nn<T>.Zeros(axes), epsilon, name)
        {
        }

        /// <summary>Makes the layer from given numbers.</summary>
        /// <param name="scale">γ, [axes]. A parameter is taken as it is, so that two layers can share it; other tensors are copied.</param>
        /// <param name="shift">β, [axes].</param>
        /// <param name="epsilon">Added to the variance, above 0.</param>
        /// <param name="name">The first part of the parameters' paths; may be empty.</param>
        /// <exception cref="ShapeException">There are no axes, one is empty, or the shapes differ.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Epsilon is outside its range.</exception>
        public LayerNorm(Tensor<T> scale, Tensor<T> shift, double epsilon = 1e-5, string name = "") : base(name)
        {
            ArgumentNullException.ThrowIfNull(scale);
            ArgumentNullException.ThrowIfNull(shift);
            if (scale.Shape.Rank == 0 || scale.Length == 0)
                throw new ShapeException("LayerNorm", $"the axes {scale.Shape} came, one or more of 1 or more numbers are needed", scale.Shape);
            if (shift.Shape != scale.Shape)
                throw new ShapeException("LayerNorm", $"the shift {shift.Shape} came, the scale {scale.Shape} needs the same", scale.Shape, shift.Shape);
            Epsilon = LayerNormOp<T>.CheckEpsilon(epsilon);
            (Scale, Shift) = (scale.AsParameter("scale"), shift.AsParameter("shift"));
        }

        /// <summary>γ, [axes].</summary>
        public Parameter<T> Scale { get; }

        /// <summary>β, [axes].</summary>
        public Parameter<T> Shift { get; }

        /// <summary>The last axes of what comes in, those that are normalised together.</summary>
        public Shape Axes => Scale.Shape;

        /// <summary>Added to the variance.</summary>
        public double Epsilon { get; }

        /// <inheritdoc/>
        public override string Type => "layer_norm";

        /// <inheritdoc/>
        public override IReadOnlyList<(string Key, object Value)> Settings => [("axes", Axes.Rank), ("epsilon", Epsilon)];

        /// <inheritdoc/>
        public override Tensor<T> Forward(Tensor<T> input) => input.LayerNorm(Scale, Shift, Epsilon);

        /// <inheritdoc/>
        protected internal override IEnumerable<(string Path, Parameter<T> Parameter)> OwnParameters() => [("scale", Scale), ("shift", Shift)];

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) =>
            new LayerNorm<T>(parameter(Scale), parameter(Shift), Epsilon, Name);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.LayerNorm{T}(Tensors.Shape, double, string)"/>
        public static Layers.LayerNorm<T> LayerNorm(Tensors.Shape axes, double epsilon = 1e-5, string name = "") => new(axes, epsilon, name);

        /// <inheritdoc cref="Layers.LayerNorm{T}(Tensors.Tensor{T}, Tensors.Tensor{T}, double, string)"/>
        public static Layers.LayerNorm<T> LayerNorm(Tensors.Tensor<T> scale, Tensors.Tensor<T> shift, double epsilon = 1e-5, string name = "") =>
            new(scale, shift, epsilon, name);
    }
}
