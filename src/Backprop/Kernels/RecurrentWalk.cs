using System.Numerics;

namespace Backprop.Kernels;

/// <summary>What happens at one time step of a recurrent network, for neighbouring sequences. Time steps count from 1.</summary>
internal unsafe interface IRecurrence<T> where T : unmanaged
{
    /// <summary>Computes the states of a time step from what the product h_(t−1)·Wh gave.</summary>
    void Step(int t, int row, int rows);

    /// <summary>Takes the state before over, for a sequence that has ended, and leaves nothing else of the padding.</summary>
    void Skip(int t, int row);

    /// <summary>The states of a time step: what its next product reads.</summary>
    T* State(int t, int row);

    /// <summary>Where a product h·Wh goes.</summary>
    T* Product(int row);

    /// <summary>Begins the gradient of the states of a time step, or of h_0, with all that does not come through the product
    /// δ_(t+1)·Whᵀ.</summary>
    void Begin(int t, int row, int rows);

    /// <summary>Computes δ of a time step from the whole gradient of its states.</summary>
    void StepBack(int t, int row, int rows);

    /// <summary>δ of a time step, as the product with Whᵀ reads it.</summary>
    T* Delta(int t, int row);

    /// <summary>The gradient of the states of a time step.</summary>
    T* Gradient(int t, int row);
}

/// <summary>The way through a sequence, forward: the sequences of a batch are cut between threads, and each thread walks all time steps
/// alone.</summary>
internal readonly unsafe struct ForwardWalk<TCell, T>(TCell cell, SharedMatrix<T> weight, Timeline time, int n, int rows) : IParts
    where TCell : struct, IRecurrence<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public void Run(int part, int worker)
    {
        int first = part * rows, end = Math.Min(first + rows, n);
        for (int t = 1; t <= time.Steps; t++)
        {
            weight.Multiply(cell.State(t - 1, first), cell.Product(first), end - first, accumulate: false);   // h_(t−1)·Wh
            for (int row = first, count; row < end; row += count)
            {
                bool has = time.Has(row, t);
                for (count = time.IsEven ? end - first : 1; row + count < end && time.Has(row + count, t) == has;) count++;
                if (has) cell.Step(t, row, count);
                else
                    for (int i = row; i < row + count; i++) cell.Skip(t, i);
            }
        }
    }
}

/// <summary>The way back, from the last time step down to <paramref name="until"/>; 0 is the state before the first.</summary>
internal readonly unsafe struct BackwardWalk<TCell, T>(TCell cell, SharedMatrix<T> turned, Timeline time, int until, int n, int rows) : IParts
    where TCell : struct, IRecurrence<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public void Run(int part, int worker)
    {
        int begin = part * rows, end = Math.Min(begin + rows, n);
        for (int t = time.Steps; t >= until; t--)
        {
            cell.Begin(t, begin, end - begin);
            for (int row = begin, count; row < end; row += count)
            {
                bool flows = time.Flows(row, t);
                for (count = time.IsEven ? end - begin : 1; row + count < end && time.Flows(row + count, t) == flows;) count++;
                if (flows) turned.Multiply(cell.Delta(t + 1, row), cell.Gradient(t, row), count, accumulate: true);   // dh_t += δ_(t+1)·Whᵀ
            }
            if (t > 0) cell.StepBack(t, begin, end - begin);
        }
    }
}
