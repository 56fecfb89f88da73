using System.Globalization;
using System.Numerics;

namespace Backprop.Tensors
{
    /// <summary>Numbers in a row-major, contiguous block with a shape, and, after <see cref="Tape{T}.Backward(Tensor{T}, bool)"/>,
    /// the gradient of the loss with respect to them.</summary>
    /// <remarks>A tensor that a program makes owns its values; one that an operation recorded lends them from its tape and is gone
    /// with it (<see cref="Copy"/> takes it off). Nothing here is disposable.</remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public abstract partial class Tensor<T> : IInput where T : unmanaged, IFloatingPointIeee754<T>
    {
        private protected Tensor(Shape shape, T[]? values, int offset, string name)
        {
            if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
                throw new NotSupportedException($"Tensor<{typeof(T).Name}>: tensors hold float or double.");
            Shape = shape;
            Name = name;
            this.values = values;
            valuesOffset = offset;
        }

        /// <summary>The sizes of the axes.</summary>
        public Shape Shape { get; }

        /// <summary>The number of elements.</summary>
        public int Length => Shape.Elements;

        /// <summary>How the tensor is called in messages and explanations; may be empty.</summary>
        public string Name { get; private protected set; }

        /// <summary>The operation whose output this is; null for a parameter, an input or a constant.</summary>
        public Operation<T>? Source { get; internal set; }

        /// <summary>The values, row-major, of the last run.</summary>
        /// <exception cref="ObjectDisposedException">The tape that recorded this value is disposed.</exception>
        public ReadOnlySpan<T> Values => Writable;

        /// <summary>The gradient of the loss with respect to each value, row-major.</summary>
        /// <exception cref="InvalidOperationException">There is none: no loss reached this tensor.</exception>
        public ReadOnlySpan<T> Gradient => HasGradient ? WritableGradient : throw NoGradient();

        /// <summary>Whether the last backward pass reached this tensor.</summary>
        public bool HasGradient
        {
            get => hasGradient && (Source is null || Tape!.HasRunBackward);
            internal set => hasGradient = value;
        }

        /// <summary>The only value of a tensor with one element: a loss as a number.</summary>
        /// <exception cref="ShapeException">The tensor has more or fewer elements.</exception>
        public T Value => Length == 1 ? Values[0]
            : throw new ShapeException("Value", $"{Shape} has {Length} elements, one is needed; index it, or take its Sum or Mean", Shape);

        /// <summary>One value by its position, an index per axis.</summary>
        /// <exception cref="ShapeException">The position has another number of indices than the tensor has axes, or lies outside.</exception>
        public T this[params ReadOnlySpan<int> position] => Values[IndexOf(position)];

        /// <summary>Raised by every write to a parameter, an input or a constant, so that a backward pass on changed values is found out.</summary>
        public long Version { get; private set; }

        /// <summary>The open tape that this tensor is watched or recorded by, or the sealed one that recorded it.</summary>
        internal Tape<T>? Tape { get; set; }

        object? IInput.Watcher
        {
            get => Tape;
            set => Tape = (Tape<T>?)value;
        }

        /// <summary>Whether a backward pass computes a gradient for this tensor.</summary>
        internal virtual bool WantsGradient { get; set; }

        /// <summary>The position of an element in the row-major order.</summary>
        /// <exception cref="ShapeException">The position has another number of indices than the tensor has axes, or lies outside.</exception>
        public int IndexOf(params ReadOnlySpan<int> position)
        {
            if (position.Length != Shape.Rank)
                throw new ShapeException("Index", $"{position.Length} indices came, {Shape} needs {Shape.Rank}", Shape);
            int index = 0;
            for (int axis = 0; axis < position.Length; axis++)
            {
                if ((uint)position[axis] >= (uint)Shape[axis])
                    throw new ShapeException("Index", $"{position[axis]} on axis {axis} is outside {Shape}", Shape);
                index = index * Shape[axis] + position[axis];
            }
            return index;
        }

        /// <summary>Replaces all values, row-major.</summary>
        /// <exception cref="ShapeException">The number of values is not the number of elements.</exception>
        /// <exception cref="InvalidOperationException">An operation computed this tensor: replay its tape, with a pin if need be.</exception>
        public void Set(ReadOnlySpan<T> values)
        {
            if (values.Length != Length)
                throw new ShapeException("Set", $"{values.Length} values came, {Shape} needs {Length}", Shape);
            values.CopyTo(ForWriting());
        }

        /// <summary>Replaces one value.</summary>
        /// <param name="index">Its position in the row-major order, see <see cref="IndexOf"/>.</param>
        /// <param name="value">The new value.</param>
        /// <exception cref="ArgumentOutOfRangeException">The index is outside 0 … Length − 1.</exception>
        /// <exception cref="InvalidOperationException">An operation computed this tensor: replay its tape, with a pin if need be.</exception>
        public void Set(int index, T value)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Length);
            ForWriting()[index] = value;
        }

        /// <summary>A tensor of its own with the same values: takes a value off its tape (a recurrent state between batches, a logged loss).</summary>
        public Tensor<T> Copy() => new PlainTensor<T>(Shape, Values.ToArray(), 0, Name);

        /// <summary>Gives the tensor a name for explanations and messages.</summary>
        /// <returns>The same tensor.</returns>
        public Tensor<T> Named(string name)
        {
            Name = name;
            return this;
        }

        /// <summary>The shape and the first values.</summary>
        public override string ToString()
        {
            if (values is null) return $"Tensor {Shape}, without values";
            var first = Values[..Math.Min(8, Length)].ToArray().Select(v => v.ToString("G6", CultureInfo.InvariantCulture));
            return $"Tensor {Shape}: {string.Join(" ", first)}{(Length > 8 ? " …" : "")}";
        }

        /// <summary>The values for a writer outside the tape.</summary>
        private protected Span<T> ForWriting()
        {
            if (Source is not null)
                throw new InvalidOperationException(
                    $"{Source.Name} computed this tensor, so its values follow from its inputs: set those, or Replay the tape with a Pin.");
            Version++;
            return Writable;
        }

    }

    /// <summary>A tensor that is no parameter: an input, a constant, or the output of an operation.</summary>
    internal sealed class PlainTensor<T>(Shape shape, T[]? values, int offset, string name) : Tensor<T>(shape, values, offset, name)
        where T : unmanaged, IFloatingPointIeee754<T>;
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <summary>A tensor with its values, row-major: <c>Tensor([2, 2], 0, 1, 1, 0)</c>. The values are copied.</summary>
        /// <exception cref="Tensors.ShapeException">The number of values is not the number of elements of the shape.</exception>
        public static Tensors.Tensor<T> Tensor(Tensors.Shape shape, params ReadOnlySpan<T> values)
        {
            ArgumentNullException.ThrowIfNull(shape);
            return values.Length == shape.Elements ? new Tensors.PlainTensor<T>(shape, values.ToArray(), 0, "")
                : throw new Tensors.ShapeException("Tensor", $"{values.Length} values came, {shape} needs {shape.Elements}", shape);
        }

        /// <summary>A tensor whose every value is the same.</summary>
        public static Tensors.Tensor<T> Filled(Tensors.Shape shape, T value)
        {
            ArgumentNullException.ThrowIfNull(shape);
            var values = new T[shape.Elements];
            values.AsSpan().Fill(value);
            return new Tensors.PlainTensor<T>(shape, values, 0, "");
        }

        /// <summary>A tensor of zeros.</summary>
        public static Tensors.Tensor<T> Zeros(Tensors.Shape shape) => Filled(shape, T.Zero);
    }
}
