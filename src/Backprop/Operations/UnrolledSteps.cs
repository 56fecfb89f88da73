using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>What all recurrent networks share where they are taken apart: inputs by time, cuts, padding, the states given
/// out, and that each step of the tape knows its time step.</summary>
internal sealed class UnrolledSteps<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Tensor<T> x;
    private readonly SequenceOptions options;
    private readonly Recurrence<T> recurrence;
    private readonly Tape<T>? tape;
    private readonly List<Tensor<T>> states = [];
    private int marked;

    /// <summary>Begins.</summary>
    /// <param name="x">x, [N, T, D].</param>
    /// <param name="options">What is given out.</param>
    /// <param name="state">h_0.</param>
    /// <param name="cell">c_0, where there is a cell.</param>
    /// <param name="weights">What each time step reads beside them.</param>
    public UnrolledSteps(Tensor<T> x, SequenceOptions options, Tensor<T> state, Tensor<T>? cell, params ReadOnlySpan<Tensor<T>?> weights)
    {
        (this.x, this.options, recurrence) = (x, options, new(state, cell, IsReversed(x)));
        foreach (var operand in (ReadOnlySpan<Tensor<T>?>)[x, state, cell, .. weights])
            if (operand?.Tape is { IsOpen: true, ShapesOnly: false } open) tape = open;
        marked = tape?.Steps.Count ?? 0;
    }

    public int Count => x.Shape[1];

    public Tensor<T> Input(int t) => x.Select(1, t - 1).Named($"x_{t}");

    /// <summary>A state of time step t as the next one reads it: behind a cut no gradient flows.</summary>
    public Tensor<T> CutBehind(int t, Tensor<T> state) =>
        options.Truncate is null ? state
        : options.Lengths is { } lengths ? state.Choose(state.Detach(), lengths, length => !options.CutsBehind(t, length), $"is not cut behind {t}")
        : options.CutsBehind(t, Count) ? state.Detach() : state;

    /// <summary>What was computed for time step t, or what stood before, for a sequence that has ended.</summary>
    public Tensor<T> Hold(int t, Tensor<T> computed, Tensor<T> before) =>
        options.Lengths is { } lengths && t > 1 ? computed.Choose(before, lengths, length => t <= length, $"has {t} steps").Named(computed.Name) : computed;

    /// <summary>Ends time step t: gives its state out, where all are.</summary>
    public void Give(int t, Tensor<T> state, Tensor<T>? cell = null)
    {
        if (options.All)
            states.Add(options.Lengths is { } lengths && t > 1 ? state.Choose(null, lengths, length => t <= length, $"has {t} steps") : state);
        recurrence.Add(state, cell);
        if (tape is null) return;
        for (; marked < tape.Steps.Count; marked++) (tape.Steps[marked].Recurrence, tape.Steps[marked].Time) = (recurrence, t);
    }

    /// <summary>Whether a sequence runs from its end: it was reversed, or holds the states of a network that reads one that was.</summary>
    private static bool IsReversed(Tensor<T> sequence) => sequence.Source switch
    {
        ReverseOp<T> { Along: 1 } reverse => !IsReversed(reverse.Inputs[0]),
        StackOp<T> stack => stack.Inputs[0].Source?.Recurrence is { ReadsFromEnd: true },
        _ => false,
    };

    /// <summary>The output; what the network goes on from is <paramref name="last"/>.</summary>
    public Tensor<T> Output(params Tensor<T>[] last)
    {
        if (!options.All && last.Length == 1) return last[0];
        return Nn<T>.Stack(1, [.. states, .. options.State || !options.All ? last : []]);
    }
}
