using System.Numerics;

namespace Backprop.Tensors
{
    /// <summary>A tensor that training changes: it owns its values and its gradient.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class Parameter<T> : Tensor<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Makes a parameter; the values are copied.</summary>
        /// <param name="shape">The sizes of the axes.</param>
        /// <param name="values">The first values, row-major.</param>
        /// <param name="name">Its name within its layer: "weight", "bias".</param>
        /// <exception cref="ShapeException">The number of values is not the number of elements of the shape.</exception>
        public Parameter(Shape shape, ReadOnlySpan<T> values, string name = "") : base(shape, values.ToArray(), 0, name)
        {
            if (values.Length != shape.Elements)
                throw new ShapeException("Parameter", $"{values.Length} values came, {shape} needs {shape.Elements}", shape);
        }

        private Parameter(Shape shape, string name) : base(shape, null, 0, name) { }

        /// <summary>Whether a recording computes a gradient for this parameter and optimizers change it. Frozen parameters say false.</summary>
        /// <remarks>Takes effect with the next recording.</remarks>
        public bool Trainable { get; set; } = true;

        /// <summary>Raised by every backward pass that writes the gradient, so that a reader finds out whose it is.</summary>
        internal long GradientVersion { get; set; }

        internal override bool WantsGradient
        {
            get => Trainable && Tape is not null;
            set => throw new InvalidOperationException("A parameter wants a gradient where it is trainable and on the tape.");
        }

        /// <summary>A parameter whose memory is still to come, by <see cref="Tensor{T}.LendValues"/>: what a file describes is held against what it
        /// contains before anything is allocated.</summary>
        internal static Parameter<T> Unfilled(Shape shape, string name) => new(shape, name);

        /// <summary>The values for a writer; counts as a write.</summary>
        internal Span<T> ForUpdate() => ForWriting();

        /// <summary>Makes sure that there is memory for the gradient; it stays with the parameter.</summary>
        internal void HoldGradient()
        {
            if (!HoldsGradientMemory) LendGradient(new T[Length], 0);
        }
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <summary>A parameter with its first values, row-major: a tensor whose gradient is wanted.</summary>
        /// <exception cref="Tensors.ShapeException">The number of values is not the number of elements of the shape.</exception>
        public static Tensors.Parameter<T> Parameter(Tensors.Shape shape, params ReadOnlySpan<T> values) => new(shape, values);
    }
}
