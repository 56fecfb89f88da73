using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>A convolutional layer: kernels slide over pictures, z = x ⋆ K + b. Every place of the picture shares the same
    /// weights.</summary>
    /// <remarks>
    /// Shapes: x [N, C, H, W] → z [N, F, (H + 2·padding − KH) / stride + 1, (W + 2·padding − KW) / stride + 1]; K [F, C, KH, KW], b [F].
    /// It is the cross-correlation that all libraries call convolution.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class Conv2d<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Makes the layer with drawn kernels; biases begin at 0.</summary>
        /// <param name="channels">The channels of the pictures that come in, 1 or more.</param>
        /// <param name="filters">The number of kernels, and so of channels that go out, 1 or more.</param>
        /// <param name="kernel">The kernel's rows and columns: one number or (rows, columns), 1 or more.</param>
        /// <param name="random">The source of chance.</param>
        /// <param name="stride">From window to window, 1 or more; 1 if left out.</param>
        /// <param name="padding">Rows of zeros above and below, columns of zeros left and right, 0 or more; 0 if left out.</param>
        /// <param name="weight">Draws the kernels; Glorot uniform if left out. HeUniform suits a ReLU behind the layer.</param>
        /// <param name="bias">Whether a bias is added.</param>
        /// <param name="name">The first part of the parameters' paths; may be empty.</param>
        /// <exception cref="ArgumentOutOfRangeException">A size or a stride is below 1, or a padding below 0.</exception>
        /// <exception cref="ShapeException">The kernels have more numbers than a tensor can hold.</exception>
        public Conv2d(
            int channels, int filters, Size2d kernel, Random random, Size2d? stride = null, Size2d? padding = null,
            Initializer<T>? weight = null, bool bias = true, string name = "") : base(name)
        {
            (Stride, Padding) = (stride ?? 1, padding ?? 0);
            Window.Check("Conv2d", kernel, Stride, Padding);
            Size.AtLeastOne("Conv2d", nameof(channels), channels);
            Size.AtLeastOne("Conv2d", nameof(filters), filters);
            // The shape refuses what is too large, so neither product can overflow.
            Shape shape = [filters, channels, kernel.Rows, kernel.Columns];
            int inputs = channels * kernel.Rows * kernel.Columns, outputs = filters * kernel.Rows * kernel.Columns;
            Weight = (weight ?? Nn<T>.GlorotUniform()).Parameter("weight", shape, inputs, outputs, random);
            Bias = bias ? new Parameter<T>([filters], new T[filters], "bias") : null;
        }

        /// <summary>Makes the layer from given numbers.</summary>
        /// <param name="weight">K, [F, C, KH, KW]. A parameter is taken as it is, so that two layers can share it; other tensors are
        /// copied.</param>
        /// <param name="bias">b, [F]; none if left out.</param>
        /// <param name="stride">From window to window, 1 or more; 1 if left out.</param>
        /// <param name="padding">Rows of zeros above and below, columns of zeros left and right, 0 or more; 0 if left out.</param>
        /// <param name="name">The first part of the parameters' paths; may be empty.</param>
        /// <exception cref="ShapeException">The weight has not four axes, or the bias not one number per filter.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A stride is below 1 or a padding below 0.</exception>
        public Conv2d(Tensor<T> weight, Tensor<T>? bias = null, Size2d? stride = null, Size2d? padding = null, string name = "") : base(name)
        {
            ArgumentNullException.ThrowIfNull(weight);
            if (weight.Shape.Rank != 4 || weight.Length == 0)
                throw new ShapeException(
                    "Conv2d", $"the weight {weight.Shape} came, [filters, channels, rows, columns] is needed", weight.Shape);
            if (bias is not null && bias.Shape != [weight.Shape[0]])
                throw new ShapeException(
                    "Conv2d", $"the bias {bias.Shape} came, the weight {weight.Shape} needs [{weight.Shape[0]}]", weight.Shape, bias.Shape);
            (Stride, Padding) = (stride ?? 1, padding ?? 0);
            Window.Check("Conv2d", (weight.Shape[2], weight.Shape[3]), Stride, Padding);
            Weight = weight.AsParameter("weight");
            Bias = bias?.AsParameter("bias");
        }

        /// <summary>K, [F, C, KH, KW].</summary>
        public Parameter<T> Weight { get; }

        /// <summary>b, [F], if there is one.</summary>
        public Parameter<T>? Bias { get; }

        /// <summary>The channels of the pictures that come in.</summary>
        public int Channels => Weight.Shape[1];

        /// <summary>The number of kernels, and so of channels that go out.</summary>
        public int Filters => Weight.Shape[0];

        /// <summary>The rows and columns of a kernel.</summary>
        public Size2d Kernel => (Weight.Shape[2], Weight.Shape[3]);

        /// <summary>From window to window.</summary>
        public Size2d Stride { get; }

        /// <summary>Rows of zeros above and below, columns of zeros left and right.</summary>
        public Size2d Padding { get; }

        /// <inheritdoc/>
        public override string Type => "conv2d";

        /// <inheritdoc/>
        public override IReadOnlyList<(string Key, object Value)> Settings
        {
            get
            {
                (string, object)[] settings =
                    [("filters", Filters), ("kernel", Kernel.Setting), ("stride", Stride.Setting), ("padding", Padding.Setting)];
                return Bias is null ? [.. settings, ("bias", false)] : settings;
            }
        }

        /// <inheritdoc/>
        public override Tensor<T> Forward(Tensor<T> input) => input.Conv2d(Weight, Bias, Stride, Padding);

        /// <inheritdoc/>
        protected internal override IEnumerable<(string Path, Parameter<T> Parameter)> OwnParameters()
        {
            yield return ("weight", Weight);
            if (Bias is not null) yield return ("bias", Bias);
        }

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) =>
            new Conv2d<T>(parameter(Weight), Bias is null ? null : parameter(Bias), Stride, Padding, Name);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.Conv2d{T}(int, int, Operations.Size2d, Random, Operations.Size2d?, Operations.Size2d?, Layers.Initializer{T}, bool, string)"/>
        public static Layers.Conv2d<T> Conv2d(
            int channels, int filters, Operations.Size2d kernel, Random random, Operations.Size2d? stride = null,
            Operations.Size2d? padding = null, Layers.Initializer<T>? weight = null, bool bias = true, string name = "") =>
            new(channels, filters, kernel, random, stride, padding, weight, bias, name);

        /// <inheritdoc cref="Layers.Conv2d{T}(Tensors.Tensor{T}, Tensors.Tensor{T}, Operations.Size2d?, Operations.Size2d?, string)"/>
        public static Layers.Conv2d<T> Conv2d(
            Tensors.Tensor<T> weight, Tensors.Tensor<T>? bias = null, Operations.Size2d? stride = null, Operations.Size2d? padding = null,
            string name = "") =>
            new(weight, bias, stride, padding, name);
    }
}
