using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>A simple recurrent network over a whole sequence: an <see cref="RnnCell{T}"/> at every time step, backpropagated through time.</summary>
    /// <remarks>
    /// Shapes: x [N, T, D] → the last state [N, H], or all of them, [N, T, H]. The state begins at zero, or as given.
    /// The whole sequence is one step of the tape, which keeps h and δ of every time step. Unrolled, each time step stands there by itself, with its
    /// input and state named x_1, x_2, … and h_1, h_2, …: for reading; the values are the same bits, and it is slower.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class Rnn<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Makes the layer with drawn weights, first W_x, then W_h; biases begin at 0.</summary>
        /// <param name="inputs">D, the numbers that each time step reads, 1 or more.</param>
        /// <param name="units">H, the numbers of the state, 1 or more.</param>
        /// <param name="random">The source of chance.</param>
        /// <param name="returnSequences">Whether the output holds the states of all time steps instead of the last.</param>
        /// <param name="truncate">Over how many time steps a gradient flows back, 1 or more; over all if left out. The cuts are counted from the end,
        /// so that the last state reaches exactly that many steps.</param>
        /// <param name="inputWeight">Draws W_x; Glorot uniform if left out.</param>
        /// <param name="recurrentWeight">Draws W_h; orthogonal if left out.</param>
        /// <param name="bias">Whether a bias is added.</param>
        /// <param name="unrolled">Whether each time step stands on the tape by itself.</param>
        /// <param name="name">The first part of the parameters' paths; may be empty.</param>
        /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
        public Rnn(
            int inputs, int units, Random random, bool returnSequences = false, int? truncate = null, Initializer<T>? inputWeight = null,
            Initializer<T>? recurrentWeight = null, bool bias = true, bool unrolled = false, string name = "")
            : this(new RnnCell<T>(inputs, units, random, inputWeight, recurrentWeight, bias), returnSequences, truncate, unrolled, name)
        {
        }

        /// <summary>Makes the layer around a cell, for example one with given weights.</summary>
        /// <param name="cell">What happens at each time step.</param>
        /// <param name="returnSequences">Whether the output holds the states of all time steps instead of the last.</param>
        /// <param name="truncate">Over how many time steps a gradient flows back, 1 or more; over all if left out.</param>
        /// <param name="unrolled">Whether each time step stands on the tape by itself.</param>
        /// <param name="name">The first part of the parameters' paths; may be empty.</param>
        /// <exception cref="ArgumentOutOfRangeException">The truncation is below 1.</exception>
        public Rnn(RnnCell<T> cell, bool returnSequences = false, int? truncate = null, bool unrolled = false, string name = "") : base(name)
        {
            ArgumentNullException.ThrowIfNull(cell);
            if (truncate is { } steps) Size.AtLeastOne("Rnn", nameof(truncate), steps);
            (Cell, ReturnSequences, Truncate, Unrolled) = (cell, returnSequences, truncate, unrolled);
        }

        /// <summary>What happens at each time step.</summary>
        public RnnCell<T> Cell { get; }

        /// <summary>Whether the output holds the states of all time steps.</summary>
        public bool ReturnSequences { get; }

        /// <summary>Over how many time steps a gradient flows back; null for all.</summary>
        public int? Truncate { get; }

        /// <summary>Whether each time step stands on the tape by itself.</summary>
        public bool Unrolled { get; }

        /// <inheritdoc/>
        public override string Type => "rnn";

        /// <inheritdoc/>
        public override IReadOnlyList<(string Key, object Value)> Settings
        {
            get
            {
                var settings = new List<(string, object)> { ("units", Cell.Units), ("returnSequences", ReturnSequences) };
                if (Truncate is { } steps) settings.Add(("truncate", steps));
                if (Cell.Bias is null) settings.Add(("bias", false));
                if (Unrolled) settings.Add(("unrolled", true));
                return settings;
            }
        }

        /// <inheritdoc/>
        public override Tensor<T> Forward(Tensor<T> input)
        {
            Check(input);
            // On a dry tape the first state is a mere shape as well, so that nothing is multiplied.
            var start = input.Tape is { ShapesOnly: true } dry
                ? new PlainTensor<T>([input.Shape[0], Cell.Units], null, 0, "h_0") { Tape = dry } : Cell.Start(input.Shape[0]);
            return Run(input, start);
        }

        /// <summary>Computes the output from a given first state: a stream that goes on from batch to batch.</summary>
        /// <param name="input">x, [N, T, D].</param>
        /// <param name="initialState">h_0, [N, H]; of an earlier tape take a <see cref="Tensor{T}.Copy"/>.</param>
        /// <returns>The output, and the last state, [N, H], to go on from.</returns>
        /// <exception cref="ShapeException">The input or the state has another shape, or there is no time step.</exception>
        public (Tensor<T> Output, Tensor<T> State) Forward(Tensor<T> input, Tensor<T> initialState)
        {
            Check(input);
            var output = Run(input, initialState);
            return (output, ReturnSequences ? output.Select(1, input.Shape[1] - 1) : output);
        }

        private Tensor<T> Run(Tensor<T> input, Tensor<T> start)
        {
            var output = Unrolled
                ? input.UnrolledRnn(start, Cell.InputWeight, Cell.RecurrentWeight, Cell.Bias, new(ReturnSequences, Truncate, null, false), RnnActivation.Tanh)
                : input.Rnn(start, Cell.InputWeight, Cell.RecurrentWeight, Cell.Bias, ReturnSequences, Truncate);
            return output.Named(ReturnSequences ? "h" : $"h_{input.Shape[1]}");
        }

        /// <inheritdoc/>
        protected internal override IEnumerable<(string Path, Parameter<T> Parameter)> OwnParameters() => Cell.OwnParameters();

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) =>
            new Rnn<T>(Cell.Copy(parameter), ReturnSequences, Truncate, Unrolled, Name);

        private void Check(Tensor<T> input)
        {
            ArgumentNullException.ThrowIfNull(input);
            if (input.Shape.Rank != 3 || input.Shape[1] == 0 || input.Shape[2] != Cell.Inputs)
                throw new ShapeException("Rnn", $"x {input.Shape} came, [N, T, {Cell.Inputs}] with at least one time step is needed", input.Shape);
        }
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.Rnn{T}(int, int, Random, bool, int?, Layers.Initializer{T}, Layers.Initializer{T}, bool, bool, string)"/>
        public static Layers.Rnn<T> Rnn(
            int inputs, int units, Random random, bool returnSequences = false, int? truncate = null, Layers.Initializer<T>? inputWeight = null,
            Layers.Initializer<T>? recurrentWeight = null, bool bias = true, bool unrolled = false, string name = "") =>
            new(inputs, units, random, returnSequences, truncate, inputWeight, recurrentWeight, bias, unrolled, name);

        /// <inheritdoc cref="Layers.Rnn{T}(Layers.RnnCell{T}, bool, int?, bool, string)"/>
        public static Layers.Rnn<T> Rnn(
            Layers.RnnCell<T> cell, bool returnSequences = false, int? truncate = null, bool unrolled = false, string name = "") =>
            new(cell, returnSequences, truncate, unrolled, name);
    }
}
