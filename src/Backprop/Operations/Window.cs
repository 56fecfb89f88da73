using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>What operations on windows of pictures share: the check of their sizes.</summary>
internal static class Window
{
    /// <summary>The windows over pictures [N, C, H, W], or the reason why there are none.</summary>
    /// <exception cref="ShapeException">The pictures have other axes, or are smaller than a window.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A stride or a window below 1, or a padding below 0.</exception>
    public static Windows Over(string operation, Shape x, Size2d size, Size2d stride, Size2d padding)
    {
        if (x.Rank != 4)
            throw new ShapeException(
                operation, $"x {x} needs four axes, [N, C, H, W]; one picture of one channel is [1, 1, height, width]", x);
        Check(operation, size, stride, padding);

        long rows = x[2] + 2L * padding.Rows, columns = x[3] + 2L * padding.Columns;
        if (rows < size.Rows || columns < size.Columns)
            throw new ShapeException(
                operation, $"a window of {size} is larger than the pictures of {x}{Padded(padding, rows, columns)}; "
                + "it needs a smaller window, a larger padding or larger pictures", x);
        if (rows > Array.MaxLength || columns > Array.MaxLength || rows * columns > Array.MaxLength / Math.Max(x[1], 1))
            throw new ShapeException(operation, $"x {x}{Padded(padding, rows, columns)} is more than {Array.MaxLength} numbers per picture", x);
        return new Windows(x[2], x[3], size.Rows, size.Columns, stride.Rows, stride.Columns, padding.Rows, padding.Columns);
    }

    /// <summary>Throws unless windows can move at all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A stride or a window below 1, or a padding below 0.</exception>
    public static void Check(string operation, Size2d size, Size2d stride, Size2d padding)
    {
        if (size.Rows < 1 || size.Columns < 1)
            throw new ArgumentOutOfRangeException(null, $"{operation}: a window of {size} came, it needs at least 1×1.");
        if (stride.Rows < 1 || stride.Columns < 1)
            throw new ArgumentOutOfRangeException(null, $"{operation}: a stride of {stride} came, it is 1 or more.");
        if (padding.Rows < 0 || padding.Columns < 0)
            throw new ArgumentOutOfRangeException(null, $"{operation}: a padding of {padding} came, it is 0 or more.");
    }

    /// <summary>Throws where a window could lie on the padding alone, and no number in it could win.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The padding is not below the size.</exception>
    public static void CheckPaddingBelow(string operation, Size2d size, Size2d padding)
    {
        if (padding.Rows >= size.Rows || padding.Columns >= size.Columns)
            throw new ArgumentOutOfRangeException(
                null, $"{operation}: a padding of {padding} came, it is less than the window of {size}, so that every window has a number.");
    }

    /// <summary>Entries of a window that lie on the picture, in row-major order: the positions in the window and in the plane.</summary>
    public static IEnumerable<(int InWindow, int InPlane)> Places(this Windows windows, int down, int across)
    {
        for (int i = 0; i < windows.Rows; i++)
            for (int j = 0; j < windows.Columns; j++)
            {
                var (row, column) = (windows.Row(down, i), windows.Column(across, j));
                if (windows.Inside(row, column)) yield return (i * windows.Columns + j, row * windows.Width + column);
            }
    }

    /// <summary>The windows that cover a place of the plane, in row-major order, and which of their entries lies on it.</summary>
    public static IEnumerable<(int Window, int InWindow)> Covering(this Windows windows, int inPlane)
    {
        var (row, column) = Math.DivRem(inPlane, windows.Width);
        var ((downFrom, downTo), (acrossFrom, acrossTo)) = (windows.DownOver(row), windows.AcrossOver(column));
        for (int down = downFrom; down < downTo; down++)
            for (int across = acrossFrom; across < acrossTo; across++)
                yield return (down * windows.Across + across, (row - windows.Row(down, 0)) * windows.Columns + column - windows.Column(across, 0));
    }

    private static string Padded(Size2d padding, long rows, long columns) =>
        padding == default ? "" : $" with a padding of {padding}, {rows}×{columns}";
}
