using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Health;

/// <summary>Which rectified units are ever above 0, and how many sigmoids and tanhs are at their ends.</summary>
internal sealed class UnitActivity<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<string> order = [];
    private readonly Dictionary<string, bool[]> alive = [];
    private readonly Dictionary<string, (long Flat, long All)> flat = [];
    private int samples;

    /// <summary>Whether enough samples were seen to call a unit dead.</summary>
    public bool IsEnough => samples >= HealthLimits.Samples;

    /// <summary>The layers in the order of the forward pass: the share of dead units, the number of units, the share of saturated outputs.</summary>
    public IEnumerable<(string Layer, double? Dead, int Units, double? Saturated)> Layers => order.Select(layer => alive.TryGetValue(layer, out bool[]? units)
        ? (layer, (double?)units.Count(unit => !unit) / units.Length, units.Length, (double?)null)
        : (layer, (double?)null, 0, (double)flat[layer].Flat / Math.Max(1, flat[layer].All)));

    /// <param name="tape">The tape.</param>
    /// <param name="prediction">What the network says; an activation that says it may well be at its ends.</param>
    public void Look(Tape<T> tape, Tensor<T> prediction)
    {
        if (prediction.Shape.Rank > 0) samples += prediction.Shape[0];
        foreach (var step in tape.Steps)
        {
            // The gates of a recurrent network are open or closed for good reasons.
            if (step.Recurrence is not null || step.Output == prediction) continue;
            if (step is ReluOp<T> && step.Output.Shape.Rank > 1) LookAtRectifier(Note(Place.Of(tape, step)), step);
            else if (step is TanhOp<T>) LookAtEnds(Note(Place.Of(tape, step)), step.Output.Values, -1);
            else if (step is SigmoidOp<T>) LookAtEnds(Note(Place.Of(tape, step)), step.Output.Values, 0);
            else if (step is RnnOp<T> { IsTanh: true }) LookAtEnds(Note(Place.Of(tape, step)), step.Output.Values, -1);
        }
    }

    private string Note(string layer)
    {
        if (!alive.ContainsKey(layer) && !flat.ContainsKey(layer)) order.Add(layer);
        return layer;
    }

    private void LookAtRectifier(string layer, Operation<T> step)
    {
        var shape = step.Output.Shape;
        int axis = IsByChannel(step) ? 1 : shape.Rank - 1, units = shape[axis], inner = 1;
        for (int i = axis + 1; i < shape.Rank; i++) inner *= shape[i];
        if (!alive.TryGetValue(layer, out bool[]? living) || living.Length != units) alive[layer] = living = new bool[units];
        var y = step.Output.Values;
        int left = living.Count(unit => !unit);
        // Mostly all of them have been above 0 after a few samples.
        for (int start = 0; start < y.Length && left > 0; start += inner)
        {
            ref bool unit = ref living[start / inner % units];
            if (unit || !y.Slice(start, inner).ContainsAnyExcept(T.Zero)) continue;
            unit = true;
            left--;
        }
    }

    private void LookAtEnds(string layer, ReadOnlySpan<T> y, double low)
    {
        T below = T.CreateTruncating(low + HealthLimits.SaturatedAt), above = T.CreateTruncating(1 - HealthLimits.SaturatedAt);
        long count = 0;
        foreach (T value in y)
            if (value < below || value > above) count++;
        var (flatBefore, allBefore) = flat.GetValueOrDefault(layer);
        flat[layer] = (flatBefore + count, allBefore + y.Length);
    }

    /// <summary>Whether the output has a unit for each channel: behind a convolution, where a filter has one set of weights for all places.</summary>
    private static bool IsByChannel(Operation<T> step)
    {
        if (step.Output.Shape.Rank != 3) return step.Output.Shape.Rank > 3;
        var source = step.Inputs[0].Source;
        while (source is { MultiplyAdds: 0 } && source.Inputs.Count > 0) source = source.Inputs[0].Source;
        return source is not null && source.Name.StartsWith("Conv", StringComparison.Ordinal);
    }
}
