using System.Numerics;

namespace Backprop.Kernels;

internal static unsafe partial class Elementwise
{
    /// <summary>Places in rows, of a target that is as large, or of one row that sums them up: then the first row is written by
    /// <paramref name="first"/>, and each of the others added to it by <paramref name="later"/>, in ascending order.</summary>
    /// <remarks>A step is how far a span goes on from row to row; with 0 it is repeated. Threads take rows, or columns where those are summed.</remarks>
    private static void Rows<TFirst, TLater, T>(
        TFirst first, TLater later, ref T a, int aStep, ref T b, int bStep, ref T c, ref T d, int step, ref T target, int targetStep, int row, int rows,
        Work threads)
        where TFirst : struct, IElement
        where TLater : struct, IElement
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (rows == 1)
        {
            ElementLoop.Run(first, ref a, ref b, ref c, ref d, ref target, row, threads);
            return;
        }
        int use = threads.ForElements((long)row * rows);
        bool byRows = targetStep > 0 && rows >= use;
        int units = byRows ? rows : row, length = byRows ? Work.PartLength(rows, use) : Work.PieceLength(row, use);
        fixed (T* p = &a, q = &b, r = &c, s = &d, to = &target)
            WorkPool.Shared.Run(
                new RowParts<TFirst, TLater, T>(first, later, p, aStep, q, bStep, r, s, step, to, targetStep, row, rows, length, byRows),
                (units + length - 1) / length, use);
    }

    private readonly struct RowParts<TFirst, TLater, T>(
        TFirst first, TLater later, T* a, nint aStep, T* b, nint bStep, T* c, T* d, nint step, T* target, nint targetStep, int row, int rows, int length,
        bool byRows) : IParts
        where TFirst : struct, IElement
        where TLater : struct, IElement
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int part, int worker)
        {
            int start = part * length, column = byRows ? 0 : start, columns = byRows ? row : Math.Min(length, row - start);
            int i = byRows ? start : 0, end = byRows ? Math.Min(start + length, rows) : rows;
            if (i == 0)
            {
                Row(first, 0, column, columns);
                i++;
            }
            for (; i < end; i++) Row(later, i, column, columns);
        }

        private void Row<TElement>(TElement element, int i, int column, int columns) where TElement : struct, IElement => ElementLoop.Run(
            element, ref a[i * aStep + column], ref b[i * bStep + column], ref c[i * step + column], ref d[i * step + column],
            ref target[i * targetStep + column], columns);
    }
}
