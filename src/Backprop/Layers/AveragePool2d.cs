using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>The average of every window of a picture, per channel.</summary>
    /// <remarks>Shapes: x [N, C, H, W] → y [N, C, (H + 2·padding − rows) / stride + 1, (W + 2·padding − columns) / stride + 1].</remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class AveragePool2d<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Makes the layer.</summary>
        /// <param name="kernel">The window: one number or (rows, columns), 1 or more.</param>
        /// <param name="stride">From window to window, 1 or more; the window's size if left out, so that windows lie side by side.</param>
        /// <param name="padding">Rows and columns of zeros around the picture, which count as numbers of the window; 0 if left out.</param>
        /// <param name="ceilMode">Whether a last window that reaches past the edge is there too.</param>
        /// <param name="countPadding">Whether an average counts the padding; if not, the padding must be less than the window's size.</param>
        /// <param name="name">The name of the layer; may be empty.</param>
        /// <exception cref="ArgumentOutOfRangeException">A size or stride is below 1, or a padding below 0, or not below the size where it does not count.</exception>
        public AveragePool2d(
            Size2d kernel, Size2d? stride = null, Size2d? padding = null, bool ceilMode = false, bool countPadding = true, string name = "") : base(name)
        {
            (Kernel, Stride, Padding, CeilMode, CountPadding) = (kernel, stride ?? kernel, padding ?? 0, ceilMode, countPadding);
            var window = Window.OverPictures("AveragePool2d", Kernel, Stride, Padding);
            if (!countPadding) window.PaddedBelowItsSize();
        }

        /// <summary>The rows and columns of a window.</summary>
        public Size2d Kernel { get; }

        /// <summary>From window to window.</summary>
        public Size2d Stride { get; }

        /// <summary>Rows above and below, columns left and right of the picture.</summary>
        public Size2d Padding { get; }

        /// <summary>Whether a last window that reaches past the edge is there too.</summary>
        public bool CeilMode { get; }

        /// <summary>Whether an average counts the padding.</summary>
        public bool CountPadding { get; }

        /// <inheritdoc/>
        public override string Type => "average_pool2d";

        /// <inheritdoc/>
        public override IReadOnlyList<(string Key, object Value)> Settings =>
            SettingList.Of(("kernel", Kernel.Setting), ("stride", Stride.Setting), ("padding", Padding.Setting))
                .Unless(false, "ceil", CeilMode).Unless(true, "countPadding", CountPadding);

        /// <inheritdoc/>
        public override Tensor<T> Forward(Tensor<T> input) => input.AveragePool2d(Kernel, Stride, Padding, CeilMode, CountPadding);

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) =>
            new AveragePool2d<T>(Kernel, Stride, Padding, CeilMode, CountPadding, Name);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.AveragePool2d{T}(Operations.Size2d, Operations.Size2d?, Operations.Size2d?, bool, bool, string)"/>
        public static Layers.AveragePool2d<T> AveragePool2d(
            Operations.Size2d kernel, Operations.Size2d? stride = null, Operations.Size2d? padding = null, bool ceilMode = false, bool countPadding = true,
            string name = "") =>
            new(kernel, stride, padding, ceilMode, countPadding, name);
    }
}
