using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>A convolutional layer: kernels slide along sequences, z = x ⋆ K + b. Every place of the sequence shares the same
    /// weights.</summary>
    /// <remarks>
    /// Shapes: x [N, C, L] → z [N, F, (L + 2·padding − dilation·(K − 1) − 1) / stride + 1]; K [F, C / groups, K], b [F].
    /// It is the cross-correlation that all libraries call convolution. The channels come before the positions.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class Conv1d<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Makes the layer with drawn kernels; biases begin at 0.</summary>
        /// <param name="channels">The channels of the sequences that come in, 1 or more.</param>
        /// <param name="filters">The number of kernels, and so of channels that go out, 1 or more.</param>
        /// <param name="kernel">The positions that a kernel reads, 1 or more.</param>
        /// <param name="random">The source of chance.</param>
        /// <param name="stride">From window to window, 1 or more.</param>
        /// <param name="padding">Zeros before and behind each sequence, 0 or more.</param>
        /// <param name="dilation">How far apart the entries of a kernel lie on the sequence, 1 or more.</param>
        /// <param name="groups">Filters and channels in so many equal groups, each filter over the channels of its group alone; as many groups as
        /// channels make the layer depthwise.</param>
        /// <param name="weight">Draws the kernels; Glorot uniform if left out. HeUniform suits a ReLU behind the layer.</param>
        /// <param name="bias">Whether a bias is added.</param>
        /// <param name="name">The first part of the parameters' paths; may be empty.</param>
        /// <exception cref="ArgumentOutOfRangeException">A size, a stride or a dilation is below 1, a padding below 0, or groups do not divide
        /// channels and filters.</exception>
        /// <exception cref="ShapeException">The kernels have more numbers than a tensor can hold.</exception>
        public Conv1d(
            int channels, int filters, int kernel, Random random, int stride = 1, int padding = 0, int dilation = 1,
            int groups = 1, Initializer<T>? weight = null, bool bias = true, string name = "") : base(name)
        {
            (Stride, Padding, Dilation) = (stride, padding, dilation);
            Window.OverSequences("Conv1d", kernel, Stride, Padding, Dilation);
            Size.AtLeastOne("Conv1d", nameof(channels), channels);
            Size.AtLeastOne("Conv1d", nameof(filters), filters);
            Groups = Size.Dividing("Conv1d", groups, channels, filters);
            // The shape refuses what is too large, so neither product can overflow.
            Shape shape = [filters, channels / groups, kernel];
            int inputs = channels / groups * kernel, outputs = filters / groups * kernel;
            Weight = (weight ?? Nn<T>.GlorotUniform()).Parameter("weight", shape, inputs, outputs, random);
            Bias = bias ? new Parameter<T>([filters], new T[filters], "bias") : null;
        }

        /// <summary>Makes the layer from given numbers.</summary>
        /// <param name="weight">K, [F, C / groups, K]. A parameter is taken as it is, so that two layers can share it; other tensors are
        /// copied.</param>
        /// <param name="bias">b, [F]; none if left out.</param>
        /// <param name="stride">From window to window, 1 or more.</param>
        /// <param name="padding">Zeros before and behind each sequence, 0 or more.</param>
        /// <param name="dilation">How far apart the entries of a kernel lie on the sequence, 1 or more.</param>
        /// <param name="groups">Groups of filters and channels, 1 or more; they divide the filters.</param>
        /// <param name="name">The first part of the parameters' paths; may be empty.</param>
        /// <exception cref="ShapeException">The weight has not three axes, or the bias not one number per filter.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A stride or a dilation is below 1, a padding below 0, or groups do not divide the
        /// filters.</exception>
        public Conv1d(
            Tensor<T> weight, Tensor<T>? bias = null, int stride = 1, int padding = 0, int dilation = 1, int groups = 1,
            string name = "") : base(name)
        {
            ArgumentNullException.ThrowIfNull(weight);
            if (weight.Shape.Rank != 3 || weight.Length == 0)
                throw new ShapeException(
                    "Conv1d", $"the weight {weight.Shape} came, [filters, channels, positions] is needed", weight.Shape);
            if (bias is not null && bias.Shape != [weight.Shape[0]])
                throw new ShapeException(
                    "Conv1d", $"the bias {bias.Shape} came, the weight {weight.Shape} needs [{weight.Shape[0]}]", weight.Shape, bias.Shape);
            (Stride, Padding, Dilation) = (stride, padding, dilation);
            Window.OverSequences("Conv1d", weight.Shape[2], Stride, Padding, Dilation);
            Groups = Size.Dividing("Conv1d", groups, groups, weight.Shape[0]);
            Weight = weight.AsParameter("weight");
            Bias = bias?.AsParameter("bias");
        }

        /// <summary>K, [F, C / groups, K].</summary>
        public Parameter<T> Weight { get; }

        /// <summary>b, [F], if there is one.</summary>
        public Parameter<T>? Bias { get; }

        /// <summary>The channels of the sequences that come in.</summary>
        public int Channels => Weight.Shape[1] * Groups;

        /// <summary>The number of kernels, and so of channels that go out.</summary>
        public int Filters => Weight.Shape[0];

        /// <summary>The positions that a kernel reads.</summary>
        public int Kernel => Weight.Shape[2];

        /// <summary>From window to window.</summary>
        public int Stride { get; }

        /// <summary>Zeros before and behind each sequence.</summary>
        public int Padding { get; }

        /// <summary>How far apart the entries of a kernel lie on the sequence.</summary>
        public int Dilation { get; }

        /// <summary>The groups of filters and channels.</summary>
        public int Groups { get; }

        /// <inheritdoc/>
        public override string Type => "conv1d";

        /// <inheritdoc/>
        public override IReadOnlyList<(string Key, object Value)> Settings =>
            SettingList.Of(("filters", Filters), ("kernel", Kernel), ("stride", Stride), ("padding", Padding))
                .Unless(1, "dilation", Dilation).Unless(1, "groups", Groups).Unless(true, "bias", Bias is not null);

        /// <inheritdoc/>
        public override Tensor<T> Forward(Tensor<T> input) => input.Conv1d(Weight, Bias, Stride, Padding, Dilation, Groups);

        /// <inheritdoc/>
        protected internal override IEnumerable<(string Path, Parameter<T> Parameter)> OwnParameters()
        {
            yield return ("weight", Weight);
            if (Bias is not null) yield return ("bias", Bias);
        }

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) =>
            new Conv1d<T>(parameter(Weight), Bias is null ? null : parameter(Bias), Stride, Padding, Dilation, Groups, Name);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.Conv1d{T}(int, int, int, Random, int, int, int, int, Layers.Initializer{T}, bool, string)"/>
        public static Layers.Conv1d<T> Conv1d(
            int channels, int filters, int kernel, Random random, int stride = 1,
            int padding = 0, int dilation = 1, int groups = 1, Layers.Initializer<T>? weight = null,
            bool bias = true, string name = "") =>
            new(channels, filters, kernel, random, stride, padding, dilation, groups, weight, bias, name);

        /// <inheritdoc cref="Layers.Conv1d{T}(Tensors.Tensor{T}, Tensors.Tensor{T}, int, int, int, int, string)"/>
        public static Layers.Conv1d<T> Conv1d(
            Tensors.Tensor<T> weight, Tensors.Tensor<T>? bias = null, int stride = 1, int padding = 0,
            int dilation = 1, int groups = 1, string name = "") =>
            new(weight, bias, stride, padding, dilation, groups, name);
    }
}
