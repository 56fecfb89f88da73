using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

/// <summary>The helper threads: started when first needed, asleep when there is nothing to do, and gone with the process.</summary>
/// <remarks><see cref="Shared"/> is the one static state of the library. No result depends on it: it holds threads, not numbers.</remarks>
/// <param name="most">The most helpers that are ever started; with 0 every caller works alone.</param>
internal sealed unsafe class WorkPool(int most)
{
    /// <summary>More threads than this are taken for this many.</summary>
    public const int MostThreads = 64;

    // What a product keeps on the stack is below 450 KiB.
    private const int StackBytes = 1 << 20, MostForks = 16;

    /// <summary>The pool of the process. In a browser no thread can wait for another, so nobody is there to help.</summary>
    public static readonly WorkPool Shared = new(OperatingSystem.IsBrowser() ? 0 : MostThreads - 1);

    private readonly Fork[] forks = [.. Enumerable.Range(0, MostForks).Select(_ => new Fork())];
    private readonly object gate = new();
    private int started, limit = most;

    /// <summary>The helpers that have been started.</summary>
    public int Helpers => Volatile.Read(ref started);

    /// <summary>Does all parts, on up to so many threads with the caller, and returns when all are done. Allocates nothing once the helpers are
    /// there.</summary>
    /// <remarks>Where a part throws, parts that have not begun are left out, and the first exception is thrown here.</remarks>
    public void Run<TParts>(TParts work, int parts, int threads) where TParts : struct, IParts
    {
        int helpers = Math.Min(Math.Min(threads, MostThreads), parts) - 1;
        if (helpers < 1 || limit == 0 || Take() is not { } fork)
        {
            for (int part = 0; part < parts; part++) work.Run(part, 0);
            return;
        }
        // The work stays on this stack, and this method does not return before the last helper has let go of it.
        fork.Open(&Do<TParts>, Unsafe.AsPointer(ref work), parts, helpers);
        try
        {
            Call(helpers);
        }
        finally
        {
            fork.Finish();
        }
    }

    private static void Do<TParts>(void* work, int part, int worker) where TParts : struct, IParts =>
        Unsafe.AsRef<TParts>(work).Run(part, worker);

    // All are taken only where more callers than that work at once, and then nobody has time to help.
    private Fork? Take()
    {
        foreach (var fork in forks)
            if (fork.TryTake()) return fork;
        return null;
    }

    private void Call(int helpers)
    {
        lock (gate)
        {
            int wanted = 0;
            foreach (var fork in forks) wanted += fork.Helpers;
            while (started < Math.Min(wanted, limit) && TryStart()) started++;
            for (int i = 0; i < helpers; i++) Monitor.Pulse(gate);
        }
    }

    private bool TryStart()
    {
        try
        {
            new Thread(Serve, StackBytes) { IsBackground = true, Name = "Backprop helper" }.UnsafeStart();
            return true;
        }
        catch (Exception exception) when (exception is OutOfMemoryException or PlatformNotSupportedException or ThreadStartException)
        {
            // The system gives no more threads: those that are there must do, and if there are none, the callers.
            limit = started;
            return false;
        }
    }

    private void Serve()
    {
        for (var patience = new Patience(); ;)
        {
            if (Help()) patience = new Patience();
            else if (!patience.Spin())
            {
                // Callers open their fork first and then come to the gate, so none is overlooked between the look and the sleep.
                lock (gate)
                    if (!IsHelpWanted()) Monitor.Wait(gate);
                patience = new Patience();
            }
        }
    }

    private bool Help()
    {
        foreach (var fork in forks)
            if (fork.Help()) return true;
        return false;
    }

    private bool IsHelpWanted()
    {
        foreach (var fork in forks)
            if (fork.WantsHelp) return true;
        return false;
    }
}
