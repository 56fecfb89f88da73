using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>Mistakes that are made with the derivative of an activation.</summary>
internal static class ActivationMistakes
{
    public static IEnumerable<Mistake> Of(Sites sites)
    {
        foreach (var site in sites.All())
            if (IsActivation(site.Step))
                foreach (var mistake in At(site)) yield return mistake;
        // A program that has the wrong derivative uses it wherever it needs one.
        foreach (var alike in sites.Steps.Where(IsActivation).GroupBy(step => step.Name))
            if (alike.Count() > 1 && sites.Time.Alike(alike.First()).Count < alike.Count())
                foreach (var mistake in At(sites.Of([.. alike], 0) with { Where = $"every {alike.Key}" })) yield return mistake;
    }

    /// <summary>Whether each entry of the output depends on the same entry of the one input alone.</summary>
    public static bool IsActivation(Operation<double> step) =>
        step.Inputs.Count == 1 && step.WantsInput(0) && step.Inputs[0].Shape == step.Output.Shape && step.Output.Length > 0
        && step.Terms(0, step.Output.Length - 1).Take(2).ToArray() is [var only]
        && only.Factors.Count == 2 && only.Factors.All(factor => factor.Tensor is null || factor.Index == step.Output.Length - 1)
        && only.Factors.Any(factor => factor.IsGradient && factor.Tensor == step.Output);

    private static IEnumerable<Mistake> At(Site site)
    {
        string f = site.Step.Name;
        yield return site.Mistake(
            MistakeKind.DerivativeLeftOut, $"The derivative of {f} is left out at {site.Where}: the gradient goes through as it comes.",
            contribution => contribution.Values = contribution.Step.Output.Gradient.ToArray());
        yield return site.Mistake(
            MistakeKind.DerivativeTwice, $"The derivative of {f} is multiplied twice at {site.Where}.",
            contribution => contribution.Recompute(contribution.Step.Output.WritableGradient, contribution.Values));
        string formula = site.Step.GradientFormula(0);
        if (formula.Contains("{y}", StringComparison.Ordinal))
            yield return site.Mistake(
                MistakeKind.DerivativeMisplaced, $"The derivative of {f} is taken at {site.Where} from z, where its formula needs a = {f}(z).",
                contribution => contribution.Recompute(contribution.Step.Output.Writable, contribution.Step.Inputs[0].Values));
        yield return site.Mistake(
            MistakeKind.DerivativeMisplaced, $"The derivative of {f} is taken at {site.Where} at a = {f}(z), where it belongs at z.", AtOutput);
    }

    /// <summary>f′(f(z)) for f′(z): the step runs on its own output.</summary>
    private static void AtOutput(Contribution contribution)
    {
        var step = contribution.Step;
        var (z, a) = (step.Inputs[0].Values.ToArray(), step.Output.Values.ToArray());
        a.CopyTo(step.Inputs[0].Writable);
        step.RunForward();
        contribution.Compute();
        z.CopyTo(step.Inputs[0].Writable);
        a.CopyTo(step.Output.Writable);
    }
}
