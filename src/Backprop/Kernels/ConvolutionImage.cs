using System.Numerics;

namespace Backprop.Kernels;

/// <summary>An image as the inner loops read it: with its padding, and for strides above 1 taken apart into phases, so that neighbouring
/// windows always read neighbouring numbers.</summary>
/// <remarks>Padded row r, column c of a channel lies in phase (r mod stride, c mod stride) at (r / stride, c / stride).</remarks>
/// <param name="channels">The planes of the image.</param>
/// <param name="height">The rows of a plane.</param>
/// <param name="width">The columns of a plane.</param>
/// <param name="top">Rows of zeros above; below 0 where the first rows are never read.</param>
/// <param name="left">Columns of zeros on the left; below 0 where the first columns are never read.</param>
/// <param name="rows">The padded rows that are read.</param>
/// <param name="columns">The padded columns that are read.</param>
/// <param name="strideRows">Rows from window to window.</param>
/// <param name="strideColumns">Columns from window to window.</param>
internal sealed class ConvolutionImage(
    int channels, int height, int width, int top, int left, int rows, int columns, int strideRows = 1, int strideColumns = 1)
{
    // Where windows lie apart, whole phases are never read.
    private readonly int phasesDown = Math.Min(strideRows, rows), phasesAcross = Math.Min(strideColumns, columns);
    private readonly int phaseRows = (rows + strideRows - 1) / strideRows;

    /// <summary>The numbers from one row of a phase to the next.</summary>
    public int Pitch { get; } = (columns + strideColumns - 1) / strideColumns;

    /// <summary>The numbers of the image as it came.</summary>
    public int Source => channels * height * width;

    /// <summary>The numbers of the image as it is read.</summary>
    public int Length => checked(channels * phasesDown * phasesAcross * phaseRows * Pitch);

    /// <summary>Where a padded row and column of a channel lies.</summary>
    public int At(int channel, int row, int column) =>
        (((channel * phasesDown + row % strideRows) * phasesAcross + column % strideColumns) * phaseRows + row / strideRows) * Pitch
        + column / strideColumns;

    /// <summary>Lays out one image over zeros; what is padding stays zero.</summary>
    public void Fill<T>(ReadOnlySpan<T> image, Span<T> to) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int phase = phaseRows * Pitch;
        for (int channel = 0; channel < channels; channel++)
            for (int down = 0; down < phasesDown; down++)
                for (int across = 0; across < phasesAcross; across++, to = to[phase..])
                    FillPhase(image.Slice(channel * height * width, height * width), down - top, across - left, to[..phase]);
    }

    // to[i, j] = plane[firstRow + i·strideRows, firstColumn + j·strideColumns] where there is such a place.
    private void FillPhase<T>(ReadOnlySpan<T> plane, int firstRow, int firstColumn, Span<T> to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (row, rowEnd) = Inside(firstRow, strideRows, height, phaseRows);
        var (column, columnEnd) = Inside(firstColumn, strideColumns, width, Pitch);
        int columns = columnEnd - column;
        if (strideRows == 1 && columns == width && columns == Pitch)
        {
            // Lines without padding between them are neighbours on both sides.
            plane.Slice((firstRow + row) * width, (rowEnd - row) * width).CopyTo(to[(row * Pitch)..]);
            return;
        }
        for (; row < rowEnd; row++)
        {
            int from = (firstRow + row * strideRows) * width + firstColumn + column * strideColumns;
            var line = to.Slice(row * Pitch + column, columns);
            if (strideColumns == 1) plane.Slice(from, columns).CopyTo(line);
            else
                for (int j = 0; j < line.Length; j++) line[j] = plane[from + j * strideColumns];
        }
    }

    // The i below count with 0 ≤ first + i·stride < size: from From up to, not including, End.
    private static (int From, int End) Inside(int first, int stride, int size, int count)
    {
        int from = Math.Min(first >= 0 ? 0 : (-first + stride - 1) / stride, count);
        return (from, first >= size ? from : Math.Clamp((size - first + stride - 1) / stride, from, count));
    }
}
