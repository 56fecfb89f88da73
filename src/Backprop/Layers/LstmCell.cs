using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>One time step of a long short-term memory: c_t = f·c_{t−1} + i·g, h_t = o·tanh(c_t).</summary>
    /// <remarks>
    /// Shapes: x_t [N, D], h and c [N, H]; W_x [D, 4·H], W_h [H, 4·H], b [4·H], each with the columns of i, f, g and o one behind the
    /// other.
    /// i, f, o = σ and g = tanh of their columns of x_t·W_x + h_{t−1}·W_h + b.
    /// Called step by step on one tape it is backpropagated through time by the tape alone.
    /// Source: Hochreiter, Schmidhuber, Long Short-Term Memory (1997); Gers, Schmidhuber, Cummins, Learning to Forget (2000).
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class LstmCell<T> : RecurrentCell<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Makes the cell with drawn weights, first W_x, then W_h; the bias begins at 0, that of the forget gate at 1, so that
        /// the cell
        /// remembers until it learns to forget.</summary>
        /// <param name="inputs">D, the numbers that each time step reads, 1 or more.</param>
        /// <param name="units">H, the numbers of the state, 1 or more.</param>
        /// <param name="random">The source of chance.</param>
        /// <param name="inputWeight">Draws W_x as one matrix; Glorot uniform if left out.</param>
        /// <param name="recurrentWeight">Draws W_h as one matrix; orthogonal if left out.</param>
        /// <param name="bias">Whether a bias is added.</param>
        /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
        public LstmCell(
            int inputs, int units, Random random, Initializer<T>? inputWeight = null, Initializer<T>? recurrentWeight = null, bool bias = true)
            : base("LstmCell", LstmOperation.Gates, inputs, units, random, inputWeight, recurrentWeight, bias) =>
            Bias?.ForUpdate().Slice(units, units).Fill(T.One);

        /// <summary>Makes the cell from given numbers.</summary>
        /// <param name="inputWeight">W_x, [D, 4·H]. A parameter is taken as it is, so that two cells can share it; other tensors are
        /// copied.</param>
        /// <param name="recurrentWeight">W_h, [H, 4·H].</param>
        /// <param name="bias">b, [4·H]; none if left out.</param>
        /// <exception cref="ShapeException">The shapes do not belong together.</exception>
        public LstmCell(Tensor<T> inputWeight, Tensor<T> recurrentWeight, Tensor<T>? bias = null)
            : base("LstmCell", LstmOperation.Gates, inputWeight, recurrentWeight, bias)
        {
        }

        /// <summary>State and cell before the first time step: zeros, [n, H].</summary>
        /// <param name="n">The number of sequences.</param>
        public LstmState<T> Start(int n) => new(Nn<T>.Zeros([n, Units]).Named("h_0"), Nn<T>.Zeros([n, Units]).Named("c_0"));

        /// <summary>One time step.</summary>
        /// <param name="input">x_t, [N, D].</param>
        /// <param name="state">h_{t−1} and c_{t−1}, each [N, H].</param>
        /// <returns>h_t and c_t, each [N, H].</returns>
        /// <exception cref="ShapeException">The input, the state or the cell has another shape.</exception>
        public LstmState<T> Step(Tensor<T> input, LstmState<T> state)
        {
            ArgumentNullException.ThrowIfNull(state);
            CheckStep(input, "state", state.Hidden);
            CheckStep(input, "cell", state.Cell);
            return input.LstmStep(state, InputWeight, RecurrentWeight, Bias);
        }

        /// <summary>An equal cell on other parameters.</summary>
        internal LstmCell<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) =>
            new(parameter(InputWeight), parameter(RecurrentWeight), Bias is null ? null : parameter(Bias));
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.LstmCell{T}(int, int, Random, Layers.Initializer{T}, Layers.Initializer{T}, bool)"/>
        public static Layers.LstmCell<T> LstmCell(
            int inputs, int units, Random random, Layers.Initializer<T>? inputWeight = null, Layers.Initializer<T>? recurrentWeight = null,
            bool bias = true) => new(inputs, units, random, inputWeight, recurrentWeight, bias);

        /// <inheritdoc cref="Layers.LstmCell{T}(Tensors.Tensor{T}, Tensors.Tensor{T}, Tensors.Tensor{T})"/>
        public static Layers.LstmCell<T> LstmCell(
            Tensors.Tensor<T> inputWeight, Tensors.Tensor<T> recurrentWeight, Tensors.Tensor<T>? bias = null) => new(inputWeight, recurrentWeight, bias);
    }
}
