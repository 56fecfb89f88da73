using System.Runtime.ExceptionServices;

namespace Backprop.Kernels;

/// <summary>One fork-join at a time: the caller and the helpers that come in time claim parts from one counter, until none is left.</summary>
/// <remarks>
/// The caller needs nobody: with helpers that are late or never come it does all parts itself. It waits only for a helper that is in the middle of a
/// part. One number holds who may come: bit 31 says closed, bits 8 to 30 count the free places, bits 0 to 7 the helpers inside. It is compared and
/// exchanged as a whole, so that a helper that comes too late joins the next fork-join properly or none.
/// </remarks>
internal sealed unsafe class Fork
{
    private const int Closed = int.MinValue, Place = 0x100, Inside = 0xFF;

    private delegate*<void*, int, int, void> run;
    private void* work;
    private int parts, next, state = Closed, taken;
    private ExceptionDispatchInfo? fault;

    /// <summary>Whether there is a free place and something to do.</summary>
    public bool WantsHelp => Volatile.Read(ref state) >= Place && Volatile.Read(ref next) < parts;

    /// <summary>The helpers that are inside or welcome.</summary>
    public int Helpers
    {
        get
        {
            int now = Volatile.Read(ref state);
            return now < 0 ? 0 : now / Place + (now & Inside);
        }
    }

    /// <summary>Makes the fork the caller's until <see cref="Finish"/>; false if it is another's.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref taken, 1, 0) == 0;

    /// <summary>Opens the fork for helpers.</summary>
    public void Open(delegate*<void*, int, int, void> run, void* work, int parts, int helpers)
    {
        this.run = run;
        this.work = work;
        this.parts = parts;
        next = 0;
        Volatile.Write(ref state, helpers * Place);
    }

    /// <summary>Joins the fork and does parts until none is left.</summary>
    /// <returns>Whether there was a place.</returns>
    public bool Help()
    {
        int seen = Volatile.Read(ref state);
        for (int before; ; seen = before)
        {
            if (seen < Place || Volatile.Read(ref next) >= parts) return false;
            before = Interlocked.CompareExchange(ref state, seen - Place + 1, seen);
            if (before == seen) break;
        }
        // The places are given out from the last to the first, each once: so they number the workers.
        Do(worker: seen / Place);
        int now = Interlocked.Decrement(ref state);
        if (now < 0 && (now & Inside) == 0)
            lock (this) Monitor.Pulse(this);
        return true;
    }

    /// <summary>Does what is left, waits for the helpers inside, and gives the fork free.</summary>
    /// <remarks>What the first failing part threw is thrown on.</remarks>
    public void Finish()
    {
        Do(worker: 0);
        Interlocked.Or(ref state, Closed);
        var patience = new Patience();
        while (IsBusy && patience.Spin()) { }
        if (IsBusy)
            lock (this)
                while (IsBusy) Monitor.Wait(this);
        var thrown = fault;
        fault = null;
        Volatile.Write(ref taken, 0);
        thrown?.Throw();
    }

    private bool IsBusy => (Volatile.Read(ref state) & Inside) != 0;

    private void Do(int worker)
    {
        try
        {
            for (int part; (part = Interlocked.Increment(ref next) - 1) < parts;) run(work, part, worker);
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref fault, ExceptionDispatchInfo.Capture(exception), null);
            Volatile.Write(ref next, parts);
        }
    }
}
