using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Backprop.Kernels;

/// <summary>The inner loop of the product: up to 12 rows by two vectors of C stay in registers while k runs upwards.</summary>
/// <remarks>Equals, for each element of the tile: sum = load ? c : 0; for (p = 0; p &lt; k; p++) sum = FusedMultiplyAdd(a, b, sum); c = sum.</remarks>
internal static unsafe class GemmTile<T, TVector, TLanes>
    where T : unmanaged, IFloatingPointIeee754<T> where TVector : struct where TLanes : IGemmLanes<T, TVector>
{
    /// <summary>Steps of k for each cache line fetched ahead: more at once would hold up the tile's own reads.</summary>
    public const int StepsPerLine = 4;

    /// <summary>The tile of <paramref name="rows"/> rows at c; A is read at a[row·aRow + p·aStep], B at b[p·bStep + column].</summary>
    /// <remarks>A width with a part has <paramref name="part"/> columns in its last vector. A tile of two whole vectors leaves what it reads of B, row
    /// behind row, at <paramref name="copy"/>, unless that is null: to copy on the way costs almost nothing.</remarks>
    public static void Run<TWidth>(
        int rows, T* a, nint aRow, nint aStep, T* b, nint bStep, T* c, nint cRow, nint k, bool load, int part, LineRun* ahead, T* copy) where TWidth : ITileWidth
    {
        switch (rows)
        {
            case 1: Run<Rows1, TWidth>(a, aRow, aStep, b, bStep, c, cRow, k, load, part, ahead, copy); break;
            case 2: Run<Rows2, TWidth>(a, aRow, aStep, b, bStep, c, cRow, k, load, part, ahead, copy); break;
            case 3: Run<Rows3, TWidth>(a, aRow, aStep, b, bStep, c, cRow, k, load, part, ahead, copy); break;
            case 4: Run<Rows4, TWidth>(a, aRow, aStep, b, bStep, c, cRow, k, load, part, ahead, copy); break;
            case 5: Run<Rows5, TWidth>(a, aRow, aStep, b, bStep, c, cRow, k, load, part, ahead, copy); break;
            case 6: Run<Rows6, TWidth>(a, aRow, aStep, b, bStep, c, cRow, k, load, part, ahead, copy); break;
            case 7: Run<Rows7, TWidth>(a, aRow, aStep, b, bStep, c, cRow, k, load, part, ahead, copy); break;
            case 8: Run<Rows8, TWidth>(a, aRow, aStep, b, bStep, c, cRow, k, load, part, ahead, copy); break;
            case 9: Run<Rows9, TWidth>(a, aRow, aStep, b, bStep, c, cRow, k, load, part, ahead, copy); break;
            case 10: Run<Rows10, TWidth>(a, aRow, aStep, b, bStep, c, cRow, k, load, part, ahead, copy); break;
            case 11: Run<Rows11, TWidth>(a, aRow, aStep, b, bStep, c, cRow, k, load, part, ahead, copy); break;
            case 12: Run<Rows12, TWidth>(a, aRow, aStep, b, bStep, c, cRow, k, load, part, ahead, copy); break;
        }
    }

    // Compiled at once and fully: unoptimised vector code would be thirty times slower until the runtime notices.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TRows, TWidth>(
        T* a, nint aRow, nint aStep, T* b, nint bStep, T* c, nint cRow, nint k, bool load, int part, LineRun* ahead, T* copy)
        where TRows : ITileRows where TWidth : ITileWidth
    {
        TVector l0 = default, l1 = default, l2 = default, l3 = default, l4 = default, l5 = default;
        TVector l6 = default, l7 = default, l8 = default, l9 = default, l10 = default, l11 = default;
        TVector r0 = default, r1 = default, r2 = default, r3 = default, r4 = default, r5 = default;
        TVector r6 = default, r7 = default, r8 = default, r9 = default, r10 = default, r11 = default;
        if (load)
        {
            Read<TWidth>(c, part, out l0, out r0);
            if (TRows.Count > 1) Read<TWidth>(c + cRow, part, out l1, out r1);
            if (TRows.Count > 2) Read<TWidth>(c + 2 * cRow, part, out l2, out r2);
            if (TRows.Count > 3) Read<TWidth>(c + 3 * cRow, part, out l3, out r3);
            if (TRows.Count > 4) Read<TWidth>(c + 4 * cRow, part, out l4, out r4);
            if (TRows.Count > 5) Read<TWidth>(c + 5 * cRow, part, out l5, out r5);
            if (TRows.Count > 6) Read<TWidth>(c + 6 * cRow, part, out l6, out r6);
            if (TRows.Count > 7) Read<TWidth>(c + 7 * cRow, part, out l7, out r7);
            if (TRows.Count > 8) Read<TWidth>(c + 8 * cRow, part, out l8, out r8);
            if (TRows.Count > 9) Read<TWidth>(c + 9 * cRow, part, out l9, out r9);
            if (TRows.Count > 10) Read<TWidth>(c + 10 * cRow, part, out l10, out r10);
            if (TRows.Count > 11) Read<TWidth>(c + 11 * cRow, part, out l11, out r11);
        }

        // Four base addresses and the offsets of 0, 1 and 2 rows reach all twelve rows of A without a multiplication.
        T* a3 = a + 3 * aRow, a6 = a + 6 * aRow, a9 = a + 9 * aRow;
        byte* line = ahead->Start;
        nint lineStep = ahead->Step, lines = ahead->Count;
        while (k > 0)
        {
            if (lines-- == 0)
            {
                ahead++;
                line = ahead->Start;
                lineStep = ahead->Step;
                lines = ahead->Count - 1;
            }
            if (Sse.IsSupported) Sse.Prefetch1(line);
            line += lineStep;
            nint steps = Math.Min(k, StepsPerLine);
            for (k -= steps; steps > 0; steps--)
            {
                TVector left = TLanes.Load(b), right = TWidth.Two ? TLanes.Load(b + TLanes.Count) : default;
                if (TWidth.Two && !TWidth.Part && copy != null)
                {
                    TLanes.Store(copy, left);
                    TLanes.Store(copy + TLanes.Count, right);
                    copy += 2 * TLanes.Count;
                }
                Add<TWidth>(*a, left, right, ref l0, ref r0);
                if (TRows.Count > 1) Add<TWidth>(a[aRow], left, right, ref l1, ref r1);
                if (TRows.Count > 2) Add<TWidth>(a[2 * aRow], left, right, ref l2, ref r2);
                if (TRows.Count > 3) Add<TWidth>(*a3, left, right, ref l3, ref r3);
                if (TRows.Count > 4) Add<TWidth>(a3[aRow], left, right, ref l4, ref r4);
                if (TRows.Count > 5) Add<TWidth>(a3[2 * aRow], left, right, ref l5, ref r5);
                if (TRows.Count > 6) Add<TWidth>(*a6, left, right, ref l6, ref r6);
                if (TRows.Count > 7) Add<TWidth>(a6[aRow], left, right, ref l7, ref r7);
                if (TRows.Count > 8) Add<TWidth>(a6[2 * aRow], left, right, ref l8, ref r8);
                if (TRows.Count > 9) Add<TWidth>(*a9, left, right, ref l9, ref r9);
                if (TRows.Count > 10) Add<TWidth>(a9[aRow], left, right, ref l10, ref r10);
                if (TRows.Count > 11) Add<TWidth>(a9[2 * aRow], left, right, ref l11, ref r11);
                a += aStep;
                a3 += aStep;
                a6 += aStep;
                a9 += aStep;
                b += bStep;
            }
        }

        Write<TWidth>(c, part, l0, r0);
        if (TRows.Count > 1) Write<TWidth>(c + cRow, part, l1, r1);
        if (TRows.Count > 2) Write<TWidth>(c + 2 * cRow, part, l2, r2);
        if (TRows.Count > 3) Write<TWidth>(c + 3 * cRow, part, l3, r3);
        if (TRows.Count > 4) Write<TWidth>(c + 4 * cRow, part, l4, r4);
        if (TRows.Count > 5) Write<TWidth>(c + 5 * cRow, part, l5, r5);
        if (TRows.Count > 6) Write<TWidth>(c + 6 * cRow, part, l6, r6);
        if (TRows.Count > 7) Write<TWidth>(c + 7 * cRow, part, l7, r7);
        if (TRows.Count > 8) Write<TWidth>(c + 8 * cRow, part, l8, r8);
        if (TRows.Count > 9) Write<TWidth>(c + 9 * cRow, part, l9, r9);
        if (TRows.Count > 10) Write<TWidth>(c + 10 * cRow, part, l10, r10);
        if (TRows.Count > 11) Write<TWidth>(c + 11 * cRow, part, l11, r11);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TWidth>(T a, TVector left, TVector right, ref TVector leftSum, ref TVector rightSum) where TWidth : ITileWidth
    {
        TVector x = TLanes.Broadcast(a);
        leftSum = TLanes.FusedMultiplyAdd(x, left, leftSum);
        if (TWidth.Two) rightSum = TLanes.FusedMultiplyAdd(x, right, rightSum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Read<TWidth>(T* c, int part, out TVector left, out TVector right) where TWidth : ITileWidth
    {
        left = TWidth.Part && !TWidth.Two ? TLanes.LoadPart(c, part) : TLanes.Load(c);
        right = !TWidth.Two ? default : TWidth.Part ? TLanes.LoadPart(c + TLanes.Count, part) : TLanes.Load(c + TLanes.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<TWidth>(T* c, int part, TVector left, TVector right) where TWidth : ITileWidth
    {
        if (TWidth.Part && !TWidth.Two) TLanes.StorePart(c, part, left);
        else TLanes.Store(c, left);
        if (!TWidth.Two) return;
        if (TWidth.Part) TLanes.StorePart(c + TLanes.Count, part, right);
        else TLanes.Store(c + TLanes.Count, right);
    }
}
