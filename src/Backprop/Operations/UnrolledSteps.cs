using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>What all recurrent networks share where they are taken apart: inputs by time, cuts, padding, and the states given
/// out.</summary>
internal sealed class UnrolledSteps<T>(Tensor<T> x, SequenceOptions options) where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<Tensor<T>> states = [];

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

    /// <summary>Gives a state out, where all are.</summary>
    public void Give(int t, Tensor<T> state)
    {
        if (!options.All) return;
        states.Add(options.Lengths is { } lengths && t > 1 ? state.Choose(null, lengths, length => t <= length, $"has {t} steps") : state);
    }

    /// <summary>The output; what the network goes on from is <paramref name="last"/>.</summary>
    public Tensor<T> Output(params Tensor<T>[] last)
    {
        if (!options.All && last.Length == 1) return last[0];
        return Nn<T>.Stack(1, [.. states, .. options.State || !options.All ? last : []]);
    }
}
