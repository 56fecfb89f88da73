using System.Numerics;

namespace Backprop.Kernels;

/// <summary>Blocks of neighbours moved from one span to another: what cutting, joining and turning tensors comes down to.</summary>
internal static unsafe class Blocks
{
    /// <summary>target[start + i·stride + j] (+)= source[start + i·stride + j] for i below <paramref name="count"/> and j below
    /// <paramref name="length"/>, each span with its own start and stride.</summary>
    public static void Copy<T>(
        ReadOnlySpan<T> source, int sourceStart, int sourceStride, Span<T> target, int targetStart, int targetStride, int count, int length,
        bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // An empty tensor has nothing to move, and its start may lie behind its end.
        if (length == 0) return;
        for (int i = 0; i < count; i++)
            Elementwise.Copy(source.Slice(sourceStart + i * sourceStride, length), target.Slice(targetStart + i * targetStride, length), accumulate);
    }

    /// <summary>target[o, j, m, i, ..] (+)= source[o, i, m, j, ..]: the second and the fourth axis exchanged, <paramref name="inner"/>
    /// neighbours at a time.</summary>
    public static void Exchange<T>(ReadOnlySpan<T> source, Span<T> target, int outer, int first, int middle, int second, int inner, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // A square of this side fits the nearest cache in both spans, whichever of them is read across its rows.
        const int Side = 32;
        if (inner == 0) return;
        for (int o = 0; o < outer * middle; o++)
        {
            var (block, m) = Math.DivRem(o, middle);
            int from = (block * first * middle + m) * second * inner, fromRow = middle * second * inner;
            int to = (block * second * middle + m) * first * inner, toRow = middle * first * inner;
            for (int i0 = 0; i0 < first; i0 += Side)
                for (int j0 = 0; j0 < second; j0 += Side)
                    for (int j = j0; j < Math.Min(j0 + Side, second); j++)
                        for (int i = i0; i < Math.Min(i0 + Side, first); i++)
                        {
                            int read = from + i * fromRow + j * inner, write = to + j * toRow + i * inner;
                            if (inner > 1) Elementwise.Copy(source.Slice(read, inner), target.Slice(write, inner), accumulate);
                            else target[write] = accumulate ? target[write] + source[read] : source[read];
                        }
        }
    }

    /// <summary>Adds the same row to part of a matrix, to some neighbours in one row or to whole rows: y[i, j] += row[j].</summary>
    /// <param name="row">What is added.</param>
    /// <param name="start">Where the part begins in the matrix.</param>
    /// <param name="y">The part.</param>
    /// <param name="threads">The threads that may share the work.</param>
    public static void AddRow<T>(ReadOnlySpan<T> row, int start, Span<T> y, Work threads) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (y.Length == 0) return;
        if (y.Length <= row.Length) Elementwise.Copy(row.Slice(start % row.Length, y.Length), y, accumulate: true);
        else AddRow(row, y, threads);
    }

    /// <summary>Adds the same row to every row: y[i, j] += row[j].</summary>
    public static void AddRow<T>(ReadOnlySpan<T> row, Span<T> y, Work threads = default) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int use = threads.ForElements(y.Length);
        if (row.Length == 0) return;
        if (use == 1)
        {
            for (int start = 0; start < y.Length; start += row.Length) Elementwise.Copy(row, y.Slice(start, row.Length), accumulate: true);
            return;
        }
        int count = y.Length / row.Length, length = Work.PartLength(count, use);
        fixed (T* added = row, to = y)
            WorkPool.Shared.Run(new Rows<T>(added, row.Length, to, count, length), (count + length - 1) / length, use);
    }

    private readonly struct Rows<T>(T* row, int n, T* y, int count, int length) : IParts where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int part, int worker)
        {
            int at = part * length;
            AddRow(new ReadOnlySpan<T>(row, n), new Span<T>(y + (nint)at * n, Math.Min(length, count - at) * n));
        }
    }
}
