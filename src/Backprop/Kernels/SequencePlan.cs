using System.Numerics;

namespace Backprop.Kernels;

/// <summary>The sizes of a recurrent network over whole sequences, and how its walks are shared among threads.</summary>
/// <param name="N">The sequences.</param>
/// <param name="Steps">The time steps of the longest.</param>
/// <param name="Units">H.</param>
/// <param name="Gates">How many blocks of H columns the weights have.</param>
/// <param name="Truncate">Over how many time steps a gradient flows back; 0 for all.</param>
/// <param name="All">Whether the states of all time steps are given out.</param>
/// <param name="Last">Whether the last state is given out, behind them.</param>
/// <param name="Cell">Whether the last cell is given out, behind the last state.</param>
internal readonly unsafe record struct SequencePlan(int N, int Steps, int Units, int Gates, int Truncate, bool All, bool Last, bool Cell)
{
    /// <summary>The states that are given out of one sequence.</summary>
    public int Slots => (All ? Steps : 0) + (Last ? 1 : 0) + (Cell ? 1 : 0);

    /// <summary>The numbers that the copy of Wh takes, which forward and backward may use in turn.</summary>
    public int CopyLength<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        long rows = (long)N * Steps;
        return Math.Max(SharedMatrix<T>.CopyLength(Units, Gates * Units, rows), SharedMatrix<T>.CopyLength(Gates * Units, Units, rows));
    }

    public StatePlaces<T> Places<T>(int* lengths, T* start) where T : unmanaged, IFloatingPointIeee754<T> =>
        new(Time(lengths), start, Slots, Units, All, !Last ? -1 : All ? Steps : 0);

    /// <summary>Walks through the sequences.</summary>
    public void Forward<TCell, T>(TCell cell, int* lengths, T* wh, T* copy, Work threads)
        where TCell : struct, IRecurrence<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        var weight = new SharedMatrix<T>(wh, copy, Units, Gates * Units, turned: false);
        weight.Copy(threads);
        int rows = RowsPerThread(threads), parts = (N + rows - 1) / rows;
        WorkPool.Shared.Run(new ForwardWalk<TCell, T>(cell, weight, Time(lengths), N, rows), parts, parts);
    }

    /// <summary>Walks back to time step <paramref name="until"/>; 0 is the state before the first.</summary>
    public void Backward<TCell, T>(TCell cell, int* lengths, T* wh, T* copy, int until, Work threads)
        where TCell : struct, IRecurrence<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        var turned = new SharedMatrix<T>(wh, copy, Gates * Units, Units, turned: true);
        turned.Copy(threads);
        int rows = RowsPerThread(threads), parts = (N + rows - 1) / rows;
        WorkPool.Shared.Run(new BackwardWalk<TCell, T>(cell, turned, Time(lengths), until, N, rows), parts, parts);
    }

    public Timeline Time(int* lengths) => new(Steps, lengths, Truncate);

    private int RowsPerThread(Work threads)
    {
        int use = threads.ForProducts((long)N * Steps * Units * Units * Gates);
        return Math.Max((N + use - 1) / use, 1);
    }
}
