using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Onnx.Translation;

/// <summary>A window that moves over the axes behind samples and channels.</summary>
internal sealed record PoolingWindow(int[] Kernel, int[] Stride, int[] Padding, bool Ceil)
{
    public static PoolingWindow Of(Size2d kernel, Size2d stride, Size2d padding, bool ceil) =>
        new([kernel.Rows, kernel.Columns], [stride.Rows, stride.Columns], [padding.Rows, padding.Columns], ceil);

    /// <summary>
    /// How far the windows reach behind each axis. ONNX's own ceil_mode is left alone: programs differ in whether a last window may begin in the
    /// padding and in what its average counts. The sizes are known, so the same windows can be had by padding.
    /// </summary>
    public int[] PaddingBehind(Shape x, Shape y) =>
    [
        .. Kernel.Select((size, axis) => Ceil ? Math.Max(0, (y[axis + 2] - 1) * Stride[axis] + size - x[axis + 2] - Padding[axis]) : Padding[axis]),
    ];

    /// <summary>For each window along an axis, its size over how many of its places are on the input or its padding.</summary>
    public float[] Shares(int axis, Shape x, Shape y) =>
    [
        .. Enumerable.Range(0, y[axis + 2]).Select(window =>
        {
            int start = window * Stride[axis], end = x[axis + 2] + 2 * Padding[axis];
            return (float)Kernel[axis] / Math.Min(Kernel[axis], end - start);
        }),
    ];

    public OnnxAttribute[] Attributes(int[] before, int[] behind) =>
    [
        Translation.Attributes.Of("kernel_shape", Kernel),
        Translation.Attributes.Of("strides", Stride),
        Translation.Attributes.Of("pads", [.. before, .. behind]),
    ];
}
