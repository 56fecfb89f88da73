using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>The average of every window of a sequence, per channel.</summary>
    /// <remarks>Shapes: x [N, C, L] → y [N, C, (L + 2·padding − kernel) / stride + 1].</remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class AveragePool1d<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Makes the layer.</summary>
        /// <param name="kernel">The positions of a window, 1 or more.</param>
        /// <param name="stride">From window to window, 1 or more; the window's size if left out, so that windows lie side by side.</param>
        /// <param name="padding">Zeros before and behind the sequence, which count as numbers of the window.</param>
        /// <param name="ceilMode">Whether a last window that reaches past the end is there too.</param>
        /// <param name="countPadding">Whether an average counts the padding; if not, the padding must be less than the window's size.</param>
        /// <param name="name">The name of the layer; may be empty.</param>
        /// <exception cref="ArgumentOutOfRangeException">A size or stride is below 1, or a padding below 0, or not below the size where it does not count.</exception>
        public AveragePool1d(
            int kernel, int? stride = null, int padding = 0, bool ceilMode = false, bool countPadding = true, string name = "") : base(name)
        {
            (Kernel, Stride, Padding, CeilMode, CountPadding) = (kernel, stride ?? kernel, padding, ceilMode, countPadding);
            var window = Window.OverSequences("AveragePool1d", Kernel, Stride, Padding);
            if (!countPadding) window.PaddedBelowItsSize();
        }

        /// <summary>The positions of a window.</summary>
        public int Kernel { get; }

        /// <summary>From window to window.</summary>
        public int Stride { get; }

        /// <summary>Places before and behind the sequence.</summary>
        public int Padding { get; }

        /// <summary>Whether a last window that reaches past the end is there too.</summary>
        public bool CeilMode { get; }

        /// <summary>Whether an average counts the padding.</summary>
        public bool CountPadding { get; }

        /// <inheritdoc/>
        public override string Type => "average_pool1d";

        /// <inheritdoc/>
        public override IReadOnlyList<(string Key, object Value)> Settings =>
            SettingList.Of(("kernel", Kernel), ("stride", Stride), ("padding", Padding))
                .Unless(false, "ceil", CeilMode).Unless(true, "countPadding", CountPadding);

        /// <inheritdoc/>
        public override Tensor<T> Forward(Tensor<T> input) => input.AveragePool1d(Kernel, Stride, Padding, CeilMode, CountPadding);

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) =>
            new AveragePool1d<T>(Kernel, Stride, Padding, CeilMode, CountPadding, Name);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.AveragePool1d{T}(int, int?, int, bool, bool, string)"/>
        public static Layers.AveragePool1d<T> AveragePool1d(
            int kernel, int? stride = null, int padding = 0, bool ceilMode = false, bool countPadding = true,
            string name = "") =>
            new(kernel, stride, padding, ceilMode, countPadding, name);
    }
}
