using System.Numerics;

namespace Backprop.Kernels;

internal static partial class Naive
{
    /// <summary>y = the largest entry of each window, winners = its place in x. The first of equals wins; the first NaN wins over all; the
    /// padding never does.</summary>
    public static void MaxPool<T>(ReadOnlySpan<T> x, Span<T> y, Span<int> winners, Windows w) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int downAll = w.Down, acrossAll = w.Across;
        for (int plane = 0, at = 0; at < y.Length; plane += w.Plane)
            for (int down = 0; down < downAll; down++)
                for (int across = 0; across < acrossAll; across++, at++)
                {
                    int winner = plane + w.FirstRow(down) * w.Width + w.FirstColumn(across);
                    T largest = x[winner];
                    for (int row = w.FirstRow(down); row < w.EndRow(down); row++)
                        for (int column = w.FirstColumn(across); column < w.EndColumn(across); column++)
                        {
                            int place = plane + row * w.Width + column;
                            if (x[place] > largest || T.IsNaN(x[place]) && !T.IsNaN(largest)) (winner, largest) = (place, x[place]);
                        }
                    (y[at], winners[at]) = (largest, winner);
                }
    }

    /// <summary>dx (+)= dy at the winners, 0 elsewhere; windows that share a winner add in ascending order.</summary>
    public static void MaxPoolGradient<T>(ReadOnlySpan<T> dy, ReadOnlySpan<int> winners, Span<T> dx, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!accumulate) dx.Clear();
        for (int at = 0; at < dy.Length; at++) dx[winners[at]] += dy[at];
    }

    /// <summary>y = the sum of each window, from 0 on in row-major order, divided by what it counts; the padding counts as
    /// zeros.</summary>
    public static void AveragePool<T>(ReadOnlySpan<T> x, Span<T> y, Windows w) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T size = T.CreateTruncating(w.Size);
        int downAll = w.Down, acrossAll = w.Across;
        bool alike = w.CountsAlike;
        for (int plane = 0, at = 0; at < y.Length; plane += w.Plane)
            for (int down = 0; down < downAll; down++)
                for (int across = 0; across < acrossAll; across++, at++)
                {
                    T sum = T.Zero;
                    for (int row = w.FirstRow(down); row < w.EndRow(down); row++)
                        for (int column = w.FirstColumn(across); column < w.EndColumn(across); column++)
                            sum += x[plane + row * w.Width + column];
                    y[at] = sum / (alike ? size : T.CreateTruncating(w.Counted(down, across)));
                }
    }

    /// <summary>dx (+)= the sum of dy over the windows that cover an entry, from 0 on in row-major order, divided by the window's
    /// size; where windows count different numbers, each dy is divided before it is added.</summary>
    public static void AveragePoolGradient<T>(ReadOnlySpan<T> dy, Span<T> dx, Windows w, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T size = T.CreateTruncating(w.Size);
        int acrossAll = w.Across;
        bool alike = w.CountsAlike;
        for (int plane = 0, at = 0; at < dx.Length; plane += w.Count)
            for (int row = 0; row < w.Height; row++)
                for (int column = 0; column < w.Width; column++, at++)
                {
                    T sum = T.Zero;
                    var ((downFrom, downEnd), (acrossFrom, acrossEnd)) = (w.DownOver(row), w.AcrossOver(column));
                    for (int down = downFrom; down < downEnd; down++)
                        for (int across = acrossFrom; across < acrossEnd; across++)
                        {
                            T value = dy[plane + down * acrossAll + across];
                            sum += alike ? value : value / T.CreateTruncating(w.Counted(down, across));
                        }
                    if (alike) sum /= size;
                    dx[at] = accumulate ? dx[at] + sum : sum;
                }
    }
}
