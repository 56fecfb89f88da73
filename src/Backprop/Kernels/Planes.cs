using System.Numerics;

namespace Backprop.Kernels;

/// <summary>Planes of neighbours in memory, each with a number of its own.</summary>
internal static unsafe class Planes
{
    /// <summary>y (+)= factors[p]·x in plane p; the planes share x and y evenly. Threads take planes.</summary>
    public static void Scale<T>(ReadOnlySpan<T> factors, ReadOnlySpan<T> x, Span<T> y, bool accumulate, Work threads = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (factors.IsEmpty) return;
        int plane = y.Length / factors.Length, use = threads.ForElements(y.Length), length = Work.PartLength(factors.Length, use);
        fixed (T* each = factors, from = x[..y.Length], to = y)
            WorkPool.Shared.Run(
                new Scaled<T>(each, from, to, factors.Length, plane, length, accumulate), (factors.Length + length - 1) / length, use);
    }

    private readonly struct Scaled<T>(T* factors, T* x, T* y, int planes, int plane, int length, bool accumulate) : IParts
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int part, int worker)
        {
            for (int p = part * length; p < Math.Min((part + 1) * length, planes); p++)
                Elementwise.Scale(factors[p], new ReadOnlySpan<T>(x + (nint)p * plane, plane), new Span<T>(y + (nint)p * plane, plane), accumulate);
        }
    }
}
