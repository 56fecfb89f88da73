using System.Numerics;
using Backprop.Kernels;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Health;

/// <summary>By what each time step of the recurrent networks multiplies the gradient on its way back.</summary>
/// <remarks>Where a network stands on the tape time step by time step, what other layers send to a state is measured along with it: then the gradient may
/// vanish unseen, but none that does not is called vanishing.</remarks>
internal sealed class WaysBack<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Dictionary<string, (double[] Arriving, double[] Leaving)> sums = [];

    public IReadOnlyList<RecurrentHealth> Networks => [.. sums.Where(pair => pair.Value.Leaving.Any(square => square > 0)).Select(pair => Of(pair.Key, pair.Value))];

    public void Look(Tape<T> tape)
    {
        Recurrence<T>? last = null;
        foreach (var step in tape.Steps)
        {
            if (step is SequenceOp<T> sequence && step.Output.HasGradient) Add(Place.Of(tape, step), sequence.WayBack());
            else if (step.Recurrence is { } recurrence && recurrence != last) Add(Place.Of(tape, step), WayBack(last = recurrence));
        }
    }

    private void Add(string layer, (double[] Arriving, double[] Leaving) way)
    {
        if (way.Arriving.Length == 0) return;
        if (!sums.TryGetValue(layer, out var sum) || sum.Arriving.Length != way.Arriving.Length) sums[layer] = way;
        else
            for (int i = 0; i < way.Arriving.Length; i++)
            {
                sum.Arriving[i] += way.Arriving[i];
                sum.Leaving[i] += way.Leaving[i];
            }
    }

    private static (double[], double[]) WayBack(Recurrence<T> recurrence)
    {
        var carriers = recurrence.Cells.Count > 0 ? recurrence.Cells : recurrence.States;
        double[] squares = [.. carriers.Skip(1).Select(state => state.HasGradient ? double.CreateTruncating(Reduce.SumOfSquares(state.Gradient)) : 0).Reverse()];
        return squares.Length < 2 ? ([], []) : (squares[1..], squares[..^1]);
    }

    private static RecurrentHealth Of(string layer, (double[] Arriving, double[] Leaving) sum)
    {
        // Where nothing begins, nothing can be lost: such hops are passed over.
        double[] factors = [.. sum.Arriving.Zip(sum.Leaving, (arriving, leaving) => leaving > 0 ? Math.Sqrt(arriving / leaving) : 1)];
        double overall = 1;
        foreach (double factor in factors) overall *= factor;
        return new RecurrentHealth(layer, factors.Length + 1, factors, overall);
    }
}
