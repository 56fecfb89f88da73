using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Backprop.Kernels;

/// <summary>Windows of 2×2 side by side in float, eight at a time. Equals the loops of <see cref="Naive"/> bit for bit.</summary>
/// <remarks>Lines are short, so the last vector of a line may go past its end: what it writes there, the next line writes again. The caller
/// leaves the last lines of the tensor to others, so that all this stays inside.</remarks>
internal static unsafe class PoolingPairs
{
    public const int Lanes = 8;

    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>y, winners = the largest of each window and its place, for so many lines of windows; places count from the origin on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Max(ReadOnlySpan<float> x, Span<float> y, Span<int> winners, int origin, int lines, Windows w)
    {
        var pairs = Vector256<int>.Indices * 2;
        fixed (float* from = x, to = y)
        fixed (int* places = winners)
            for (int line = 0; line < lines; line++)
                for (int i = 0; i < w.Across; i += Lanes)
                {
                    int place = 2 * (line * w.Width + i), at = line * w.Across + i;
                    var (largest, second) = Split(from + place);
                    var (third, fourth) = Split(from + place + w.Width);
                    var first = pairs + Vector256.Create(origin + place);
                    var winner = first;
                    Meet(second, first + Vector256.Create(1), ref largest, ref winner);
                    Meet(third, first + Vector256.Create(w.Width), ref largest, ref winner);
                    Meet(fourth, first + Vector256.Create(w.Width + 1), ref largest, ref winner);
                    largest.Store(to + at);
                    winner.Store(places + at);
                }
    }

    /// <summary>dx = dy at the winners, 0 elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MaxGradient(ReadOnlySpan<float> dy, ReadOnlySpan<int> winners, int origin, Span<float> dx, int lines, Windows w)
    {
        var pairs = Vector256<int>.Indices * 2;
        fixed (float* from = dy, to = dx)
        fixed (int* places = winners)
            for (int row = 0; row < 2 * lines; row++)
                for (int i = 0; i < w.Across; i += Lanes)
                {
                    int place = row * w.Width + 2 * i, at = row / 2 * w.Across + i;
                    // 0 + dy, since the plain loop adds to zeros: no −0 arrives.
                    var gradient = Vector256<float>.Zero + Vector256.Load(from + at);
                    var winner = Vector256.Load(places + at);
                    var left = pairs + Vector256.Create(origin + place);
                    Join(gradient & Vector256.Equals(winner, left).AsSingle(),
                        gradient & Vector256.Equals(winner, left + Vector256.Create(1)).AsSingle(), to + place);
                }
    }

    /// <summary>y = the average of each window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Average(ReadOnlySpan<float> x, Span<float> y, int lines, Windows w)
    {
        fixed (float* from = x, to = y)
            for (int line = 0; line < lines; line++)
                for (int i = 0; i < w.Across; i += Lanes)
                {
                    int place = 2 * (line * w.Width + i);
                    var (first, second) = Split(from + place);
                    var (third, fourth) = Split(from + place + w.Width);
                    ((Vector256<float>.Zero + first + second + third + fourth) / 4).Store(to + line * w.Across + i);
                }
    }

    /// <summary>dx = a quarter of dy in each entry of its window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AverageGradient(ReadOnlySpan<float> dy, Span<float> dx, int lines, Windows w)
    {
        fixed (float* from = dy, to = dx)
            for (int row = 0; row < 2 * lines; row++)
                for (int i = 0; i < w.Across; i += Lanes)
                {
                    var quarter = (Vector256<float>.Zero + Vector256.Load(from + row / 2 * w.Across + i)) / 4;
                    Join(quarter, quarter, to + row * w.Width + 2 * i);
                }
    }

    // The numbers at even and at odd places among sixteen: each pair is a 64-bit number, and narrowing takes its lower half.
    [MethodImpl(Inline)]
    private static (Vector256<float> Even, Vector256<float> Odd) Split(float* from)
    {
        Vector256<ulong> low = Vector256.Load(from).AsUInt64(), high = Vector256.Load(from + Lanes).AsUInt64();
        return (Vector256.Narrow(low, high).AsSingle(), Vector256.Narrow(low >> 32, high >> 32).AsSingle());
    }

    // The other way round.
    [MethodImpl(Inline)]
    private static void Join(Vector256<float> even, Vector256<float> odd, float* to)
    {
        var (evenLow, evenHigh) = Vector256.Widen(even.AsUInt32());
        var (oddLow, oddHigh) = Vector256.Widen(odd.AsUInt32());
        (evenLow | (oddLow << 32)).AsSingle().Store(to);
        (evenHigh | (oddHigh << 32)).AsSingle().Store(to + Lanes);
    }

    // The first of equals stays; a NaN wins unless there is one already.
    [MethodImpl(Inline)]
    private static void Meet(Vector256<float> value, Vector256<int> place, ref Vector256<float> largest, ref Vector256<int> winner)
    {
        var wins = Vector256.GreaterThan(value, largest) | (~Vector256.Equals(value, value) & Vector256.Equals(largest, largest));
        largest = Vector256.ConditionalSelect(wins, value, largest);
        winner = Vector256.ConditionalSelect(wins.AsInt32(), place, winner);
    }
}
