using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The average of every window of a sequence.</summary>
public static class AveragePool1dOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The average of every window of a sequence, per channel.</summary>
        /// <param name="size">The window, 1 or more.</param>
        /// <param name="stride">From window to window, 1 or more; the window's size if left out, so that windows lie side by side.</param>
        /// <param name="padding">Zeros before and behind the sequence, which count as numbers of the window, 0 or more.</param>
        /// <param name="ceilMode">Whether a last window that reaches past the end is there too.</param>
        /// <param name="countPadding">Whether the padding counts; if not, a window that lies on it is divided by its numbers of the sequence
        /// alone, and the padding must be less than the window's size.</param>
        /// <remarks>
        /// Shapes: x [N, C, L] → y [N, C, (L + 2·padding − size) / stride + 1], rounded down, or up with <paramref name="ceilMode"/>, as long as the
        /// last window begins on the sequence or before it.
        /// The sum is divided by the numbers of the window, those on the padding included; what reaches past the padding does not count.
        /// Backward: each dy, divided by the same number, goes to every entry of its window.
        /// Source: Goodfellow, Bengio, Courville, Deep Learning (2016), §9.3.
        /// </remarks>
        /// <exception cref="ShapeException">x has not three axes, or is smaller than a window.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A size or stride below 1, or a padding below 0, or not below the size where it does not count.</exception>
        public Tensor<T> AveragePool1d(int size, int? stride = null, int padding = 0, bool ceilMode = false, bool countPadding = true) =>
            new AveragePoolOp<T>("AveragePool1d", x, Window.OverSequences("AveragePool1d", size, stride ?? size, padding, ceil: ceilMode), countPadding).Apply();
    }
}
