using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>Mistakes that are made with backpropagation through time.</summary>
internal static class TimeMistakes
{
    public static IEnumerable<Mistake> Of(Sites sites)
    {
        foreach (var run in sites.Time.Runs)
            if (run[^1].Any(step => sites.Steps.Contains(step)))
                foreach (var mistake in OfRun(sites, run)) yield return mistake;
    }

    private static IEnumerable<Mistake> OfRun(Sites sites, IReadOnlyList<IReadOnlyList<Operation<double>>> run)
    {
        var weights = sites.Single().Where(site => site.IsParameter && sites.Time.Of(site.Step) > 0 && run.Any(round => round.Contains(site.Step))).ToArray();
        var early = weights.Where(site => sites.Time.Of(site.Step) < run.Count && sites.Time.Alike(site.Step)[^1].WantsInput(site.Input)).ToArray();
        string all = string.Join(", ", weights.Select(site => site.Tensor).Distinct());
        string layer = run[0][0].Layer.Length > 0 ? run[0][0].Layer : all;
        if (early.Length > 0)
            yield return new(
                MistakeKind.LastTimeStepOnly, layer, $"The gradients of {all} count the last time step only, t = {run.Count}.",
                $"add the contributions of all time steps, 1 to {run.Count}", early.Select(Cleared));
        foreach (var weight in early.GroupBy(site => site.Target))
            if (weight.First().Tensor != all)
                yield return new(
                    MistakeKind.LastTimeStepOnly, weight.First().Tensor, $"The gradient of {weight.First().Tensor} counts the last time step only, t = {run.Count}.",
                    $"add the contributions of all time steps, 1 to {run.Count}", weight.Select(Cleared));

        var states = new List<((Operation<double> Step, int Input) At, Action<Contribution> Change)>();
        foreach (var site in sites.Lines().Where(site => sites.Time.Of(site.Step) > 0 && run.Any(round => round.Contains(site.Step))))
            for (int operand = 0; operand < site.Step.Inputs.Count; operand++)
            {
                if (operand == site.Input || sites.Time.CarriedBy(site.Step, operand) is not { } carried) continue;
                int carriedBy = operand;
                if (carried.Output.Shape != site.Step.Inputs[operand].Shape) continue;
                string letter = Letter(carried);
                var change = (Action<Contribution>)(contribution =>
                    contribution.Recompute(contribution.Step.Inputs[carriedBy].Writable, sites.Time.CarriedBy(contribution.Step, carriedBy)!.Output.Values));
                if (site.IsParameter) states.AddRange(site.Steps.Select(step => ((step, site.Input), change)));
                yield return site.Mistake(
                    MistakeKind.StateOfSameStep, $"∂L/∂{site.Tensor} is worked out with {letter}_t at {site.Where}, where {letter}_(t−1) belongs.", change);
            }
        if (states.Count > 0 && early.Length > 0)
        {
            // The gradients of the seed's network: at the last time step, and with its own state.
            var inLast = states.Where(state => run[^1].Contains(state.At.Step)).ToArray();
            yield return new(
                MistakeKind.LastTimeStepWithItsOwnState, layer,
                $"The gradients count the last time step only, t = {run.Count}, and with h_{run.Count} in the place of h_{run.Count - 1}.",
                $"Σ over t of h_(t−1)ᵀ·δ_t, 1 to {run.Count}", [.. early.Select(Cleared), .. inLast]);
        }
    }

    private static ((Operation<double>, int), Action<Contribution>) Cleared(Site site) =>
        ((site.Step, site.Input), contribution => contribution.Values.AsSpan().Clear());

    /// <summary>h of h_3; s for what has no name.</summary>
    private static string Letter(Operation<double> carried) => carried.Output.Name is { Length: > 0 } name ? name.Split('_')[0] : "h";
}
