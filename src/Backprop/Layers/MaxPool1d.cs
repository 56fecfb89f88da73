using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>The largest number of every window of a sequence, per channel.</summary>
    /// <remarks>Shapes: x [N, C, L] → y [N, C, (L + 2·padding − kernel) / stride + 1].</remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class MaxPool1d<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Makes the layer.</summary>
        /// <param name="kernel">The positions of a window, 1 or more.</param>
        /// <param name="stride">From window to window, 1 or more; the window's size if left out, so that windows lie side by side.</param>
        /// <param name="padding">Places before and behind the sequence that never win, less than the window's size.</param>
        /// <param name="ceilMode">Whether a last window that reaches past the end is there too.</param>
        /// <param name="name">The name of the layer; may be empty.</param>
        /// <exception cref="ArgumentOutOfRangeException">A size or stride is below 1, or a padding below 0 or not below the size.</exception>
        public MaxPool1d(
            int kernel, int? stride = null, int padding = 0, bool ceilMode = false, string name = "") : base(name)
        {
            (Kernel, Stride, Padding, CeilMode) = (kernel, stride ?? kernel, padding, ceilMode);
            Window.OverSequences("MaxPool1d", Kernel, Stride, Padding).PaddedBelowItsSize();
        }

        /// <summary>The positions of a window.</summary>
        public int Kernel { get; }

        /// <summary>From window to window.</summary>
        public int Stride { get; }

        /// <summary>Places before and behind the sequence.</summary>
        public int Padding { get; }

        /// <summary>Whether a last window that reaches past the end is there too.</summary>
        public bool CeilMode { get; }

        /// <inheritdoc/>
        public override string Type => "max_pool1d";

        /// <inheritdoc/>
        public override IReadOnlyList<(string Key, object Value)> Settings =>
            SettingList.Of(("kernel", Kernel), ("stride", Stride), ("padding", Padding))
                .Unless(false, "ceil", CeilMode);

        /// <inheritdoc/>
        public override Tensor<T> Forward(Tensor<T> input) => input.MaxPool1d(Kernel, Stride, Padding, CeilMode);

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) =>
            new MaxPool1d<T>(Kernel, Stride, Padding, CeilMode, Name);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.MaxPool1d{T}(int, int?, int, bool, string)"/>
        public static Layers.MaxPool1d<T> MaxPool1d(
            int kernel, int? stride = null, int padding = 0, bool ceilMode = false,
            string name = "") =>
            new(kernel, stride, padding, ceilMode, name);
    }
}
