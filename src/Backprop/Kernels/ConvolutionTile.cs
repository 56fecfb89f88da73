using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

/// <summary>Which of its two operands a tile finds by the table.</summary>
internal interface ITileSource
{
    static abstract bool VectorsByTable { get; }
}

/// <summary>Neighbouring positions of an image slide under the numbers of a kernel: the table has the places of the taps in the
/// image.</summary>
internal readonly struct Sliding : ITileSource { public static bool VectorsByTable => true; }

/// <summary>Places of an image are gathered against packed gradients: the table has the positions in the image.</summary>
internal readonly struct Gathering : ITileSource { public static bool VectorsByTable => false; }

/// <summary>The inner loop of a convolution: up to 12 rows by two vectors of sums stay in registers.</summary>
/// <remarks>
/// Equals, for every row r and every lane i of the vectors:
/// sliding: sum = 0; for (k) sum = FusedMultiplyAdd(scalars[k·step + r], vectors[table[k] + rows[h] + i], sum) with i in half vector h;
/// gathering: sum = sums; for (k) sum = FusedMultiplyAdd(scalars[table[k] + rows[r]], vectors[k·step + i], sum).
/// </remarks>
internal static unsafe class ConvolutionTile<T, TVector, TLanes, TSource>
    where T : unmanaged, IFloatingPointIeee754<T> where TVector : struct where TLanes : IGemmLanes<T, TVector> where TSource : ITileSource
{
    /// <summary>The sums of a number of rows, one or two vectors wide, at sums[row·pitch].</summary>
    public static void Run<TWidth>(int count, T* vectors, T* scalars, int* table, nint length, nint step, int* rows, T* sums, nint pitch)
        where TWidth : ITileWidth
    {
        switch (count)
        {
            case 1: Run<Rows1, TWidth>(vectors, scalars, table, length, step, rows, sums, pitch); break;
            case 2: Run<Rows2, TWidth>(vectors, scalars, table, length, step, rows, sums, pitch); break;
            case 3: Run<Rows3, TWidth>(vectors, scalars, table, length, step, rows, sums, pitch); break;
            case 4: Run<Rows4, TWidth>(vectors, scalars, table, length, step, rows, sums, pitch); break;
            case 5: Run<Rows5, TWidth>(vectors, scalars, table, length, step, rows, sums, pitch); break;
            case 6: Run<Rows6, TWidth>(vectors, scalars, table, length, step, rows, sums, pitch); break;
            case 7: Run<Rows7, TWidth>(vectors, scalars, table, length, step, rows, sums, pitch); break;
            case 8: Run<Rows8, TWidth>(vectors, scalars, table, length, step, rows, sums, pitch); break;
            case 9: Run<Rows9, TWidth>(vectors, scalars, table, length, step, rows, sums, pitch); break;
            case 10: Run<Rows10, TWidth>(vectors, scalars, table, length, step, rows, sums, pitch); break;
            case 11: Run<Rows11, TWidth>(vectors, scalars, table, length, step, rows, sums, pitch); break;
            case 12: Run<Rows12, TWidth>(vectors, scalars, table, length, step, rows, sums, pitch); break;
        }
    }

    // Compiled at once and fully: unoptimised vector code would be thirty times slower until the runtime notices.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TRows, TWidth>(T* vectors, T* scalars, int* table, nint length, nint step, int* rows, T* sums, nint pitch)
        where TRows : ITileRows where TWidth : ITileWidth
    {
        TVector l0 = default, l1 = default, l2 = default, l3 = default, l4 = default, l5 = default, l6 = default, l7 = default, l8 = default, l9 = default, l10 = default, l11 = default;
        TVector r0 = default, r1 = default, r2 = default, r3 = default, r4 = default, r5 = default, r6 = default, r7 = default, r8 = default, r9 = default, r10 = default, r11 = default;
        if (!TSource.VectorsByTable)
        {
            Read<TWidth>(sums, out l0, out r0);
            if (TRows.Count > 1) Read<TWidth>(sums + pitch, out l1, out r1);
            if (TRows.Count > 2) Read<TWidth>(sums + 2 * pitch, out l2, out r2);
            if (TRows.Count > 3) Read<TWidth>(sums + 3 * pitch, out l3, out r3);
            if (TRows.Count > 4) Read<TWidth>(sums + 4 * pitch, out l4, out r4);
            if (TRows.Count > 5) Read<TWidth>(sums + 5 * pitch, out l5, out r5);
            if (TRows.Count > 6) Read<TWidth>(sums + 6 * pitch, out l6, out r6);
            if (TRows.Count > 7) Read<TWidth>(sums + 7 * pitch, out l7, out r7);
            if (TRows.Count > 8) Read<TWidth>(sums + 8 * pitch, out l8, out r8);
            if (TRows.Count > 9) Read<TWidth>(sums + 9 * pitch, out l9, out r9);
            if (TRows.Count > 10) Read<TWidth>(sums + 10 * pitch, out l10, out r10);
            if (TRows.Count > 11) Read<TWidth>(sums + 11 * pitch, out l11, out r11);
        }

        T* v0 = vectors, v1 = v0, v2 = v0, v3 = v0;
        if (TSource.VectorsByTable)
        {
            v0 += rows[0];
            v1 += rows[1];
            if (TWidth.Two) v2 += rows[2];
            if (TWidth.Two) v3 += rows[3];
        }
        for (; length > 0; length--)
        {
            nint at = *table++;
            T* s = TSource.VectorsByTable ? scalars : scalars + at;
            TVector left = TSource.VectorsByTable ? TLanes.Load(v0 + at, v1 + at) : TLanes.Load(vectors), right = default, x;
            if (TWidth.Two) right = TSource.VectorsByTable ? TLanes.Load(v2 + at, v3 + at) : TLanes.Load(vectors + TLanes.Count);
            { x = TLanes.Broadcast(Row(s, rows, 0)); l0 = TLanes.FusedMultiplyAdd(x, left, l0); if (TWidth.Two) r0 = TLanes.FusedMultiplyAdd(x, right, r0); }
            if (TRows.Count > 1) { x = TLanes.Broadcast(Row(s, rows, 1)); l1 = TLanes.FusedMultiplyAdd(x, left, l1); if (TWidth.Two) r1 = TLanes.FusedMultiplyAdd(x, right, r1); }
            if (TRows.Count > 2) { x = TLanes.Broadcast(Row(s, rows, 2)); l2 = TLanes.FusedMultiplyAdd(x, left, l2); if (TWidth.Two) r2 = TLanes.FusedMultiplyAdd(x, right, r2); }
            if (TRows.Count > 3) { x = TLanes.Broadcast(Row(s, rows, 3)); l3 = TLanes.FusedMultiplyAdd(x, left, l3); if (TWidth.Two) r3 = TLanes.FusedMultiplyAdd(x, right, r3); }
            if (TRows.Count > 4) { x = TLanes.Broadcast(Row(s, rows, 4)); l4 = TLanes.FusedMultiplyAdd(x, left, l4); if (TWidth.Two) r4 = TLanes.FusedMultiplyAdd(x, right, r4); }
            if (TRows.Count > 5) { x = TLanes.Broadcast(Row(s, rows, 5)); l5 = TLanes.FusedMultiplyAdd(x, left, l5); if (TWidth.Two) r5 = TLanes.FusedMultiplyAdd(x, right, r5); }
            if (TRows.Count > 6) { x = TLanes.Broadcast(Row(s, rows, 6)); l6 = TLanes.FusedMultiplyAdd(x, left, l6); if (TWidth.Two) r6 = TLanes.FusedMultiplyAdd(x, right, r6); }
            if (TRows.Count > 7) { x = TLanes.Broadcast(Row(s, rows, 7)); l7 = TLanes.FusedMultiplyAdd(x, left, l7); if (TWidth.Two) r7 = TLanes.FusedMultiplyAdd(x, right, r7); }
            if (TRows.Count > 8) { x = TLanes.Broadcast(Row(s, rows, 8)); l8 = TLanes.FusedMultiplyAdd(x, left, l8); if (TWidth.Two) r8 = TLanes.FusedMultiplyAdd(x, right, r8); }
            if (TRows.Count > 9) { x = TLanes.Broadcast(Row(s, rows, 9)); l9 = TLanes.FusedMultiplyAdd(x, left, l9); if (TWidth.Two) r9 = TLanes.FusedMultiplyAdd(x, right, r9); }
            if (TRows.Count > 10) { x = TLanes.Broadcast(Row(s, rows, 10)); l10 = TLanes.FusedMultiplyAdd(x, left, l10); if (TWidth.Two) r10 = TLanes.FusedMultiplyAdd(x, right, r10); }
            if (TRows.Count > 11) { x = TLanes.Broadcast(Row(s, rows, 11)); l11 = TLanes.FusedMultiplyAdd(x, left, l11); if (TWidth.Two) r11 = TLanes.FusedMultiplyAdd(x, right, r11); }
            if (TSource.VectorsByTable) scalars += step; else vectors += step;
        }

        Write<TWidth>(sums, l0, r0);
        if (TRows.Count > 1) Write<TWidth>(sums + pitch, l1, r1);
        if (TRows.Count > 2) Write<TWidth>(sums + 2 * pitch, l2, r2);
        if (TRows.Count > 3) Write<TWidth>(sums + 3 * pitch, l3, r3);
        if (TRows.Count > 4) Write<TWidth>(sums + 4 * pitch, l4, r4);
        if (TRows.Count > 5) Write<TWidth>(sums + 5 * pitch, l5, r5);
        if (TRows.Count > 6) Write<TWidth>(sums + 6 * pitch, l6, r6);
        if (TRows.Count > 7) Write<TWidth>(sums + 7 * pitch, l7, r7);
        if (TRows.Count > 8) Write<TWidth>(sums + 8 * pitch, l8, r8);
        if (TRows.Count > 9) Write<TWidth>(sums + 9 * pitch, l9, r9);
        if (TRows.Count > 10) Write<TWidth>(sums + 10 * pitch, l10, r10);
        if (TRows.Count > 11) Write<TWidth>(sums + 11 * pitch, l11, r11);
    }

    // Where taps are gathered, their places are read from memory each time: twelve of them would not stay in registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Row(T* s, int* rows, nint row) => TSource.VectorsByTable ? s[row] : s[rows[row]];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Read<TWidth>(T* sums, out TVector left, out TVector right) where TWidth : ITileWidth
    {
        left = TLanes.Load(sums);
        right = TWidth.Two ? TLanes.Load(sums + TLanes.Count) : default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<TWidth>(T* sums, TVector left, TVector right) where TWidth : ITileWidth
    {
        TLanes.Store(sums, left);
        if (TWidth.Two) TLanes.Store(sums + TLanes.Count, right);
    }
}
