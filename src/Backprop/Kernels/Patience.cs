using System.Diagnostics;

namespace Backprop.Kernels;

/// <summary>Waiting awake for a few microseconds, about as long as falling asleep and waking up would take.</summary>
internal struct Patience()
{
    private static readonly long Length = Stopwatch.Frequency / 200_000;

    private readonly long end = Stopwatch.GetTimestamp() + Length;

    /// <summary>Waits a moment; false when 5 µs are over.</summary>
    public readonly bool Spin()
    {
        Thread.SpinWait(4);
        return Stopwatch.GetTimestamp() < end;
    }
}
