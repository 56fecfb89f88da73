using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>Rows of a table of which some columns hold tokens: each token is replaced by its learnt vector, the other columns stay.</summary>
    /// <remarks>
    /// Shapes: x [N, D] → y [N, D − k + E₁ + … + E_k], for k embedded columns; each vector stands where its token stood.
    /// Tokens are whole numbers from 0, exact in float up to 16,777,216.
    /// Source: Guo, Berkhahn, Entity Embeddings of Categorical Variables (2016), §III.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class EmbeddedColumns<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly int[] columns;
        private readonly Embedding<T>[] embeddings;

        /// <summary>Gives each of some columns its embedding. One without a name is called by its ordinal: <c>embedding1</c>.</summary>
        /// <param name="columns">The columns that hold tokens, counted from 0, in ascending order.</param>
        /// <param name="embeddings">The vectors of each of these columns.</param>
        /// <exception cref="ArgumentException">There is no column, they do not ascend, there is not one embedding for each, or two have the same name.</exception>
        public EmbeddedColumns(ReadOnlySpan<int> columns, params ReadOnlySpan<Embedding<T>> embeddings) : this("", columns, embeddings)
        {
        }

        /// <summary>Gives each of some columns its embedding, under a name.</summary>
        /// <param name="name">The first part of the parameters' paths; may be empty.</param>
        /// <param name="columns">The columns that hold tokens, counted from 0, in ascending order.</param>
        /// <param name="embeddings">The vectors of each of these columns.</param>
        /// <exception cref="ArgumentException">There is no column, they do not ascend, there is not one embedding for each, or two have the same name.</exception>
        public EmbeddedColumns(string name, ReadOnlySpan<int> columns, params ReadOnlySpan<Embedding<T>> embeddings) : base(name)
        {
            LayerNames = Within.NameAll<T>("EmbeddedColumns", [.. embeddings]);
            if (columns.Length != embeddings.Length)
                throw new ArgumentException(
                    $"EmbeddedColumns: {columns.Length} columns and {embeddings.Length} embeddings came; each column needs one.", nameof(columns));
            for (int i = 0; i < columns.Length; i++)
                if (columns[i] < 0 || (i > 0 && columns[i] <= columns[i - 1]))
                    throw new ArgumentException(
                        $"EmbeddedColumns: the columns {string.Join(", ", columns.ToArray())} came; they count from 0 and ascend.", nameof(columns));
            this.columns = columns.ToArray();
            this.embeddings = embeddings.ToArray();
        }

        /// <summary>The columns that hold tokens, ascending.</summary>
        public IReadOnlyList<int> Columns => columns;

        /// <summary>The vectors of each of <see cref="Columns"/>.</summary>
        public IReadOnlyList<Embedding<T>> Embeddings => embeddings;

        /// <summary>The names of the embeddings, given or made.</summary>
        public IReadOnlyList<string> LayerNames { get; }

        /// <inheritdoc/>
        public override string Type => "embedded_columns";

        /// <inheritdoc/>
        public override IReadOnlyList<(string Key, object Value)> Settings => [("columns", columns)];

        /// <summary>The columns of an input in order, in runs: one that an embedding reads, or as many as lie between two of those.</summary>
        /// <param name="inputs">D, the number of columns.</param>
        /// <returns>The first column of each run, how many there are, and which of <see cref="Embeddings"/> reads it; −1 where none does.</returns>
        public IEnumerable<(int Start, int Length, int Embedding)> Runs(int inputs)
        {
            int next = 0;
            for (int i = 0; i < columns.Length; next = columns[i++] + 1)
            {
                if (columns[i] > next) yield return (next, columns[i] - next, -1);
                yield return (columns[i], 1, i);
            }
            if (inputs > next) yield return (next, inputs - next, -1);
        }

        /// <inheritdoc/>
        /// <exception cref="ArgumentOutOfRangeException">A number of an embedded column is not whole, or no token of its vocabulary.</exception>
        public override Tensor<T> Forward(Tensor<T> input) => Run(input, (layer, _, x) => layer.Forward(x));

        /// <inheritdoc/>
        protected internal override IEnumerable<(string Path, Parameter<T> Parameter)> OwnParameters() =>
            embeddings.Zip(LayerNames).SelectMany(pair => Within.ParametersOf(pair.Second, pair.First));

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) =>
            new EmbeddedColumns<T>(Name, columns, [.. embeddings.Select(embedding => (Embedding<T>)embedding.Copy(parameter))]);

        internal override Tensor<T> Describe(string path, Tensor<T> input, List<LayerRow> rows) =>
            Within.Describe(this, path, rows, forward => Run(input, forward));

        private Tensor<T> Run(Tensor<T> input, Func<Layer<T>, string, Tensor<T>, Tensor<T>> forward)
        {
            ArgumentNullException.ThrowIfNull(input);
            var shape = input.Shape;
            if (shape.Rank != 2 || shape[1] <= columns[^1])
                throw new ShapeException("EmbeddedColumns", $"x {shape} came; rows [N, D] with a column {columns[^1]}, counted from 0, are needed", shape);
            Tensor<T>[] parts = [.. Runs(shape[1]).Select(run =>
            {
                var part = input.Slice(1, run.Start, run.Length);
                return run.Embedding < 0 ? part
                    : Within.Run(LayerNames[run.Embedding], embeddings[run.Embedding], part.Reshape([shape[0]]), forward);
            })];
            return parts.Length == 1 ? parts[0] : Nn<T>.Concat(1, parts);
        }
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.EmbeddedColumns{T}(ReadOnlySpan{int}, ReadOnlySpan{Layers.Embedding{T}})"/>
        public static Layers.EmbeddedColumns<T> EmbeddedColumns(ReadOnlySpan<int> columns, params ReadOnlySpan<Layers.Embedding<T>> embeddings) =>
            new(columns, embeddings);

        /// <inheritdoc cref="Layers.EmbeddedColumns{T}(string, ReadOnlySpan{int}, ReadOnlySpan{Layers.Embedding{T}})"/>
        public static Layers.EmbeddedColumns<T> EmbeddedColumns(
            string name, ReadOnlySpan<int> columns, params ReadOnlySpan<Layers.Embedding<T>> embeddings) => new(name, columns, embeddings);
    }
}
