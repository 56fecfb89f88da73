using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The largest number of every window of a sequence.</summary>
public static class MaxPool1dOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The largest number of every window of a sequence, per channel.</summary>
        /// <param name="size">The window, 1 or more.</param>
        /// <param name="stride">From window to window, 1 or more; the window's size if left out, so that windows lie side by side.</param>
        /// <param name="padding">Places before and behind the sequence that never win, less than the window's size.</param>
        /// <param name="ceilMode">Whether a last window that reaches past the end is there too.</param>
        /// <remarks>
        /// Shapes: x [N, C, L] → y [N, C, (L + 2·padding − size) / stride + 1], rounded down, or up with <paramref name="ceilMode"/>, as long as the
        /// last window begins on the sequence or before it.
        /// Of equal numbers the first wins; a NaN wins and passes on. Forward remembers the winners.
        /// Backward: each dy goes to the winner of its window; what never won gets 0.
        /// Source: Goodfellow, Bengio, Courville, Deep Learning (2016), §9.3.
        /// </remarks>
        /// <exception cref="ShapeException">x has not three axes, or is smaller than a window.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A size or stride below 1, or a padding below 0 or not below the size.</exception>
        public Tensor<T> MaxPool1d(int size, int? stride = null, int padding = 0, bool ceilMode = false) =>
            new MaxPoolOp<T>("MaxPool1d", x, Window.OverSequences("MaxPool1d", size, stride ?? size, padding, ceil: ceilMode)).Apply();
    }
}
