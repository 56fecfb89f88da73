using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>One time step of a simple recurrent network, h_t = f(x_t·W_x + h_{t−1}·W_h + b).</summary>
    /// <remarks>
    /// Shapes: x_t [N, D], h [N, H]; W_x [D, H], W_h [H, H], b [H].
    /// Called step by step on one tape it is backpropagated through time by the tape alone.
    /// Source: Elman, Finding Structure in Time (1990).
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class RnnCell<T> : RecurrentCell<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Makes the cell with drawn weights, first W_x, then W_h; biases begin at 0.</summary>
        /// <param name="inputs">D, the numbers that each time step reads, 1 or more.</param>
        /// <param name="units">H, the numbers of the state, 1 or more.</param>
        /// <param name="random">The source of chance.</param>
        /// <param name="inputWeight">Draws W_x; Glorot uniform if left out.</param>
        /// <param name="recurrentWeight">Draws W_h; orthogonal if left out.</param>
        /// <param name="bias">Whether a bias is added.</param>
        /// <param name="activation">f, tanh if left out.</param>
        /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
        public RnnCell(
            int inputs, int units, Random random, Initializer<T>? inputWeight = null, Initializer<T>? recurrentWeight = null, bool bias = true,
            RnnActivation activation = RnnActivation.Tanh)
            : base("RnnCell", [], inputs, units, random, inputWeight, recurrentWeight, bias) => Activation = activation;

        /// <summary>Makes the cell from given numbers.</summary>
        /// <param name="inputWeight">W_x, [D, H]. A parameter is taken as it is, so that two cells can share it; other tensors are
        /// copied.</param>
        /// <param name="recurrentWeight">W_h, [H, H].</param>
        /// <param name="bias">b, [H]; none if left out.</param>
        /// <param name="activation">f, tanh if left out.</param>
        /// <exception cref="ShapeException">The shapes do not belong together.</exception>
        public RnnCell(
            Tensor<T> inputWeight, Tensor<T> recurrentWeight, Tensor<T>? bias = null, RnnActivation activation = RnnActivation.Tanh)
            : base("RnnCell", [], inputWeight, recurrentWeight, bias) => Activation = activation;

        /// <summary>f.</summary>
        public RnnActivation Activation { get; }

        /// <summary>The state before the first time step: zeros, [n, H].</summary>
        /// <param name="n">The number of sequences.</param>
        public Tensor<T> Start(int n) => Nn<T>.Zeros([n, Units]).Named("h_0");

        /// <summary>One time step.</summary>
        /// <param name="input">x_t, [N, D].</param>
        /// <param name="state">h_{t−1}, [N, H].</param>
        /// <returns>h_t, [N, H].</returns>
        /// <exception cref="ShapeException">The input or the state has another shape.</exception>
        public Tensor<T> Step(Tensor<T> input, Tensor<T> state)
        {
            CheckStep(input, "state", state);
            return input.RnnStep(state, InputWeight, RecurrentWeight, Bias, Activation);
        }

        /// <summary>An equal cell on other parameters.</summary>
        internal RnnCell<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) =>
            new(parameter(InputWeight), parameter(RecurrentWeight), Bias is null ? null : parameter(Bias), Activation);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.RnnCell{T}(int, int, Random, Layers.Initializer{T}, Layers.Initializer{T}, bool, Operations.RnnActivation)"/>
        public static Layers.RnnCell<T> RnnCell(
            int inputs, int units, Random random, Layers.Initializer<T>? inputWeight = null, Layers.Initializer<T>? recurrentWeight = null,
            bool bias = true, Operations.RnnActivation activation = Operations.RnnActivation.Tanh) =>
            new(inputs, units, random, inputWeight, recurrentWeight, bias, activation);

        /// <inheritdoc cref="Layers.RnnCell{T}(Tensors.Tensor{T}, Tensors.Tensor{T}, Tensors.Tensor{T}, Operations.RnnActivation)"/>
        public static Layers.RnnCell<T> RnnCell(
            Tensors.Tensor<T> inputWeight, Tensors.Tensor<T> recurrentWeight, Tensors.Tensor<T>? bias = null,
            Operations.RnnActivation activation = Operations.RnnActivation.Tanh) => new(inputWeight, recurrentWeight, bias, activation);
    }
}
