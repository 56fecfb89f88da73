using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>One time step of a simple recurrent network, h_t = tanh(x_t·W_x + h_{t−1}·W_h + b).</summary>
    /// <remarks>
    /// Shapes: x_t [N, D], h [N, H]; W_x [D, H], W_h [H, H], b [H].
    /// Called step by step on one tape it is backpropagated through time by the tape alone.
    /// Source: Elman, Finding Structure in Time (1990).
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class RnnCell<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        private ParameterList<T>? parameters;

        /// <summary>Makes the cell with drawn weights, first W_x, then W_h; biases begin at 0.</summary>
        /// <param name="inputs">D, the numbers that each time step reads, 1 or more.</param>
        /// <param name="units">H, the numbers of the state, 1 or more.</param>
        /// <param name="random">The source of chance.</param>
        /// <param name="inputWeight">Draws W_x; Glorot uniform if left out.</param>
        /// <param name="recurrentWeight">Draws W_h; orthogonal if left out.</param>
        /// <param name="bias">Whether a bias is added.</param>
        /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
        public RnnCell(
            int inputs, int units, Random random, Initializer<T>? inputWeight = null, Initializer<T>? recurrentWeight = null, bool bias = true)
        {
            Size.AtLeastOne("RnnCell", nameof(inputs), inputs);
            Size.AtLeastOne("RnnCell", nameof(units), units);
            InputWeight = (inputWeight ?? Nn<T>.GlorotUniform()).Parameter("inputWeight", [inputs, units], inputs, units, random);
            RecurrentWeight = (recurrentWeight ?? Nn<T>.Orthogonal()).Parameter("recurrentWeight", [units, units], units, units, random);
            Bias = bias ? new Parameter<T>([units], new T[units], "bias") : null;
        }

        /// <summary>Makes the cell from given numbers.</summary>
        /// <param name="inputWeight">W_x, [D, H]. A parameter is taken as it is, so that two cells can share it; other tensors are copied.</param>
        /// <param name="recurrentWeight">W_h, [H, H].</param>
        /// <param name="bias">b, [H]; none if left out.</param>
        /// <exception cref="ShapeException">The shapes do not belong together.</exception>
        public RnnCell(Tensor<T> inputWeight, Tensor<T> recurrentWeight, Tensor<T>? bias = null)
        {
            ArgumentNullException.ThrowIfNull(inputWeight);
            ArgumentNullException.ThrowIfNull(recurrentWeight);
            if (inputWeight.Shape.Rank != 2 || inputWeight.Length == 0)
                throw new ShapeException("RnnCell", $"the input weight {inputWeight.Shape} came, [inputs, units] is needed", inputWeight.Shape);
            int units = inputWeight.Shape[1];
            if (recurrentWeight.Shape != [units, units])
                throw new ShapeException("RnnCell", $"the recurrent weight {recurrentWeight.Shape} came, [{units}, {units}] is needed", recurrentWeight.Shape);
            if (bias is not null && bias.Shape != [units])
                throw new ShapeException("RnnCell", $"the bias {bias.Shape} came, [{units}] is needed", bias.Shape);
            InputWeight = inputWeight.AsParameter("inputWeight");
            RecurrentWeight = recurrentWeight.AsParameter("recurrentWeight");
            Bias = bias?.AsParameter("bias");
        }

        /// <summary>W_x, [D, H].</summary>
        public Parameter<T> InputWeight { get; }

        /// <summary>W_h, [H, H].</summary>
        public Parameter<T> RecurrentWeight { get; }

        /// <summary>b, [H], if there is one.</summary>
        public Parameter<T>? Bias { get; }

        /// <summary>D, the numbers that each time step reads.</summary>
        public int Inputs => InputWeight.Shape[0];

        /// <summary>H, the numbers of the state.</summary>
        public int Units => InputWeight.Shape[1];

        /// <summary>The parameters with their paths.</summary>
        public ParameterList<T> Parameters => parameters ??= new ParameterList<T>(OwnParameters());

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
            ArgumentNullException.ThrowIfNull(input);
            ArgumentNullException.ThrowIfNull(state);
            if (input.Shape.Rank != 2 || input.Shape[1] != Inputs)
                throw new ShapeException("RnnCell", $"x_t {input.Shape} came, [N, {Inputs}] is needed", input.Shape);
            if (state.Shape != [input.Shape[0], Units])
                throw new ShapeException(
                    "RnnCell", $"the state {state.Shape} came, x_t {input.Shape} needs [{input.Shape[0]}, {Units}]", state.Shape, input.Shape);
            return input.RnnStep(state, InputWeight, RecurrentWeight, Bias, RnnActivation.Tanh);
        }

        /// <summary>The parameters with their paths within a layer.</summary>
        internal IEnumerable<(string Path, Parameter<T> Parameter)> OwnParameters()
        {
            yield return ("inputWeight", InputWeight);
            yield return ("recurrentWeight", RecurrentWeight);
            if (Bias is not null) yield return ("bias", Bias);
        }

        /// <summary>An equal cell on other parameters.</summary>
        internal RnnCell<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) =>
            new(parameter(InputWeight), parameter(RecurrentWeight), Bias is null ? null : parameter(Bias));
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.RnnCell{T}(int, int, Random, Layers.Initializer{T}, Layers.Initializer{T}, bool)"/>
        public static Layers.RnnCell<T> RnnCell(
            int inputs, int units, Random random, Layers.Initializer<T>? inputWeight = null, Layers.Initializer<T>? recurrentWeight = null,
            bool bias = true) => new(inputs, units, random, inputWeight, recurrentWeight, bias);

        /// <inheritdoc cref="Layers.RnnCell{T}(Tensors.Tensor{T}, Tensors.Tensor{T}, Tensors.Tensor{T})"/>
        public static Layers.RnnCell<T> RnnCell(
            Tensors.Tensor<T> inputWeight, Tensors.Tensor<T> recurrentWeight, Tensors.Tensor<T>? bias = null) => new(inputWeight, recurrentWeight, bias);
    }
}
