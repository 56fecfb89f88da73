using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>A simple recurrent network over a whole sequence: an <see cref="RnnCell{T}"/> at every time step, backpropagated through
    /// time.</summary>
    /// <remarks>
    /// Shapes: x [N, T, D] → the last state [N, H], or all of them, [N, T, H]. The state begins at zero, or as given.
    /// The whole sequence is one step of the tape, which keeps h and δ of every time step. Unrolled, each time step stands there by
    /// itself, with its
    /// numbers named x_1, x_2, … and h_1, h_2, …: for reading; the values are the same bits, and it is slower.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class Rnn<T> : RecurrentLayer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Makes the layer with drawn weights, layer by layer first W_x, then W_h; biases begin at 0.</summary>
        /// <param name="inputs">D, the numbers that each time step reads, 1 or more.</param>
        /// <param name="units">H, the numbers of the state, 1 or more.</param>
        /// <param name="random">The source of chance.</param>
        /// <param name="returnSequences">Whether the output holds the states of all time steps instead of the last.</param>
        /// <param name="truncate">Over how many time steps a gradient flows back, 1 or more; over all if left out. The cuts are counted
        /// from the end,
        /// so that the last state reaches exactly that many steps.</param>
        /// <param name="inputWeight">Draws W_x; Glorot uniform if left out.</param>
        /// <param name="recurrentWeight">Draws W_h; orthogonal if left out.</param>
        /// <param name="bias">Whether a bias is added.</param>
        /// <param name="activation">What is done with the weighted sums; tanh if left out.</param>
        /// <param name="layers">How many cells stand one above the other, 1 or more: each reads all states of the one below.</param>
        /// <param name="unrolled">Whether each time step stands on the tape by itself.</param>
        /// <param name="name">The first part of the parameters' paths; may be empty.</param>
        /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
        public Rnn(
            int inputs, int units, Random random, bool returnSequences = false, int? truncate = null, Initializer<T>? inputWeight = null,
            Initializer<T>? recurrentWeight = null, bool bias = true, RnnActivation activation = RnnActivation.Tanh,
            int layers = 1, bool unrolled = false, string name = "")
            : this(
                Stacked("Rnn", layers, inputs, units, read => new RnnCell<T>(read, units, random, inputWeight, recurrentWeight, bias, activation)),
                returnSequences, truncate, unrolled, name)
        {
        }

        /// <summary>Makes the layer around a cell, for example one with given weights.</summary>
        /// <param name="cell">What happens at each time step.</param>
        /// <param name="returnSequences">Whether the output holds the states of all time steps instead of the last.</param>
        /// <param name="truncate">Over how many time steps a gradient flows back, 1 or more; over all if left out.</param>
        /// <param name="unrolled">Whether each time step stands on the tape by itself.</param>
        /// <param name="name">The first part of the parameters' paths; may be empty.</param>
        /// <exception cref="ArgumentOutOfRangeException">The truncation is below 1.</exception>
        public Rnn(RnnCell<T> cell, bool returnSequences = false, int? truncate = null, bool unrolled = false, string name = "")
            : this([cell], returnSequences, truncate, unrolled, name)
        {
        }

        /// <summary>Makes the layer around cells that stand one above the other, each with as many units as the first.</summary>
        /// <inheritdoc cref="Rnn{T}(RnnCell{T}, bool, int?, bool, string)"/>
        /// <exception cref="ArgumentException">There is no cell, or they do not belong together.</exception>
        public Rnn(IReadOnlyList<RnnCell<T>> cells, bool returnSequences = false, int? truncate = null, bool unrolled = false, string name = "")
            : base("Rnn", cells, returnSequences, truncate, unrolled, name)
        {
            Cells = [.. cells];
            if (cells.Any(cell => cell.Activation != cells[0].Activation))
                throw new ArgumentException("Rnn: cells one above the other have one activation.", nameof(cells));
        }

        /// <summary>What happens at each time step, in the lowest layer.</summary>
        public RnnCell<T> Cell => Cells[0];

        /// <summary>The cells, the lowest first.</summary>
        public IReadOnlyList<RnnCell<T>> Cells { get; }

        /// <inheritdoc/>
        public override string Type => "rnn";

        /// <inheritdoc/>
        public override IReadOnlyList<(string Key, object Value)> Settings =>
            Cell.Activation == RnnActivation.Tanh ? base.Settings : [.. base.Settings, ("activation", "relu")];

        /// <summary>The activation that a network file names; null where there is none of that name.</summary>
        internal static RnnActivation? ActivationOf(string text) => text switch
        {
            "tanh" => RnnActivation.Tanh,
            "relu" => RnnActivation.Relu,
            _ => null,
        };

        /// <summary>The state before the first time step: zeros, [n, H], or of several layers [layers, n, H].</summary>
        /// <param name="n">The number of sequences.</param>
        public Tensor<T> Start(int n) => Zeros(n, "h_0");

        /// <summary>Computes the output from a given first state: a stream that goes on from batch to batch.</summary>
        /// <param name="input">x, [N, T, D].</param>
        /// <param name="initialState">h_0, [N, H], or of several layers [layers, N, H]; of an earlier tape take a <c>Copy()</c>.</param>
        /// <param name="lengths">[N], how many time steps each sequence has, 1 to T; all of them if left out.</param>
        /// <returns>The output, and the last state, of the shape of the first, to go on from.</returns>
        /// <exception cref="ShapeException">The input, the state or the lengths have another shape, or there is no time step.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A length is outside its range.</exception>
        public (Tensor<T> Output, Tensor<T> State) Forward(Tensor<T> input, Tensor<T> initialState, Indices? lengths = null)
        {
            ArgumentNullException.ThrowIfNull(initialState);
            var (output, parts) = Forward(input, [initialState], lengths);
            return (output, parts[0]);
        }

        private protected override Tensor<T> Run(int layer, Tensor<T> input, Tensor<T>[] start, SequenceOptions options)
        {
            var cell = Cells[layer];
            return Unrolled ? input.UnrolledRnn(start[0], cell.InputWeight, cell.RecurrentWeight, cell.Bias, options, cell.Activation)
                : new RnnOp<T>(input, start[0], cell.InputWeight, cell.RecurrentWeight, cell.Bias, options, cell.Activation).Apply();
        }

        private protected override RecurrentLayer<T> Unroll(int? truncate) => new Rnn<T>(Cells, ReturnSequences, truncate, unrolled: true, Name);

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) =>
            new Rnn<T>([.. Cells.Select(cell => cell.Copy(parameter))], ReturnSequences, Truncate, Unrolled, Name);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.Rnn{T}(int, int, Random, bool, int?, Layers.Initializer{T}, Layers.Initializer{T}, bool, Operations.RnnActivation, int, bool, string)"/>
        public static Layers.Rnn<T> Rnn(
            int inputs, int units, Random random, bool returnSequences = false, int? truncate = null, Layers.Initializer<T>? inputWeight = null,
            Layers.Initializer<T>? recurrentWeight = null, bool bias = true, Operations.RnnActivation activation = Operations.RnnActivation.Tanh, int layers = 1,
            bool unrolled = false, string name = "") =>
            new(inputs, units, random, returnSequences, truncate, inputWeight, recurrentWeight, bias, activation, layers, unrolled, name);

        /// <inheritdoc cref="Layers.Rnn{T}(Layers.RnnCell{T}, bool, int?, bool, string)"/>
        public static Layers.Rnn<T> Rnn(
            Layers.RnnCell<T> cell, bool returnSequences = false, int? truncate = null, bool unrolled = false, string name = "") =>
            new(cell, returnSequences, truncate, unrolled, name);

        /// <inheritdoc cref="Layers.Rnn{T}(IReadOnlyList{Layers.RnnCell{T}}, bool, int?, bool, string)"/>
        public static Layers.Rnn<T> Rnn(
            IReadOnlyList<Layers.RnnCell<T>> cells, bool returnSequences = false, int? truncate = null, bool unrolled = false, string name = "") =>
            new(cells, returnSequences, truncate, unrolled, name);
    }
}
