using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>Kernels that slide along sequences.</summary>
public static class Conv1dOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Slides kernels along sequences, z = x ⋆ K + b, in one step: every output is the sum of a window times a kernel.</summary>
        /// <param name="kernel">K, [F, C / groups, K]: F kernels, each over all channels of its group.</param>
        /// <param name="bias">b, [F]; none if left out.</param>
        /// <param name="stride">From window to window, 1 or more.</param>
        /// <param name="padding">Zeros before and behind each sequence, 0 or more.</param>
        /// <param name="dilation">How far apart the entries of a kernel lie on the sequence, 1 or more.</param>
        /// <param name="groups">Filters and channels in so many equal groups, each filter over the channels of its group alone.</param>
        /// <remarks>
        /// It is a two-dimensional convolution of pictures of one row. The channels come before the positions: turn [N, T, D] round by Transpose(1, 2).
        /// Shapes: x [N, C, L], K [F, C / groups, K], b [F] → z [N, F, (L + 2·padding − dilation·(K − 1) − 1) / stride + 1].
        /// Backward: dx = dz ∗ K (the turned kernel slides), dK = x ⋆ dz summed over the batch, db = Σ dz over batch and positions.
        /// Source: Goodfellow, Bengio, Courville, Deep Learning (2016), §9.1.
        /// </remarks>
        /// <exception cref="ShapeException">The axes do not fit, groups do not divide the channels and filters, or the kernel is larger than
        /// the padded sequences.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A stride, a dilation or a number of groups below 1, or a padding below 0.</exception>
        public Tensor<T> Conv1d(Tensor<T> kernel, Tensor<T>? bias = null, int stride = 1, int padding = 0, int dilation = 1, int groups = 1) =>
            new Conv1dOp<T>(x, kernel, bias, stride, padding, dilation, groups).Apply();
    }
}

internal sealed class Conv1dOp<T>(Tensor<T> x, Tensor<T> kernel, Tensor<T>? bias, int stride, int padding, int dilation, int groups)
    : ConvolutionOp<T>(x, kernel, bias, groups) where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override int Axes => 1;

    protected override string AxesOfInput => "[N, C, L]";

    protected override string AxesOfKernel => "[filters, channels, positions]";

    protected override Window Moving(Shape kernel) => Window.OverSequences("Conv1d", kernel[2], stride, padding, dilation);
}
