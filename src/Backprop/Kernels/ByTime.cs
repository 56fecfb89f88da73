using System.Numerics;

namespace Backprop.Kernels;

/// <summary>Sequences [N, T, D] turned into time steps [T, N, D] and back: what belongs to one time step side by side.</summary>
internal static unsafe class ByTime
{
    /// <summary>to[t, n] = x[n, t]; 0 where a sequence has ended, whatever its padding is.</summary>
    public static void Gather<T>(ReadOnlySpan<T> x, ReadOnlySpan<int> lengths, Span<T> to, int n, int steps, int d, Work threads)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (int* l = lengths)
        fixed (T* from = x, target = to)
            Run(new Sequences<T>(from, target, l, n, steps, d, gathers: true, adds: false), n, to.Length, threads);
    }

    /// <summary>x[n, t] (+)= from[t, n].</summary>
    public static void Scatter<T>(ReadOnlySpan<T> from, Span<T> x, int n, int steps, int d, bool accumulate, Work threads)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* source = from, to = x)
            Run(new Sequences<T>(source, to, null, n, steps, d, gathers: false, accumulate), n, x.Length, threads);
    }

    private static void Run<T>(Sequences<T> sequences, int n, long numbers, Work threads) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int use = threads.ForElements(numbers), length = Work.PartLength(n, use);
        WorkPool.Shared.Run(sequences with { Length = length }, (n + length - 1) / length, use);
    }

    /// <summary>The work, cut between sequences.</summary>
    private struct Sequences<T>(T* from, T* to, int* lengths, int n, int steps, int d, bool gathers, bool adds) : IParts
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public int Length;

        public readonly void Run(int part, int worker)
        {
            for (int i = part * Length; i < Math.Min((part + 1) * Length, n); i++)
                for (int t = 0; t < steps; t++)
                {
                    nint bySequence = ((nint)i * steps + t) * d, byTime = ((nint)t * n + i) * d;
                    var target = new Span<T>(to + (gathers ? byTime : bySequence), d);
                    if (lengths != null && t >= lengths[i]) target.Clear();
                    else Elementwise.Copy(new ReadOnlySpan<T>(from + (gathers ? bySequence : byTime), d), target, adds);
                }
        }
    }
}
