using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>One time step of a gated recurrent unit: h_t = (1 − z)·n + z·h_{t−1}.</summary>
    /// <remarks>
    /// Shapes: x_t [N, D], h [N, H]; W_x [D, 3·H], W_h [H, 3·H], b and b′ [3·H], each with the columns of r, z and n one behind the other.
    /// r, z = σ of their columns of x_t·W_x + b + h_{t−1}·W_h + b′; n = tanh(x_t·W_xn + b_n + r·(h_{t−1}·W_hn + b′_n)).
    /// Called step by step on one tape it is backpropagated through time by the tape alone.
    /// Source: Cho et al., Learning Phrase Representations using RNN Encoder–Decoder (2014); the reset gate after the product as in cuDNN.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class GruCell<T> : RecurrentCell<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Makes the cell with drawn weights, first W_x, then W_h; both biases begin at 0.</summary>
        /// <param name="inputs">D, the numbers that each time step reads, 1 or more.</param>
        /// <param name="units">H, the numbers of the state, 1 or more.</param>
        /// <param name="random">The source of chance.</param>
        /// <param name="inputWeight">Draws W_x as one matrix; Glorot uniform if left out.</param>
        /// <param name="recurrentWeight">Draws W_h as one matrix; orthogonal if left out.</param>
        /// <param name="bias">Whether biases are added, that of the inputs and that of the state.</param>
        /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
        public GruCell(
            int inputs, int units, Random random, Initializer<T>? inputWeight = null, Initializer<T>? recurrentWeight = null, bool bias = true)
            : base("GruCell", GruOperation.Gates, inputs, units, random, inputWeight, recurrentWeight, bias)
        {
            if (!bias) return;
            RecurrentBias = new Parameter<T>([3 * units], new T[3 * units], "recurrentBias");
            RecurrentBias.NamedColumns(GruOperation.Gates);
        }

        /// <summary>Makes the cell from given numbers.</summary>
        /// <param name="inputWeight">W_x, [D, 3·H]. A parameter is taken as it is, so that two cells can share it; other tensors are
        /// copied.</param>
        /// <param name="recurrentWeight">W_h, [H, 3·H].</param>
        /// <param name="bias">b, [3·H]; none if left out.</param>
        /// <param name="recurrentBias">b′, [3·H]; zeros if left out where there is a bias, else none.</param>
        /// <exception cref="ShapeException">The shapes do not belong together, or a recurrent bias came without a bias.</exception>
        public GruCell(Tensor<T> inputWeight, Tensor<T> recurrentWeight, Tensor<T>? bias = null, Tensor<T>? recurrentBias = null)
            : base("GruCell", GruOperation.Gates, inputWeight, recurrentWeight, bias)
        {
            CheckBias("recurrent bias", recurrentBias, 3 * Units);
            if (bias is null && recurrentBias is not null)
                throw new ShapeException("GruCell", $"a recurrent bias {recurrentBias.Shape} came without a bias; give both or none", recurrentBias.Shape);
            RecurrentBias = bias is null ? null : (recurrentBias ?? Nn<T>.Zeros(bias.Shape)).AsParameter("recurrentBias");
            RecurrentBias?.NamedColumns(GruOperation.Gates);
        }

        /// <summary>b′, [3·H], if there are biases.</summary>
        public Parameter<T>? RecurrentBias { get; }

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
            return input.GruStep(state, InputWeight, RecurrentWeight, Bias, RecurrentBias);
        }

        internal override IEnumerable<(string Path, Parameter<T> Parameter)> OwnParameters() =>
            RecurrentBias is null ? base.OwnParameters() : base.OwnParameters().Append(("recurrentBias", RecurrentBias));

        /// <summary>An equal cell on other parameters.</summary>
        internal GruCell<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) => new(
            parameter(InputWeight), parameter(RecurrentWeight), Bias is null ? null : parameter(Bias), RecurrentBias is null ? null : parameter(RecurrentBias));
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.GruCell{T}(int, int, Random, Layers.Initializer{T}, Layers.Initializer{T}, bool)"/>
        public static Layers.GruCell<T> GruCell(
            int inputs, int units, Random random, Layers.Initializer<T>? inputWeight = null, Layers.Initializer<T>? recurrentWeight = null,
            bool bias = true) => new(inputs, units, random, inputWeight, recurrentWeight, bias);

        /// <inheritdoc cref="Layers.GruCell{T}(Tensors.Tensor{T}, Tensors.Tensor{T}, Tensors.Tensor{T}, Tensors.Tensor{T})"/>
        public static Layers.GruCell<T> GruCell(
            Tensors.Tensor<T> inputWeight, Tensors.Tensor<T> recurrentWeight, Tensors.Tensor<T>? bias = null, Tensors.Tensor<T>? recurrentBias = null) =>
            new(inputWeight, recurrentWeight, bias, recurrentBias);
    }
}
