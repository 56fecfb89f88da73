namespace Backprop.Exporting;

// Convolution and pooling.
internal static partial class NumPyFunctions
{
    private static Function[] Convolution =>
    [
        new("conv2d", """"
            def conv2d(x, kernels, bias=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
                """x [N, C, H, W], kernels [F, C / groups, KH, KW], bias [F]: [N, F, rows, columns]."""
                filters, channels, height, width = kernels.shape
                x = np.pad(x, [(0, 0), (0, 0), (padding[0],) * 2, (padding[1],) * 2])
                rows = (x.shape[2] - dilation[0] * (height - 1) - 1) // stride[0] + 1
                columns = (x.shape[3] - dilation[1] * (width - 1) - 1) // stride[1] + 1
                y = np.zeros((len(x), filters, rows, columns))
                for group in range(groups):
                    read = slice(group * channels, (group + 1) * channels)
                    written = slice(group * filters // groups, (group + 1) * filters // groups)
                    for i in range(height):
                        for j in range(width):
                            # What entry (i, j) of the kernels lies on, wherever they stand.
                            top, left = i * dilation[0], j * dilation[1]
                            under = x[:, read, top:top + rows * stride[0]:stride[0], left:left + columns * stride[1]:stride[1]]
                            y[:, written] += np.einsum("nchw,fc->nfhw", under, kernels[written, :, i, j], optimize=True)
                return y if bias is None else y + bias[:, None, None]
            """"),
        new("conv1d", """"
            def conv1d(x, kernels, bias=None, stride=1, padding=0, dilation=1, groups=1):
                """x [N, C, L], kernels [F, C / groups, K]: sequences are pictures of one row."""
                return conv2d(x[:, :, None], kernels[:, :, None], bias, (1, stride), (0, padding), (1, dilation), groups)[:, :, 0]
            """", "conv2d"),
        new("conv_transpose2d", """"
            def conv_transpose2d(x, kernels, bias=None, stride=(1, 1), padding=(0, 0), output_padding=(0, 0), dilation=(1, 1), groups=1):
                """Every number of x [N, C, H, W] adds its kernel times itself to the output; kernels [C, F / groups, KH, KW], bias [F]."""
                channels, filters, height, width = kernels.shape
                rows = (x.shape[2] - 1) * stride[0] + dilation[0] * (height - 1) + 1 + output_padding[0]
                columns = (x.shape[3] - 1) * stride[1] + dilation[1] * (width - 1) + 1 + output_padding[1]
                y = np.zeros((len(x), filters * groups, rows, columns))
                for group in range(groups):
                    read = slice(group * channels // groups, (group + 1) * channels // groups)
                    written = slice(group * filters, (group + 1) * filters)
                    for i in range(height):
                        for j in range(width):
                            top, left = i * dilation[0], j * dilation[1]
                            bottom, right = top + (x.shape[2] - 1) * stride[0] + 1, left + (x.shape[3] - 1) * stride[1] + 1
                            y[:, written, top:bottom:stride[0], left:right:stride[1]] += np.einsum(
                                "nchw,cf->nfhw", x[:, read], kernels[read, :, i, j], optimize=True)
                y = y[:, :, padding[0]:rows - padding[0], padding[1]:columns - padding[1]]
                return y if bias is None else y + bias[:, None, None]
            """"),
        new("blend", """"
            def blend(size, factor):
                """The share of each of size numbers in each of size * factor ones."""
                at = np.clip((np.arange(size * factor) + 0.5) / factor - 0.5, 0, size - 1)
                low = at.astype(int)
                shares = np.zeros((size * factor, size))
                shares[np.arange(size * factor), low] += 1 - (at - low)
                shares[np.arange(size * factor), np.minimum(low + 1, size - 1)] += at - low
                return shares
            """"),
        new("bilinear", """"
            def bilinear(x, rows, columns):
                """As many times as many rows and columns, blended from the nearest ones."""
                return np.einsum("ih,jw,nchw->ncij", blend(x.shape[2], rows), blend(x.shape[3], columns), x, optimize=True)
            """", "blend"),
    ];

    private static Function[] Pooling =>
    [
        new("windows", """"
            def windows(x, kernel, stride, padding, ceil_mode, around=0, beyond=0):
                """What every window sees: x [N, C, H, W] becomes [KH, KW, N, C, rows, columns], with a number in the padding and one beyond it."""
                counts, cut = [], []
                for size, k, s, p in zip(x.shape[2:], kernel, stride, padding):
                    count = (size + 2 * p - k) // s + 1
                    # A last window may reach beyond if it begins on the picture or before.
                    if ceil_mode and (count - 1) * s + k < size + 2 * p and count * s < size + p:
                        count += 1
                    counts.append(count)
                    cut.append(max(0, (count - 1) * s + k - size - 2 * p))
                x = np.pad(x, [(0, 0), (0, 0), *[(p, p) for p in padding]], constant_values=around)
                x = np.pad(x, [(0, 0), (0, 0), *[(0, c) for c in cut]], constant_values=beyond)
                (rows, columns), (down, right) = counts, stride
                return np.array([[x[:, :, i:i + (rows - 1) * down + 1:down, j:j + (columns - 1) * right + 1:right]
                                  for j in range(kernel[1])] for i in range(kernel[0])])
            """"),
        new("max_pool2d", """
            def max_pool2d(x, kernel, stride, padding=(0, 0), ceil_mode=False):
                return windows(x, kernel, stride, padding, ceil_mode, -np.inf, -np.inf).max(axis=(0, 1))
            """, "windows"),
        new("max_pool1d", """
            def max_pool1d(x, kernel, stride, padding=0, ceil_mode=False):
                return max_pool2d(x[:, :, None], (1, kernel), (1, stride), (0, padding), ceil_mode)[:, :, 0]
            """, "max_pool2d"),
        new("average_pool2d", """"
            def average_pool2d(x, kernel, stride, padding=(0, 0), ceil_mode=False, count_padding=True):
                """An average counts what lies on the picture, and the padding where that is said, but nothing beyond."""
                counted = windows(np.ones((1, 1, *x.shape[2:])), kernel, stride, padding, ceil_mode, around=count_padding)
                return windows(x, kernel, stride, padding, ceil_mode).sum(axis=(0, 1)) / counted.sum(axis=(0, 1))
            """", "windows"),
        new("average_pool1d", """
            def average_pool1d(x, kernel, stride, padding=0, ceil_mode=False, count_padding=True):
                return average_pool2d(x[:, :, None], (1, kernel), (1, stride), (0, padding), ceil_mode, count_padding)[:, :, 0]
            """, "average_pool2d"),
    ];
}
