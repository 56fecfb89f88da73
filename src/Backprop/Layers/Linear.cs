using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>A fully connected layer: every output is a weighted sum of all inputs plus a bias, z = x·W + b.</summary>
    /// <remarks>Shapes: x [N, inputs] or […, inputs] → z […, outputs]; W [inputs, outputs], b [outputs].</remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class Linear<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Makes the layer with drawn weights; biases begin at 0.</summary>
        /// <param name="inputs">The number of inputs, 1 or more.</param>
        /// <param name="outputs">The number of outputs, 1 or more.</param>
        /// <param name="random">The source of chance.</param>
        /// <param name="weight">Draws the weight; Glorot uniform if left out. HeUniform suits a ReLU behind the layer.</param>
        /// <param name="bias">Whether a bias is added.</param>
        /// <param name="name">The first part of the parameters' paths; may be empty.</param>
        /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
        public Linear(int inputs, int outputs, Random random, Initializer<T>? weight = null, bool bias = true, string name = "") : base(name)
        {
            Shape shape = [Size.AtLeastOne("Linear", nameof(inputs), inputs), Size.AtLeastOne("Linear", nameof(outputs), outputs)];
            Weight = (weight ?? Nn<T>.GlorotUniform()).Parameter("weight", shape, inputs, outputs, random);
            Bias = bias ? new Parameter<T>([outputs], new T[outputs], "bias") : null;
        }

        /// <summary>Makes the layer from given numbers.</summary>
        /// <param name="weight">W, [inputs, outputs]. A parameter is taken as it is, so that two layers can share it; other tensors are copied.</param>
        /// <param name="bias">b, [outputs]; none if left out.</param>
        /// <param name="name">The first part of the parameters' paths; may be empty.</param>
        /// <exception cref="ShapeException">The weight is no matrix, or the bias has not one number per column.</exception>
        public Linear(Tensor<T> weight, Tensor<T>? bias = null, string name = "") : base(name)
        {
            ArgumentNullException.ThrowIfNull(weight);
            if (weight.Shape.Rank != 2 || weight.Length == 0)
                throw new ShapeException("Linear", $"the weight {weight.Shape} came, [inputs, outputs] is needed", weight.Shape);
            if (bias is not null && bias.Shape != [weight.Shape[1]])
                throw new ShapeException(
                    "Linear", $"the bias {bias.Shape} came, the weight {weight.Shape} needs [{weight.Shape[1]}]", weight.Shape, bias.Shape);
            Weight = weight.AsParameter("weight");
            Bias = bias?.AsParameter("bias");
        }

        /// <summary>W, [inputs, outputs].</summary>
        public Parameter<T> Weight { get; }

        /// <summary>b, [outputs], if there is one.</summary>
        public Parameter<T>? Bias { get; }

        /// <summary>The number of inputs.</summary>
        public int Inputs => Weight.Shape[0];

        /// <summary>The number of outputs.</summary>
        public int Outputs => Weight.Shape[1];

        /// <inheritdoc/>
        public override string Type => "linear";

        /// <inheritdoc/>
        public override IReadOnlyList<(string Key, object Value)> Settings => Bias is null ? [("units", Outputs), ("bias", false)] : [("units", Outputs)];

        /// <inheritdoc/>
        public override Tensor<T> Forward(Tensor<T> input) => input.Linear(Weight, Bias);

        /// <inheritdoc/>
        protected internal override IEnumerable<(string Path, Parameter<T> Parameter)> OwnParameters()
        {
            yield return ("weight", Weight);
            if (Bias is not null) yield return ("bias", Bias);
        }

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) =>
            new Linear<T>(parameter(Weight), Bias is null ? null : parameter(Bias), Name);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.Linear{T}(int, int, Random, Layers.Initializer{T}, bool, string)"/>
        public static Layers.Linear<T> Linear(
            int inputs, int outputs, Random random, Layers.Initializer<T>? weight = null, bool bias = true, string name = "") =>
            new(inputs, outputs, random, weight, bias, name);

        /// <inheritdoc cref="Layers.Linear{T}(Tensors.Tensor{T}, Tensors.Tensor{T}, string)"/>
        public static Layers.Linear<T> Linear(Tensors.Tensor<T> weight, Tensors.Tensor<T>? bias = null, string name = "") => new(weight, bias, name);
    }
}
