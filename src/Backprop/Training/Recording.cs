using System.Numerics;
using System.Runtime.InteropServices;
using Backprop.Tensors;

namespace Backprop.Training;

/// <summary>What a tape did, without its numbers: the kinds of its steps, their formulas, shapes and wiring, and the constants that they read.
/// Two recordings of one model that are equal can be replaced by a replay.</summary>
internal sealed class Recording<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<(Type Kind, string Formula, Shape Output)> steps = [];
    private readonly List<(char From, int Index)> wiring = [];
    private readonly List<T[]> constants = [];
    private readonly List<int[]> constantIndices = [];

    public Recording(Tape<T> tape)
    {
        var places = new Dictionary<object, (char, int)>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < tape.Parameters.Count; i++) places[tape.Parameters[i]] = ('p', i);
        for (int i = 0; i < tape.Inputs.Count; i++) places[tape.Inputs[i]] = ('x', i);
        for (int i = 0; i < tape.Steps.Count; i++)
        {
            var step = tape.Steps[i];
            steps.Add((step.GetType(), step.Formula, step.Output.Shape));
            foreach (var input in step.Inputs) wiring.Add(PlaceOf(input));
            if (step.Indices is { } indices) wiring.Add(PlaceOf(indices));
            places[step.Output] = ('s', i);
        }

        (char, int) PlaceOf(IInput input)
        {
            if (places.TryGetValue(input, out var place)) return place;
            // A replay reads the constants of its recording, so that new values each time (noise, a carried state) must be found out.
            if (input is Indices indices) constantIndices.Add(indices.Values.ToArray());
            else constants.Add(((Tensor<T>)input).Values.ToArray());
            return places[input] = ('c', constants.Count + constantIndices.Count);
        }
    }

    /// <summary>Whether another recording did the same on the same constants.</summary>
    public bool IsSameAs(Recording<T> other) =>
        steps.SequenceEqual(other.steps) && wiring.SequenceEqual(other.wiring)
        && constants.Count == other.constants.Count && constants.Zip(other.constants, SameBits).All(same => same)
        && constantIndices.Count == other.constantIndices.Count
        && constantIndices.Zip(other.constantIndices, (a, b) => a.AsSpan().SequenceEqual(b)).All(same => same);

    private static bool SameBits(T[] a, T[] b) =>
        MemoryMarshal.AsBytes<T>(a).SequenceEqual(MemoryMarshal.AsBytes<T>(b));
}
