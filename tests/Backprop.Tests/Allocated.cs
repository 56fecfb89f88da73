namespace Backprop.Tests;

/// <summary>Counts what an action allocates.</summary>
internal static class Allocated
{
    /// <summary>The least number of bytes that one of several runs allocated on this thread, after a first one.</summary>
    /// <remarks>A collection that another test sets off adds the rest of this thread's allocation buffer to its count, so one run says nothing.</remarks>
    public static long Least(Action action)
    {
        action();
        long least = long.MaxValue;
        for (int run = 0; run < 10 && least > 0; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
