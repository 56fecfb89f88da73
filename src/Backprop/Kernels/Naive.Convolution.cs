using System.Numerics;

namespace Backprop.Kernels;

internal static partial class Naive
{
    /// <summary>z[n,f,oh,ow] = Σ over ascending (c, kh, kw) of x[n,c,ih,iw]·K[f,c,kh,kw] + b[f]; the padding is multiplied as
    /// zeros. With groups, filter f sees the channels of its group, and c counts from the first of them. If it
    /// accumulates, the old z takes the place of b.</summary>
    public static void Convolution<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> kernel, ReadOnlySpan<T> bias, Span<T> z, int n, int filters, int channels, Windows w, int groups = 1,
        bool accumulate = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int at = 0, seen = channels / groups, perGroup = filters / groups;
        for (int image = 0; image < n; image++)
            for (int filter = 0; filter < filters; filter++)
                for (int down = 0; down < w.Down; down++)
                    for (int across = 0; across < w.Across; across++)
                    {
                        T sum = T.Zero;
                        for (int channel = 0; channel < seen; channel++)
                            for (int row = 0; row < w.Rows; row++)
                                for (int column = 0; column < w.Columns; column++)
                                {
                                    T value = Pixel(x, image * channels + filter / perGroup * seen + channel, w, w.Row(down, row), w.Column(across, column));
                                    int tap = (filter * seen + channel) * w.Size + row * w.Columns + column;
                                    sum = T.FusedMultiplyAdd(value, kernel[tap], sum);
                                }
                        z[at] = accumulate ? sum + z[at] : bias.IsEmpty ? sum : sum + bias[filter];
                        at++;
                    }
    }

    /// <summary>dx[n,c,ih,iw] (+)= Σ over ascending (f, oh, ow) of K[f,c,kh,kw]·dz[n,f,oh,ow]; windows that would
    /// lie outside have a gradient of zero.</summary>
    public static void ConvolutionInputGradient<T>(
        ReadOnlySpan<T> dz, ReadOnlySpan<T> kernel, Span<T> dx, int n, int filters, int channels, Windows w, bool accumulate, int groups = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int at = 0, seen = channels / groups, perGroup = filters / groups;
        for (int image = 0; image < n; image++)
            for (int channel = 0; channel < channels; channel++)
                for (int y = w.PaddingRows; y < w.PaddingRows + w.Height; y++)
                    for (int x = w.PaddingColumns; x < w.PaddingColumns + w.Width; x++, at++)
                    {
                        T sum = T.Zero;
                        for (int filter = channel / seen * perGroup; filter < (channel / seen + 1) * perGroup; filter++)
                            for (int row = w.Rows - 1; row >= 0; row--)
                                for (int column = w.Columns - 1; column >= 0; column--)
                                {
                                    // Window o covers padded place y with its row k where y = o·stride + k·dilation.
                                    var (fromTop, fromLeft) = (y - row * w.DilationRows, x - column * w.DilationColumns);
                                    if (fromTop % w.StrideRows != 0 || fromLeft % w.StrideColumns != 0) continue;
                                    var (down, across) = (fromTop / w.StrideRows, fromLeft / w.StrideColumns);
                                    bool inside = fromTop >= 0 && fromLeft >= 0 && down < w.Down && across < w.Across;
                                    T gradient = inside ? dz[((image * filters + filter) * w.Down + down) * w.Across + across] : T.Zero;
                                    int tap = (filter * seen + channel % seen) * w.Size + row * w.Columns + column;
                                    sum = T.FusedMultiplyAdd(kernel[tap], gradient, sum);
                                }
                        dx[at] = accumulate ? sum + dx[at] : sum;
                    }
    }

    /// <summary>dK[f,c,kh,kw] (+)= Σ over ascending (n, oh, ow) of x[n,c,ih,iw]·dz[n,f,oh,ow]; the padding is multiplied as
    /// zeros.</summary>
    public static void ConvolutionKernelGradient<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> dKernel, int n, int filters, int channels, Windows w, bool accumulate, int groups = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int at = 0, seen = channels / groups, perGroup = filters / groups;
        for (int filter = 0; filter < filters; filter++)
            for (int channel = 0; channel < seen; channel++)
                for (int row = 0; row < w.Rows; row++)
                    for (int column = 0; column < w.Columns; column++, at++)
                    {
                        T sum = accumulate ? dKernel[at] : T.Zero;
                        for (int image = 0; image < n; image++)
                            for (int down = 0; down < w.Down; down++)
                                for (int across = 0; across < w.Across; across++)
                                {
                                    T value = Pixel(x, image * channels + filter / perGroup * seen + channel, w, w.Row(down, row), w.Column(across, column));
                                    int position = ((image * filters + filter) * w.Down + down) * w.Across + across;
                                    sum = T.FusedMultiplyAdd(value, dz[position], sum);
                                }
                        dKernel[at] = sum;
                    }
    }

    private static T Pixel<T>(ReadOnlySpan<T> x, int plane, Windows w, int row, int column) where T : unmanaged, IFloatingPointIeee754<T> =>
        w.Inside(row, column) ? x[plane * w.Plane + row * w.Width + column] : T.Zero;
}
