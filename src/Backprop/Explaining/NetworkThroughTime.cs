using System.Numerics;

namespace Backprop.Explaining;

/// <summary>What flows back through the time steps of one recurrent network: of one layer of a stack, in one direction.</summary>
/// <remarks>Time steps are counted in the order in which the network reads; one that reads from the end begins with the last.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class NetworkThroughTime<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The path of its layer: <c>rnn1</c>, <c>lstm1.layer2</c>, <c>bidirectional1.backward</c>; empty for a network outside of any container.</summary>
    public required string Layer { get; init; }

    /// <summary>Whether it reads its sequences from their ends.</summary>
    public bool ReadsFromEnd { get; init; }

    /// <summary>∂L/∂h_t, t = 1 … T.</summary>
    public required IReadOnlyList<StateGradient<T>> States { get; init; }

    /// <summary>∂L/∂c_t, t = 1 … T; empty for a network without cells.</summary>
    public required IReadOnlyList<StateGradient<T>> Cells { get; init; }

    /// <summary>The parameters with a gradient, in their order.</summary>
    public required IReadOnlyList<WeightThroughTime<T>> Weights { get; init; }

    /// <summary>T, the number of time steps.</summary>
    public int TimeSteps => States.Count;

    /// <summary>Whether the gradient vanishes or explodes on its way back.</summary>
    public GradientFlow Flow => Cells.Count == 0 ? GradientFlow.Of(States, i => States[i].FromNext) : GradientFlow.Of(Cells, ArrivingAtCell);

    /// <summary>The same with truncated gradients beside the whole ones.</summary>
    internal NetworkThroughTime<T> With(IReadOnlyDictionary<string, T[]> truncated) => new()
    {
        Layer = Layer,
        ReadsFromEnd = ReadsFromEnd,
        States = States,
        Cells = Cells,
        Weights = [.. Weights.Select(weight => weight with { Truncated = ComparedGradient<T>.Of(truncated[weight.Path], weight.Gradient) })],
    };

    /// <summary>What arrives from t + 1 at a cell: by the forget gate, and by h_t. Each c_t reads its own h_t only, so of what it gives on the part
    /// is the part of h_t.</summary>
    private T[] ArrivingAtCell(int i)
    {
        var (cell, state) = (Cells[i], States[i]);
        return [.. cell.FromNext.Select((next, j) => next + (T.IsZero(state.Total[j]) ? T.Zero : cell.Direct[j] * (state.FromNext[j] / state.Total[j])))];
    }
}
