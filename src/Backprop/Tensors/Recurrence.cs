using System.Numerics;

namespace Backprop.Tensors;

/// <summary>One walk of a recurrent network through its sequences, where it stands on a tape time step by time step.</summary>
/// <remarks>The time steps are counted from 1 in the order in which the network reads: one that reads from the end begins with the last.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Recurrence<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<Tensor<T>> states;
    private readonly List<Tensor<T>> cells;

    internal Recurrence(Tensor<T> state, Tensor<T>? cell, bool readsFromEnd) => (states, cells, ReadsFromEnd) = ([state], cell is null ? [] : [cell], readsFromEnd);

    /// <summary>h_0 … h_T, each [N, H].</summary>
    public IReadOnlyList<Tensor<T>> States => states;

    /// <summary>c_0 … c_T, each [N, H]; empty where the network has no cell beside its state.</summary>
    public IReadOnlyList<Tensor<T>> Cells => cells;

    /// <summary>T, the number of time steps.</summary>
    public int TimeSteps => states.Count - 1;

    /// <summary>Whether it reads its sequences from their ends, so that time step 1 is their last.</summary>
    public bool ReadsFromEnd { get; }

    /// <summary>Goes on by one time step.</summary>
    internal void Add(Tensor<T> state, Tensor<T>? cell)
    {
        states.Add(state);
        if (cell is not null) cells.Add(cell);
    }
}
