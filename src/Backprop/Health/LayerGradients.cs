using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Health;

/// <summary>The norm of the gradient at the output of every layer with weights, over the batches that were looked at.</summary>
internal sealed class LayerGradients<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<string> order = [];
    private readonly Dictionary<string, double> squares = [];
    private int looks;

    /// <summary>The layers in the order of the forward pass, with the root of the mean square of their norms.</summary>
    public IReadOnlyList<(string Layer, double Norm)> Norms => [.. order.Select(layer => (layer, Math.Sqrt(squares[layer] / looks)))];

    public void Look(Tape<T> tape)
    {
        looks++;
        // Weights that are used more than once, at every time step or by shared layers, count where their gradient is largest.
        var largest = new Dictionary<string, double>();
        foreach (var step in tape.Steps)
        {
            if (!step.Output.HasGradient || !HasWeights(step)) continue;
            string layer = Place.Of(tape, step);
            double sum = double.CreateTruncating(Reduce.SumOfSquares(step.Output.Gradient));
            largest[layer] = Math.Max(largest.GetValueOrDefault(layer), sum);
        }
        foreach (var (layer, sum) in largest)
        {
            if (!squares.ContainsKey(layer)) order.Add(layer);
            squares[layer] = squares.GetValueOrDefault(layer) + sum;
        }
    }

    private static bool HasWeights(Operation<T> step)
    {
        foreach (var input in step.Inputs)
            if (input is Parameter<T> { Shape.Rank: > 1 }) return true;
        return false;
    }
}
