using System.Globalization;
using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>What goes wrong around the update: weights that change before the gradient has passed through them, gradients that stay.</summary>
internal static class UpdateMistakes
{
    /// <summary>The mistake with a learning rate; null where no weight has anything below it.</summary>
    public static Mistake? TooEarly(Sites sites, double learningRate)
    {
        var changes = new List<((Operation<double>, int), Action<Contribution>)>();
        var last = new Dictionary<Tensor<double>, Operation<double>>();
        foreach (var step in sites.Steps.Reverse())
            foreach (var parameter in step.Inputs.OfType<Parameter<double>>()) last[parameter] = step;
        foreach (var step in sites.Steps)
        {
            int[] wanted = [.. Sites.Wanted(step)];
            // A shared weight is whole, and can be updated, where the way back meets it for the last time.
            int[] weights = [.. wanted.Where(input => step.Inputs[input] is Parameter<double> parameter && last[parameter] == step)];
            if (weights.Length == 0) continue;
            changes.AddRange(wanted.Where(input => step.Inputs[input] is not Parameter<double>).Select(input =>
                ((step, input), (Action<Contribution>)(contribution => Recompute(contribution, weights, learningRate)))));
        }
        if (changes.Count == 0) return null;
        string rate = learningRate.ToString("G6", CultureInfo.InvariantCulture);
        return new(
            MistakeKind.UpdatedTooEarly, "the update", $"Weights are updated, with a learning rate of {rate}, before the layers below have their gradient: it flows through the new weights.",
            "first all gradients, then all updates", changes);
    }

    /// <summary>The gradients of the step before, to which those of this one are added.</summary>
    public static Mistake NotCleared(Sites sites, IReadOnlyDictionary<Tensor<double>, double[]> before)
    {
        var changes = new Dictionary<Tensor<double>, ((Operation<double>, int), Action<Contribution>)>();
        foreach (var step in sites.Steps)
            foreach (int input in Sites.Wanted(step))
                if (before.TryGetValue(step.Inputs[input], out double[]? left))
                    changes.TryAdd(step.Inputs[input], ((step, input), contribution => contribution.Values = [.. contribution.Values.Zip(left, (own, old) => own + old)]));
        return new(
            MistakeKind.NotCleared, "the update", "The gradients of the step before are not cleared: those of this step are added to them.",
            "after each update the gradients begin anew", changes.Values);
    }

    /// <summary>The mistake with the learning rate that fits given gradients best; null where there is none.</summary>
    public static Mistake? Fitted(MistakenWalk walk, IReadOnlyDictionary<Tensor<double>, double[]> given)
    {
        const double Nearby = 1e-4;
        var sites = new Sites(walk);
        if (TooEarly(sites, Nearby) is null) return null;
        double[] claimed = [.. given.Values.SelectMany(gradient => gradient)];
        double rate = 0;
        // Gauss and Newton, on the one unknown.
        for (int round = 0; round < 12; round++)
        {
            double[] here = At(rate), beside = At(rate + Nearby);
            double along = 0, square = 0;
            for (int i = 0; i < here.Length; i++)
            {
                double slope = (beside[i] - here[i]) / Nearby;
                along += slope * (claimed[i] - here[i]);
                square += slope * slope;
            }
            if (!(square > 0)) return null;
            rate += along / square;
        }
        return rate > 0 ? TooEarly(sites, rate) : null;

        double[] At(double rate)
        {
            walk.Walk(TooEarly(sites, rate));
            return [.. given.Keys.SelectMany(tensor => MistakenWalk.GradientOf(tensor).ToArray())];
        }
    }

    private static void Recompute(Contribution contribution, int[] weights, double learningRate)
    {
        var step = contribution.Step;
        double[][] own = [.. weights.Select(input => step.Inputs[input].Values.ToArray())];
        foreach (int input in weights)
        {
            var weight = step.Inputs[input].Writable;
            double[] gradient = contribution.Of(input)!.Sum;
            for (int i = 0; i < weight.Length; i++) weight[i] -= learningRate * gradient[i];
        }
        contribution.Compute();
        for (int k = 0; k < weights.Length; k++) own[k].CopyTo(step.Inputs[weights[k]].Writable);
    }
}
