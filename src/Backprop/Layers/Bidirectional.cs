using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>Two recurrent networks over the same sequences, one from the start and one from the end, their states side by
    /// side.</summary>
    /// <remarks>
    /// Shapes: x [N, T, D] → [N, T, H + H′] where the networks give all states: beside the state of time step t that has read x_1 … x_t
    /// stands the one
    /// that has read x_T … x_t. Else [N, H + H′]: the last state of each, that of the second after x_1.
    /// Source: Schuster, Paliwal, Bidirectional Recurrent Neural Networks (1997).
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class Bidirectional<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        private const string ForwardName = "forward", BackwardName = "backward";

        /// <summary>Makes the layer of two networks.</summary>
        /// <param name="forward">Reads from the start.</param>
        /// <param name="backward">Reads from the end.</param>
        /// <param name="name">The first part of the parameters' paths; may be empty.</param>
        /// <exception cref="ArgumentException">The networks read different inputs, only one gives all states, or both are the same
        /// layer.</exception>
        public Bidirectional(RecurrentLayer<T> forward, RecurrentLayer<T> backward, string name = "") : base(name)
        {
            ArgumentNullException.ThrowIfNull(forward);
            ArgumentNullException.ThrowIfNull(backward);
            if (forward.Inputs != backward.Inputs || forward.ReturnSequences != backward.ReturnSequences)
                throw new ArgumentException(
                    $"Bidirectional: both networks read the same and give alike; forward reads {forward.Inputs} numbers and gives {Given(forward)}, " +
                    $"backward reads {backward.Inputs} and gives {Given(backward)}.", nameof(backward));
            if (forward == backward) throw new ArgumentException("Bidirectional: forward and backward are the same layer; make two.", nameof(backward));
            (FromStart, FromEnd) = (forward, backward);

            static string Given(RecurrentLayer<T> layer) => layer.ReturnSequences ? "all states" : "the last state";
        }

        /// <summary>The network that reads from the start.</summary>
        public RecurrentLayer<T> FromStart { get; }

        /// <summary>The network that reads from the end.</summary>
        public RecurrentLayer<T> FromEnd { get; }

        /// <inheritdoc/>
        public override string Type => "bidirectional";

        /// <inheritdoc/>
        public override Tensor<T> Forward(Tensor<T> input) => Forward(input, lengths: null);

        /// <summary>Computes the output of a batch of sequences of different lengths; each is read from its own end.</summary>
        /// <param name="input">x, [N, T, D]; behind the end of a sequence stands padding.</param>
        /// <param name="lengths">[N], how many time steps each sequence has, 1 to T; all of them if null. Give it to Record, so that it
        /// can be replayed.</param>
        /// <exception cref="ShapeException">The input or the lengths have another shape, or there is no time step.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A length is outside its range.</exception>
        public Tensor<T> Forward(Tensor<T> input, Indices? lengths)
        {
            ArgumentNullException.ThrowIfNull(input);
            var forward = Within.Run(ForwardName, input.Tape, () => FromStart.Forward(input, lengths));
            var reversed = input.Reverse(1, lengths);
            var backward = Within.Run(BackwardName, input.Tape, () => FromEnd.Forward(reversed, lengths));
            return FromStart.ReturnSequences ? Nn<T>.Concat(2, forward, backward.Reverse(1, lengths)) : Nn<T>.Concat(1, forward, backward);
        }

        /// <inheritdoc/>
        public override Bidirectional<T> Unroll(Func<RecurrentLayer<T>, int?> truncate) => new(FromStart.Unroll(truncate), FromEnd.Unroll(truncate), Name);

        /// <inheritdoc/>
        protected internal override IEnumerable<(string Path, Parameter<T> Parameter)> OwnParameters() =>
            [.. Within.ParametersOf(ForwardName, FromStart), .. Within.ParametersOf(BackwardName, FromEnd)];

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) =>
            new Bidirectional<T>((RecurrentLayer<T>)FromStart.Copy(parameter), (RecurrentLayer<T>)FromEnd.Copy(parameter), Name);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.Bidirectional{T}(Layers.RecurrentLayer{T}, Layers.RecurrentLayer{T}, string)"/>
        public static Layers.Bidirectional<T> Bidirectional(
            Layers.RecurrentLayer<T> forward, Layers.RecurrentLayer<T> backward, string name = "") => new(forward, backward, name);
    }
}
