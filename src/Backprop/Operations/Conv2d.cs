using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>Kernels that slide over pictures.</summary>
public static class Conv2dOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Slides kernels over pictures, z = x ⋆ K + b, in one step: every output is the sum of a window times a kernel.</summary>
        /// <param name="kernel">K, [F, C / groups, KH, KW]: F kernels, each over all channels of its group.</param>
        /// <param name="bias">b, [F]; none if left out.</param>
        /// <param name="stride">From window to window, 1 or more: one number or (rows, columns); 1 if left out.</param>
        /// <param name="padding">Rows of zeros above and below, columns of zeros left and right, 0 or more; 0 if left out.</param>
        /// <param name="dilation">How far apart the entries of a kernel lie on the picture, 1 or more; 1, side by side, if left out.</param>
        /// <param name="groups">Filters and channels in so many equal groups, each filter over the channels of its group alone; as many groups as
        /// channels make the convolution depthwise.</param>
        /// <remarks>
        /// It is the cross-correlation that all libraries call convolution: the kernel is not turned.
        /// Shapes: x [N, C, H, W], K [F, C / groups, KH, KW], b [F] → z [N, F, OH, OW], OH = (H + 2·padding − dilation·(KH − 1) − 1) / stride + 1.
        /// Backward: dx = dz ∗ K (the turned kernel slides), dK = x ⋆ dz summed over the batch, db = Σ dz over batch and positions.
        /// Source: Goodfellow, Bengio, Courville, Deep Learning (2016), §9.1.
        /// </remarks>
        /// <exception cref="ShapeException">The axes do not fit, groups do not divide the channels and filters, or the kernel is larger than
        /// the padded pictures.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A stride, a dilation or a number of groups below 1, or a padding below 0.</exception>
        public Tensor<T> Conv2d(
            Tensor<T> kernel, Tensor<T>? bias = null, Size2d? stride = null, Size2d? padding = null, Size2d? dilation = null, int groups = 1) =>
            new Conv2dOp<T>(x, kernel, bias, stride ?? 1, padding ?? 0, dilation ?? 1, groups).Apply();
    }
}

internal sealed class Conv2dOp<T>(
    Tensor<T> x, Tensor<T> kernel, Tensor<T>? bias, Size2d stride, Size2d padding, Size2d dilation, int groups)
    : ConvolutionOp<T>(x, kernel, bias, groups) where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override int Axes => 2;

    protected override string AxesOfInput => "[N, C, H, W]";

    protected override string AxesOfKernel => "[filters, channels, rows, columns]";

    /// <summary>The rows and columns of zeros around the pictures.</summary>
    internal Size2d Padding => padding;

    /// <summary>The same kernels over pictures that have their padding already.</summary>
    internal Tensor<T> OverPadded(Tensor<T> padded) => new Conv2dOp<T>(padded, Inputs[1].Copy(), null, stride, 0, dilation, Groups).Apply();

    protected override Window Moving(Shape kernel) => Window.OverPictures("Conv2d", (kernel[2], kernel[3]), stride, padding, dilation);
}
