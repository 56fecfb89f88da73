namespace Backprop.Kernels;

/// <summary>How windows move over one plane: its size, the window's, the stride and the rows and columns of zeros put around the
/// plane.</summary>
internal readonly record struct Windows(
    int Height, int Width, int Rows, int Columns, int StrideRows, int StrideColumns, int PaddingRows, int PaddingColumns)
{
    /// <summary>The windows that fit one below the other.</summary>
    public int Down => (Height + 2 * PaddingRows - Rows) / StrideRows + 1;

    /// <summary>The windows that fit side by side.</summary>
    public int Across => (Width + 2 * PaddingColumns - Columns) / StrideColumns + 1;

    /// <summary>The entries of the plane.</summary>
    public int Plane => Height * Width;

    /// <summary>The number of windows.</summary>
    public int Count => Down * Across;

    /// <summary>The entries of a window.</summary>
    public int Size => Rows * Columns;

    /// <summary>The row of the plane under a row of a window; outside the plane there are zeros.</summary>
    public int Row(int down, int row) => down * StrideRows + row - PaddingRows;

    /// <summary>The column of the plane under a column of a window.</summary>
    public int Column(int across, int column) => across * StrideColumns + column - PaddingColumns;

    /// <summary>The first row of the plane under a window, and the row behind its last one.</summary>
    public int FirstRow(int down) => Math.Max(Row(down, 0), 0);
    public int EndRow(int down) => Math.Min(Row(down, Rows), Height);

    /// <summary>The first column of the plane under a window, and the column behind its last one.</summary>
    public int FirstColumn(int across) => Math.Max(Column(across, 0), 0);
    public int EndColumn(int across) => Math.Min(Column(across, Columns), Width);

    /// <summary>Whether the plane has such a place.</summary>
    public bool Inside(int row, int column) => (uint)row < (uint)Height && (uint)column < (uint)Width;

    /// <summary>The windows [from, to) that cover a row of the plane.</summary>
    public (int From, int To) DownOver(int row) => Over(row + PaddingRows, Rows, StrideRows, Down);

    /// <summary>The windows [from, to) that cover a column of the plane.</summary>
    public (int From, int To) AcrossOver(int column) => Over(column + PaddingColumns, Columns, StrideColumns, Across);

    // Windows o with o·stride ≤ at < o·stride + size.
    private static (int From, int To) Over(int at, int size, int stride, int count) =>
        (at < size ? 0 : (at - size) / stride + 1, Math.Min(at / stride + 1, count));
}
