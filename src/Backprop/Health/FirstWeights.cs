using System.Numerics;
using Backprop.Kernels;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Health;

/// <summary>The layers whose weights multiply something: what the first of them reads, and whether units of one layer are all the same.</summary>
internal sealed class FirstWeights<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<(string Layer, Parameter<T> Weight, bool FilterFirst, int Blocks)> weights = [];
    private double squares;
    private long count;
    private string first = "";

    /// <summary>The first layer, and the root of the mean square of what it reads; NaN where nothing was seen.</summary>
    public (string Layer, double Size) Reads => (first, Math.Sqrt(squares / count));

    /// <summary>The layers before the last one whose units have all the same weights.</summary>
    public IEnumerable<(string Layer, int Units)> EqualUnits => weights.SkipLast(1).Where(AreEqual).Select(entry => (entry.Layer, UnitsOf(entry))).DistinctBy(layer => layer.Layer);

    public void Look(Tape<T> tape)
    {
        weights.Clear();
        Operation<T>? product = null;
        foreach (var step in tape.Steps)
        {
            if (step.MultiplyAdds == 0) continue;
            if (product is null && step.Inputs[0] is not Parameter<T>) Measure(tape, product = step);
            foreach (var input in step.Inputs)
                if (input is Parameter<T> { Shape.Rank: > 1, Trainable: true } weight && !weights.Any(entry => entry.Weight == weight))
                    weights.Add((Place.Of(tape, step), weight, step.Name.StartsWith("Conv", StringComparison.Ordinal), step is SequenceOp<T> sequence ? sequence.GateBlocks : 1));
        }
    }

    private void Measure(Tape<T> tape, Operation<T> step)
    {
        first = Place.Of(tape, step);
        squares += double.CreateTruncating(Reduce.SumOfSquares(step.Inputs[0].Values));
        count += step.Inputs[0].Length;
    }

    private static int UnitsOf((string, Parameter<T> Weight, bool FilterFirst, int Blocks) entry) =>
        entry.FilterFirst ? entry.Weight.Shape[0] : entry.Weight.Shape[^1] / entry.Blocks;

    private static bool AreEqual((string, Parameter<T> Weight, bool FilterFirst, int Blocks) entry)
    {
        int units = UnitsOf(entry);
        if (units < 2) return false;
        var values = entry.Weight.Values;
        // [F, C, KH, KW]: a unit is a row. [D, blocks·H]: it is a column of each block.
        int apart = entry.FilterFirst ? values.Length / units : 1, row = entry.FilterFirst ? values.Length : units;
        for (int i = 0; i < values.Length; i++)
            if (i % row >= apart && values[i] != values[i - apart]) return false;
        return true;
    }
}
