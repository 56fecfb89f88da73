using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>A transposed convolution: makes pictures larger by kernels that are learnt. Every number lays its multiple of a kernel down.</summary>
    /// <remarks>
    /// Shapes: x [N, C, H, W] → z [N, F, OH, OW], OH = (H − 1)·stride − 2·padding + dilation·(KH − 1) + outputPadding + 1;
    /// K [C, F / groups, KH, KW], b [F].
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class ConvTranspose2d<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Makes the layer with drawn kernels; biases begin at 0.</summary>
        /// <param name="channels">The channels of the pictures that come in, 1 or more.</param>
        /// <param name="filters">The number of kernels, and so of channels that go out, 1 or more.</param>
        /// <param name="kernel">The kernel's rows and columns: one number or (rows, columns), 1 or more.</param>
        /// <param name="random">The source of chance.</param>
        /// <param name="stride">From kernel to kernel, 1 or more; 1 if left out.</param>
        /// <param name="padding">Rows and columns that are cut off all around, 0 or more; 0 if left out.</param>
        /// <param name="outputPadding">Rows below and columns on the right that are there all the same, below the stride; 0 if left out.</param>
        /// <param name="dilation">How far apart the entries of a kernel are laid, 1 or more; 1, side by side, if left out.</param>
        /// <param name="groups">Channels in and out in so many equal groups, each going out only from the channels of its group.</param>
        /// <param name="weight">Draws the kernels; Glorot uniform if left out. HeUniform suits a ReLU behind the layer.</param>
        /// <param name="bias">Whether a bias is added.</param>
        /// <param name="name">The first part of the parameters' paths; may be empty.</param>
        /// <exception cref="ArgumentOutOfRangeException">A size, a stride or a dilation is below 1, a padding below 0, an output padding not below the
        /// stride, or groups do not divide channels and filters.</exception>
        /// <exception cref="ShapeException">The kernels have more numbers than a tensor can hold.</exception>
        public ConvTranspose2d(
            int channels, int filters, Size2d kernel, Random random, Size2d? stride = null, Size2d? padding = null, Size2d? outputPadding = null, Size2d? dilation = null,
            int groups = 1, Initializer<T>? weight = null, bool bias = true, string name = "") : base(name)
        {
            (Stride, Padding, OutputPadding, Dilation) = (stride ?? 1, padding ?? 0, outputPadding ?? 0, dilation ?? 1);
            ConvTranspose2dOp<T>.CheckOutputPadding(OutputPadding, Stride);
            Window.OverPictures("ConvTranspose2d", kernel, Stride, Padding, Dilation);
            Size.AtLeastOne("ConvTranspose2d", nameof(channels), channels);
            Size.AtLeastOne("ConvTranspose2d", nameof(filters), filters);
            Groups = Size.Dividing("ConvTranspose2d", groups, channels, filters);
            // The shape refuses what is too large, so neither product can overflow.
            Shape shape = [channels, filters / groups, kernel.Rows, kernel.Columns];
            int inputs = channels / groups * kernel.Rows * kernel.Columns, outputs = filters / groups * kernel.Rows * kernel.Columns;
            Weight = (weight ?? Nn<T>.GlorotUniform()).Parameter("weight", shape, inputs, outputs, random);
            Bias = bias ? new Parameter<T>([filters], new T[filters], "bias") : null;
        }

        /// <summary>Makes the layer from given numbers.</summary>
        /// <param name="weight">K, [C, F / groups, KH, KW]. A parameter is taken as it is, so that two layers can share it; other tensors are
        /// copied.</param>
        /// <param name="bias">b, [F]; none if left out.</param>
        /// <param name="stride">From kernel to kernel, 1 or more; 1 if left out.</param>
        /// <param name="padding">Rows and columns that are cut off all around, 0 or more; 0 if left out.</param>
        /// <param name="outputPadding">Rows below and columns on the right that are there all the same, below the stride; 0 if left out.</param>
        /// <param name="dilation">How far apart the entries of a kernel are laid, 1 or more; 1 if left out.</param>
        /// <param name="groups">Groups of filters and channels, 1 or more; they divide the channels.</param>
        /// <param name="name">The first part of the parameters' paths; may be empty.</param>
        /// <exception cref="ShapeException">The weight has not four axes, or the bias not one number per filter.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A stride or a dilation is below 1, a padding below 0, an output padding not below the
        /// stride, or groups do not divide the channels.</exception>
        public ConvTranspose2d(
            Tensor<T> weight, Tensor<T>? bias = null, Size2d? stride = null, Size2d? padding = null, Size2d? outputPadding = null, Size2d? dilation = null, int groups = 1,
            string name = "") : base(name)
        {
            ArgumentNullException.ThrowIfNull(weight);
            if (weight.Shape.Rank != 4 || weight.Length == 0)
                throw new ShapeException(
                    "ConvTranspose2d", $"the weight {weight.Shape} came, [channels, filters, rows, columns] is needed", weight.Shape);
            (Stride, Padding, OutputPadding, Dilation) = (stride ?? 1, padding ?? 0, outputPadding ?? 0, dilation ?? 1);
            ConvTranspose2dOp<T>.CheckOutputPadding(OutputPadding, Stride);
            Window.OverPictures("ConvTranspose2d", (weight.Shape[2], weight.Shape[3]), Stride, Padding, Dilation);
            Groups = Size.Dividing("ConvTranspose2d", groups, groups, weight.Shape[0]);
            if (bias is not null && bias.Shape != [weight.Shape[1] * groups])
                throw new ShapeException(
                    "ConvTranspose2d", $"the bias {bias.Shape} came, the weight {weight.Shape} needs [{weight.Shape[1] * groups}]", weight.Shape, bias.Shape);
            Weight = weight.AsParameter("weight");
            Bias = bias?.AsParameter("bias");
        }

        /// <summary>K, [C, F / groups, KH, KW].</summary>
        public Parameter<T> Weight { get; }

        /// <summary>b, [F], if there is one.</summary>
        public Parameter<T>? Bias { get; }

        /// <summary>The channels of the pictures that come in.</summary>
        public int Channels => Weight.Shape[0];

        /// <summary>The number of kernels, and so of channels that go out.</summary>
        public int Filters => Weight.Shape[1] * Groups;

        /// <summary>The rows and columns of a kernel.</summary>
        public Size2d Kernel => (Weight.Shape[2], Weight.Shape[3]);

        /// <summary>From kernel to kernel.</summary>
        public Size2d Stride { get; }

        /// <summary>Rows and columns that are cut off all around.</summary>
        public Size2d Padding { get; }

        /// <summary>Rows below and columns on the right that are there all the same.</summary>
        public Size2d OutputPadding { get; }

        /// <summary>How far apart the entries of a kernel are laid.</summary>
        public Size2d Dilation { get; }

        /// <summary>The groups of filters and channels.</summary>
        public int Groups { get; }

        /// <inheritdoc/>
        public override string Type => "conv_transpose2d";

        /// <inheritdoc/>
        public override IReadOnlyList<(string Key, object Value)> Settings =>
            SettingList.Of(("filters", Filters), ("kernel", Kernel.Setting), ("stride", Stride.Setting), ("padding", Padding.Setting))
                .Unless(0, "outputPadding", OutputPadding.Setting).Unless(1, "dilation", Dilation.Setting).Unless(1, "groups", Groups).Unless(true, "bias", Bias is not null);

        /// <inheritdoc/>
        public override Tensor<T> Forward(Tensor<T> input) => input.ConvTranspose2d(Weight, Bias, Stride, Padding, OutputPadding, Dilation, Groups);

        /// <inheritdoc/>
        protected internal override IEnumerable<(string Path, Parameter<T> Parameter)> OwnParameters()
        {
            yield return ("weight", Weight);
            if (Bias is not null) yield return ("bias", Bias);
        }

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) =>
            new ConvTranspose2d<T>(parameter(Weight), Bias is null ? null : parameter(Bias), Stride, Padding, OutputPadding, Dilation, Groups, Name);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.ConvTranspose2d{T}(int, int, Operations.Size2d, Random, Operations.Size2d?, Operations.Size2d?, Operations.Size2d?, Operations.Size2d?, int, Layers.Initializer{T}, bool, string)"/>
        public static Layers.ConvTranspose2d<T> ConvTranspose2d(
            int channels, int filters, Operations.Size2d kernel, Random random, Operations.Size2d? stride = null,
            Operations.Size2d? padding = null, Operations.Size2d? outputPadding = null, Operations.Size2d? dilation = null, int groups = 1, Layers.Initializer<T>? weight = null,
            bool bias = true, string name = "") =>
            new(channels, filters, kernel, random, stride, padding, outputPadding, dilation, groups, weight, bias, name);

        /// <inheritdoc cref="Layers.ConvTranspose2d{T}(Tensors.Tensor{T}, Tensors.Tensor{T}, Operations.Size2d?, Operations.Size2d?, Operations.Size2d?, Operations.Size2d?, int, string)"/>
        public static Layers.ConvTranspose2d<T> ConvTranspose2d(
            Tensors.Tensor<T> weight, Tensors.Tensor<T>? bias = null, Operations.Size2d? stride = null, Operations.Size2d? padding = null, Operations.Size2d? outputPadding = null,
            Operations.Size2d? dilation = null, int groups = 1, string name = "") =>
            new(weight, bias, stride, padding, outputPadding, dilation, groups, name);
    }
}
