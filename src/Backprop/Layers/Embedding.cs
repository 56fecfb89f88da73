using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>A learnt vector for each token: a table, of which the rows are taken by number.</summary>
    /// <remarks>
    /// Shapes: tokens [N] → [N, D], [N, T] → [N, T, D]; W [V, D].
    /// Tokens are <see cref="Indices"/>, or whole numbers in a tensor, as data sets and files of networks have them.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class Embedding<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Makes the layer with drawn vectors.</summary>
        /// <param name="vocabulary">V, the number of tokens, 1 or more.</param>
        /// <param name="units">D, the length of the vectors, 1 or more.</param>
        /// <param name="random">The source of chance.</param>
        /// <param name="weight">Draws the table; the standard normal distribution if left out.</param>
        /// <param name="name">The first part of the parameter's path; may be empty.</param>
        /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
        public Embedding(int vocabulary, int units, Random random, Initializer<T>? weight = null, string name = "") : base(name) =>
            Weight = (weight ?? Nn<T>.Normal()).Parameter(
                "weight", [Size.AtLeastOne("Embedding", nameof(vocabulary), vocabulary), Size.AtLeastOne("Embedding", nameof(units), units)],
                vocabulary, units, random);

        /// <summary>Makes the layer from given vectors.</summary>
        /// <param name="weight">W, [V, D]. A parameter is taken as it is, so that two layers can share it; other tensors are copied.</param>
        /// <param name="name">The first part of the parameter's path; may be empty.</param>
        /// <exception cref="ShapeException">It is no matrix.</exception>
        public Embedding(Tensor<T> weight, string name = "") : base(name)
        {
            ArgumentNullException.ThrowIfNull(weight);
            if (weight.Shape.Rank != 2 || weight.Length == 0)
                throw new ShapeException("Embedding", $"the weight {weight.Shape} came, [vocabulary, units] is needed", weight.Shape);
            Weight = weight.AsParameter("weight");
        }

        /// <summary>W, [V, D].</summary>
        public Parameter<T> Weight { get; }

        /// <inheritdoc/>
        public override string Type => "embedding";

        /// <inheritdoc/>
        public override IReadOnlyList<(string Key, object Value)> Settings => [("vocabulary", Weight.Shape[0]), ("units", Weight.Shape[1])];

        /// <inheritdoc/>
        /// <exception cref="ArgumentOutOfRangeException">A number is not whole, or no token of the vocabulary.</exception>
        public override Tensor<T> Forward(Tensor<T> input) => Weight.Embed(input);

        /// <inheritdoc/>
        /// <exception cref="ArgumentOutOfRangeException">An index is no token of the vocabulary.</exception>
        public override Tensor<T> Forward(Indices input) => Weight.Gather(input);

        /// <inheritdoc/>
        protected internal override IEnumerable<(string Path, Parameter<T> Parameter)> OwnParameters() => [("weight", Weight)];

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) => new Embedding<T>(parameter(Weight), Name);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.Embedding{T}(int, int, Random, Layers.Initializer{T}, string)"/>
        public static Layers.Embedding<T> Embedding(
            int vocabulary, int units, Random random, Layers.Initializer<T>? weight = null, string name = "") => new(vocabulary, units, random, weight, name);

        /// <inheritdoc cref="Layers.Embedding{T}(Tensors.Tensor{T}, string)"/>
        public static Layers.Embedding<T> Embedding(Tensors.Tensor<T> weight, string name = "") => new(weight, name);
    }
}
