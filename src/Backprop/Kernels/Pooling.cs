using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Backprop.Kernels;

/// <summary>The largest entry and the average of windows, and their gradients.</summary>
/// <remarks>Windows of 2×2 side by side, the usual ones, go by vectors; all others by the loops of <see cref="Naive"/>, which say what is
/// computed and in which order. Planes are independent of each other: each thread takes some of them at a time.</remarks>
internal static unsafe class Pooling
{
    /// <summary>y = the largest entry of each window, winners = its place in x.</summary>
    public static void Max<T>(ReadOnlySpan<T> x, Span<T> y, Span<int> winners, Windows w, Work threads = default)
        where T : unmanaged, IFloatingPointIeee754<T> => Share(Pass.Max, x, y, winners, w, accumulate: false, threads);

    /// <summary>dx (+)= dy at the winners, 0 elsewhere.</summary>
    public static void MaxGradient<T>(
        ReadOnlySpan<T> dy, ReadOnlySpan<int> winners, Span<T> dx, Windows w, bool accumulate, Work threads = default)
        where T : unmanaged, IFloatingPointIeee754<T> => Share(Pass.MaxGradient, dx, dy, winners, w, accumulate, threads);

    /// <summary>y = the average of each window, over the numbers that <see cref="Windows.Counted"/> says; the padding counts as zeros.</summary>
    public static void Average<T>(ReadOnlySpan<T> x, Span<T> y, Windows w, Work threads = default)
        where T : unmanaged, IFloatingPointIeee754<T> => Share(Pass.Average, x, y, [], w, accumulate: false, threads);

    /// <summary>dx (+)= dy of the windows that cover an entry, divided by what they count.</summary>
    public static void AverageGradient<T>(ReadOnlySpan<T> dy, Span<T> dx, Windows w, bool accumulate, Work threads = default)
        where T : unmanaged, IFloatingPointIeee754<T> => Share(Pass.AverageGradient, dx, dy, [], w, accumulate, threads);

    private enum Pass { Max, MaxGradient, Average, AverageGradient }

    private static void Share<T>(
        Pass pass, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<int> winners, Windows w, bool accumulate, Work threads)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int use = threads.ForElements(x.Length), planes = w.Count == 0 ? 0 : y.Length / w.Count;
        int length = Work.PartLength(planes, use);
        // The one check between the operations and raw addresses: a slice that is too long throws.
        if (!winners.IsEmpty) winners = winners[..y.Length];
        fixed (T* large = x[..(planes * w.Plane)], small = y)
        fixed (int* places = winners)
            WorkPool.Shared.Run(
                new Planes<T>(pass, large, small, places, w, planes, length, accumulate), (planes + length - 1) / length, use);
    }

    /// <summary>The planes in parts. What is read and what is written depends on the pass.</summary>
    private readonly struct Planes<T>(Pass pass, T* x, T* y, int* winners, Windows w, int planes, int length, bool accumulate) : IParts
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int part, int worker)
        {
            int first = part * length, count = Math.Min(length, planes - first), origin = first * w.Plane;
            Span<T> large = new(x + origin, count * w.Plane), small = new(y + (nint)first * w.Count, count * w.Count);
            Span<int> places = winners == null ? [] : new(winners + (nint)first * w.Count, count * w.Count);
            if (pass == Pass.Max) Max(large, small, places, origin, w);
            else if (pass == Pass.MaxGradient) MaxGradient(small, places, origin, large, w, accumulate);
            else if (pass == Pass.Average) Average(large, small, w);
            else AverageGradient(small, large, w, accumulate);
        }
    }

    private static void Max<T>(ReadOnlySpan<T> x, Span<T> y, Span<int> winners, int origin, Windows w)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int lines = PairLines<T>(w, y.Length), done = lines * w.Across, read = lines * 2 * w.Width;
        if (lines > 0) PoolingPairs.Max(Floats(x), Floats(y), winners, origin, lines, w);
        Naive.MaxPool(x[read..], y[done..], winners[done..], lines > 0 ? Rest(w, y.Length, lines) : w);
        foreach (ref int winner in winners[done..]) winner += origin + read;
    }

    private static void MaxGradient<T>(ReadOnlySpan<T> dy, ReadOnlySpan<int> winners, int origin, Span<T> dx, Windows w, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int lines = accumulate || w.Width % 2 != 0 ? 0 : PairLines<T>(w, dy.Length);
        if (lines > 0) PoolingPairs.MaxGradient(Floats(dy), winners, origin, Floats(dx), lines, w);
        if (!accumulate) dx[(lines * 2 * w.Width)..].Clear();
        for (int at = lines * w.Across; at < dy.Length; at++) dx[winners[at] - origin] += dy[at];
    }

    private static void Average<T>(ReadOnlySpan<T> x, Span<T> y, Windows w) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int lines = PairLines<T>(w, y.Length);
        if (lines > 0) PoolingPairs.Average(Floats(x), Floats(y), lines, w);
        Naive.AveragePool(x[(lines * 2 * w.Width)..], y[(lines * w.Across)..], lines > 0 ? Rest(w, y.Length, lines) : w);
    }

    private static void AverageGradient<T>(ReadOnlySpan<T> dy, Span<T> dx, Windows w, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int lines = accumulate || w.Width % 2 != 0 ? 0 : PairLines<T>(w, dy.Length);
        if (lines > 0) PoolingPairs.AverageGradient(Floats(dy), Floats(dx), lines, w);
        if (lines > 0) w = Rest(w, dy.Length, lines);
        Naive.AveragePoolGradient(dy[(lines * w.Across)..], dx[(lines * 2 * w.Width)..], w, accumulate);
    }

    // The lines of windows that go by vectors: all but the last few, behind which vectors could go past the end of the tensor. With an even
    // height all planes together are one tall plane.
    private static int PairLines<T>(Windows w, int outputs) =>
        Vector256.IsHardwareAccelerated && typeof(T) == typeof(float) && w.Height % 2 == 0 && outputs > 0
        && w is { Rows: 2, Columns: 2, StrideRows: 2, StrideColumns: 2, PaddingRows: 0, PaddingColumns: 0, Ceil: false }
            ? Math.Max(outputs / w.Across - (PoolingPairs.Lanes / w.Across + 1), 0) : 0;

    private static Windows Rest(Windows w, int outputs, int lines) => w with { Height = 2 * (outputs / w.Across - lines) };

    private static ReadOnlySpan<float> Floats<T>(ReadOnlySpan<T> span) where T : unmanaged => MemoryMarshal.Cast<T, float>(span);

    private static Span<float> Floats<T>(Span<T> span) where T : unmanaged => MemoryMarshal.Cast<T, float>(span);
}
