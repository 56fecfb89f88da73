using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

/// <summary>Products A·Bᵀ of few rows, for which to copy B would take longer than to multiply: its rows become columns in registers.</summary>
/// <remarks>Equals, for each element: sum = load ? c : 0; for (p = 0; p &lt; k; p++) sum = FusedMultiplyAdd(a, b, sum); c = sum.</remarks>
internal static unsafe class GemmThin<T, TVector, TLanes>
    where T : unmanaged, IFloatingPointIeee754<T> where TVector : struct where TLanes : IGemmLanes<T, TVector>
{
    // Of k, as many steps as one turn gives.
    private const int Steps = 4, MostRows = 4;

    /// <summary>C (+)= A·B, where the columns of B, so far apart, are whole vectors and lie along memory.</summary>
    public static void Run(Strided<T> a, T* b, nint bColumn, T* c, nint cRow, int m, int n, int k, bool load)
    {
        for (int j = 0, width; j < n; j += width)
        {
            bool two = TLanes.Rows > 6 && n - j >= 2 * TLanes.Count;
            width = two ? 2 * TLanes.Count : TLanes.Count;
            for (int i = 0, rows; i < m; i += rows)
            {
                rows = Math.Min(MostRows, m - i);
                T* from = a.At(i, 0), right = b + j * bColumn, to = c + i * cRow + j;
                if (two) Rows<TwoVectors>(rows, from, a.Row, a.Column, right, bColumn, to, cRow, k, load);
                else Rows<OneVector>(rows, from, a.Row, a.Column, right, bColumn, to, cRow, k, load);
            }
        }
    }

    private static void Rows<TWidth>(
        int rows, T* a, nint aRow, nint aStep, T* b, nint bColumn, T* c, nint cRow, nint k, bool load) where TWidth : ITileWidth
    {
        switch (rows)
        {
            case 1: Run<Rows1, TWidth>(a, aRow, aStep, b, bColumn, c, cRow, k, load); break;
            case 2: Run<Rows2, TWidth>(a, aRow, aStep, b, bColumn, c, cRow, k, load); break;
            case 3: Run<Rows3, TWidth>(a, aRow, aStep, b, bColumn, c, cRow, k, load); break;
            case 4: Run<Rows4, TWidth>(a, aRow, aStep, b, bColumn, c, cRow, k, load); break;
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TRows, TWidth>(T* a, nint aRow, nint aStep, T* b, nint bColumn, T* c, nint cRow, nint k, bool load)
        where TRows : ITileRows where TWidth : ITileWidth
    {
        TVector l0 = default, l1 = default, l2 = default, l3 = default, r0 = default, r1 = default, r2 = default, r3 = default;
        if (load)
        {
            Read<TWidth>(c, out l0, out r0);
            if (TRows.Count > 1) Read<TWidth>(c + cRow, out l1, out r1);
            if (TRows.Count > 2) Read<TWidth>(c + 2 * cRow, out l2, out r2);
            if (TRows.Count > 3) Read<TWidth>(c + 3 * cRow, out l3, out r3);
        }
        T* rest = stackalloc T[2 * TLanes.Count * Steps];
        int columns = TWidth.Two ? 2 * TLanes.Count : TLanes.Count;
        for (nint p = 0; p < k; p += Steps)
        {
            nint steps = Math.Min(k - p, Steps);
            T* from = b + p;
            nint column = bColumn;
            if (steps < Steps)
            {
                for (int j = 0; j < columns; j++)
                    for (int q = 0; q < Steps; q++) rest[j * Steps + q] = q < steps ? b[j * bColumn + p + q] : T.Zero;
                from = rest;
                column = Steps;
            }
            TVector y0 = default, y1 = default, y2 = default, y3 = default;
            TLanes.Turn(from, column, out var x0, out var x1, out var x2, out var x3);
            if (TWidth.Two) TLanes.Turn(from + TLanes.Count * column, column, out y0, out y1, out y2, out y3);
            Step<TRows, TWidth>(a, aRow, x0, y0, ref l0, ref l1, ref l2, ref l3, ref r0, ref r1, ref r2, ref r3);
            if (steps > 1) Step<TRows, TWidth>(a + aStep, aRow, x1, y1, ref l0, ref l1, ref l2, ref l3, ref r0, ref r1, ref r2, ref r3);
            if (steps > 2) Step<TRows, TWidth>(a + 2 * aStep, aRow, x2, y2, ref l0, ref l1, ref l2, ref l3, ref r0, ref r1, ref r2, ref r3);
            if (steps > 3) Step<TRows, TWidth>(a + 3 * aStep, aRow, x3, y3, ref l0, ref l1, ref l2, ref l3, ref r0, ref r1, ref r2, ref r3);
            a += Steps * aStep;
        }
        Write<TWidth>(c, l0, r0);
        if (TRows.Count > 1) Write<TWidth>(c + cRow, l1, r1);
        if (TRows.Count > 2) Write<TWidth>(c + 2 * cRow, l2, r2);
        if (TRows.Count > 3) Write<TWidth>(c + 3 * cRow, l3, r3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TRows, TWidth>(
        T* a, nint aRow, TVector x, TVector y, ref TVector l0, ref TVector l1, ref TVector l2, ref TVector l3,
        ref TVector r0, ref TVector r1, ref TVector r2, ref TVector r3)
        where TRows : ITileRows where TWidth : ITileWidth
    {
        Add<TWidth>(*a, x, y, ref l0, ref r0);
        if (TRows.Count > 1) Add<TWidth>(a[aRow], x, y, ref l1, ref r1);
        if (TRows.Count > 2) Add<TWidth>(a[2 * aRow], x, y, ref l2, ref r2);
        if (TRows.Count > 3) Add<TWidth>(a[3 * aRow], x, y, ref l3, ref r3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TWidth>(T a, TVector x, TVector y, ref TVector leftSum, ref TVector rightSum) where TWidth : ITileWidth
    {
        TVector factor = TLanes.Broadcast(a);
        leftSum = TLanes.FusedMultiplyAdd(factor, x, leftSum);
        if (TWidth.Two) rightSum = TLanes.FusedMultiplyAdd(factor, y, rightSum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Read<TWidth>(T* c, out TVector left, out TVector right) where TWidth : ITileWidth
    {
        left = TLanes.Load(c);
        right = TWidth.Two ? TLanes.Load(c + TLanes.Count) : default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<TWidth>(T* c, TVector left, TVector right) where TWidth : ITileWidth
    {
        TLanes.Store(c, left);
        if (TWidth.Two) TLanes.Store(c + TLanes.Count, right);
    }
}
