namespace Backprop.Kernels;

/// <summary>How windows move over one plane: its size, the window's, the stride, the rows and columns of zeros put around the plane, and how far
/// apart the entries of a window lie.</summary>
/// <remarks>With Ceil, a last window that reaches past the padded plane is there too, as long as it begins on the plane or before. With SkipsPadding, an
/// average leaves the padding out of its count.</remarks>
internal readonly record struct Windows(
    int Height, int Width, int Rows, int Columns, int StrideRows, int StrideColumns, int PaddingRows, int PaddingColumns,
    int DilationRows = 1, int DilationColumns = 1, bool Ceil = false, bool SkipsPadding = false)
{
    /// <summary>The windows that fit one below the other.</summary>
    public int Down => Fitting(Height, ReachRows, StrideRows, PaddingRows);

    /// <summary>The windows that fit side by side.</summary>
    public int Across => Fitting(Width, ReachColumns, StrideColumns, PaddingColumns);

    /// <summary>The entries of the plane.</summary>
    public int Plane => Height * Width;

    /// <summary>The number of windows.</summary>
    public int Count => Down * Across;

    /// <summary>The entries of a window.</summary>
    public int Size => Rows * Columns;

    /// <summary>The rows of the plane from the first to the last row of a window.</summary>
    public int ReachRows => (Rows - 1) * DilationRows + 1;

    /// <summary>The columns of the plane from the first to the last column of a window.</summary>
    public int ReachColumns => (Columns - 1) * DilationColumns + 1;

    /// <summary>The row of the plane under a row of a window; outside the plane there are zeros.</summary>
    public int Row(int down, int row) => down * StrideRows + row * DilationRows - PaddingRows;

    /// <summary>The column of the plane under a column of a window.</summary>
    public int Column(int across, int column) => across * StrideColumns + column * DilationColumns - PaddingColumns;

    /// <summary>The first row of the plane under a window without gaps, and the row behind its last one.</summary>
    public int FirstRow(int down) => Math.Max(Row(down, 0), 0);
    public int EndRow(int down) => Math.Min(Row(down, Rows), Height);

    /// <summary>The first column of the plane under a window without gaps, and the column behind its last one.</summary>
    public int FirstColumn(int across) => Math.Max(Column(across, 0), 0);
    public int EndColumn(int across) => Math.Min(Column(across, Columns), Width);

    /// <summary>Whether every average is over as many numbers as a window has.</summary>
    public bool CountsAlike => !Ceil && !SkipsPadding;

    /// <summary>How many numbers the average of a window is over: those on the plane and, unless they are skipped, on its padding; never those
    /// beyond.</summary>
    public int Counted(int down, int across) => SkipsPadding
        ? (EndRow(down) - FirstRow(down)) * (EndColumn(across) - FirstColumn(across))
        : (Math.Min(Row(down, Rows), Height + PaddingRows) - Row(down, 0)) * (Math.Min(Column(across, Columns), Width + PaddingColumns) - Column(across, 0));

    /// <summary>Whether the plane has such a place.</summary>
    public bool Inside(int row, int column) => (uint)row < (uint)Height && (uint)column < (uint)Width;

    /// <summary>The windows [from, to) that reach over a row of the plane; with gaps between its rows, a window may leave it out.</summary>
    public (int From, int To) DownOver(int row) => Over(row + PaddingRows, ReachRows, StrideRows, Down);

    /// <summary>The windows [from, to) that reach over a column of the plane.</summary>
    public (int From, int To) AcrossOver(int column) => Over(column + PaddingColumns, ReachColumns, StrideColumns, Across);

    // Windows o with o·stride ≤ at < o·stride + size.
    private static (int From, int To) Over(int at, int size, int stride, int count) =>
        (at < size ? 0 : (at - size) / stride + 1, Math.Min(at / stride + 1, count));

    private int Fitting(int plane, int reach, int stride, int padding)
    {
        int steps = plane + 2 * padding - reach;
        if (!Ceil) return steps / stride + 1;
        int more = (steps + stride - 1) / stride;
        return more * stride >= plane + padding ? more : more + 1;
    }
}
