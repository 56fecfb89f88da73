using Backprop.Kernels;

namespace Backprop.Operations;

/// <summary>Which entries of a plane a window lies on, and which windows lie on an entry: what terms and numbers are read from.</summary>
internal static class WindowPlaces
{
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
            {
                // Between the entries of a dilated window there are gaps.
                var (i, gapBelow) = Math.DivRem(row - windows.Row(down, 0), windows.DilationRows);
                var (j, gapRight) = Math.DivRem(column - windows.Column(across, 0), windows.DilationColumns);
                if (gapBelow == 0 && gapRight == 0) yield return (down * windows.Across + across, i * windows.Columns + j);
            }
    }
}
