namespace Backprop.Tensors
{
    /// <summary>Whole numbers that point at something: classes, tokens, positions to gather.</summary>
    /// <remarks>Never negative in use; each operation that reads them checks their range before it writes anything.</remarks>
    public sealed class Indices : IInput
    {
        private readonly int[] values;
        private int[]? before;

        /// <summary>Makes indices of a shape.</summary>
        /// <exception cref="ShapeException">The number of values is not the number of elements of the shape.</exception>
        public Indices(Shape shape, params ReadOnlySpan<int> values)
        {
            ArgumentNullException.ThrowIfNull(shape);
            if (values.Length != shape.Elements)
                throw new ShapeException("Indices", $"{values.Length} values came, {shape} needs {shape.Elements}", shape);
            Shape = shape;
            this.values = values.ToArray();
        }

        /// <inheritdoc/>
        public Shape Shape { get; }

        /// <summary>The whole numbers, row-major.</summary>
        public ReadOnlySpan<int> Values => values;

        /// <summary>How they are called in messages and explanations; may be empty.</summary>
        public string Name { get; init; } = "";

        object? IInput.Watcher { get; set; }

        /// <summary>Raised by every write, so that a backward pass on changed values is found out.</summary>
        internal long Version { get; private set; }

        /// <summary>Replaces the whole numbers.</summary>
        /// <exception cref="ShapeException">The number of values is not the number of elements.</exception>
        public void Set(ReadOnlySpan<int> values)
        {
            if (values.Length != this.values.Length)
                throw new ShapeException("Indices.Set", $"{values.Length} values came, {Shape} needs {Shape.Elements}", Shape);
            values.CopyTo(this.values);
            Version++;
        }

        /// <summary>Throws unless every index lies in 0 … <paramref name="count"/> − 1.</summary>
        /// <exception cref="ArgumentOutOfRangeException">One does not; the message has its position and the range.</exception>
        public void Check(string operation, int count)
        {
            for (int i = 0; i < values.Length; i++)
                if ((uint)values[i] >= (uint)count)
                    throw new ArgumentOutOfRangeException(
                        null, $"{operation}: index {values[i]} at {Shape.Position(i)} is outside 0 … {count - 1}");
        }

        /// <summary>Writable values, for an operation of this library that keeps positions.</summary>
        internal Span<int> Writable => values;

        /// <summary>Takes other values and remembers the present ones, so that a refused replay can undo.</summary>
        internal void Exchange(Indices other)
        {
            before ??= new int[values.Length];
            values.CopyTo(before, 0);
            other.values.CopyTo(values, 0);
        }

        /// <summary>Takes back the last <see cref="Exchange"/>.</summary>
        internal void Undo() => before?.CopyTo(values, 0);

        /// <summary>The shape and the first values.</summary>
        public override string ToString() => $"Indices {Shape}: {string.Join(" ", values.Take(8))}{(values.Length > 8 ? " …" : "")}";
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <summary>Indices of a shape: classes, tokens, positions.</summary>
        public static Tensors.Indices Indices(Tensors.Shape shape, params ReadOnlySpan<int> values) => new(shape, values);
    }
}
