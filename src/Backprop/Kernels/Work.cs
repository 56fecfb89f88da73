namespace Backprop.Kernels;

/// <summary>Work that is cut into parts. They write to different places, so that they may run in any order and on any thread.</summary>
internal interface IParts
{
    /// <summary>Does one part.</summary>
    /// <param name="part">Counted from 0.</param>
    /// <param name="worker">Who does it, from 0 up to but not including the number of threads: no two workers of one number are busy at a time,
    /// so that each may have working memory of its own.</param>
    void Run(int part, int worker);
}

/// <summary>How many threads an operation may use; the only place that decides whether work is shared.</summary>
/// <remarks>
/// Outputs are split, sums are not: every number is computed by one thread in the order of the single-threaded loop, so the bits are the same for
/// every number of threads. What <c>default</c> gives is one thread.
/// A sleeping helper begins some 5 to 20 µs after it is called, and calling costs the caller a few µs. So what one thread has done within about
/// 30 µs is not shared at all, and each further thread needs as much again as half of that.
/// </remarks>
/// <param name="Threads">The threads, with the caller; below 2 there is the caller alone.</param>
internal readonly record struct Work(int Threads)
{
    // What one core does in about 15 µs: multiply-adds in registers, and elements through the caches.
    private const long ProductsPerThread = 1 << 20, ElementsPerThread = 1 << 15;

    /// <summary>The threads for a number of multiply-adds; 1 where sharing does not pay.</summary>
    public int ForProducts(long multiplyAdds) => multiplyAdds < 2 * ProductsPerThread ? 1 : Among(multiplyAdds / ProductsPerThread);

    /// <summary>The threads for a number of elements that are read and written; 1 where sharing does not pay.</summary>
    public int ForElements(long elements) => elements < 2 * ElementsPerThread ? 1 : Among(elements / ElementsPerThread);

    /// <summary>Cuts a number of equal units into parts of whole units: a few for each thread, so that a late thread holds nobody up, and one
    /// part where there is one thread.</summary>
    public static int PartLength(int units, int threads)
    {
        const int PartsPerThread = 4;
        if (threads == 1) return Math.Max(units, 1);
        return Math.Max((units + threads * PartsPerThread - 1) / (threads * PartsPerThread), 1);
    }

    /// <summary>Cuts elements into pieces of whole cache lines, so that no two threads write to one line again and again.</summary>
    public static int PieceLength(int elements, int threads)
    {
        const int Unit = 64;
        return PartLength((elements + Unit - 1) / Unit, threads) * Unit;
    }

    private int Among(long worthwhile) => (int)Math.Min(worthwhile, Math.Clamp(Threads, 1, WorkPool.MostThreads));
}
