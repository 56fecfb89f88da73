using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>Mistakes that are made with softmax, and with sigmoid where it stands for it.</summary>
internal static class SoftmaxMistakes
{
    public static IEnumerable<Mistake> Of(Sites sites)
    {
        foreach (var step in sites.Steps)
        {
            if (!step.WantsInput(0)) continue;
            var site = sites.Of([step], 0);
            if (step.Name is "SoftmaxCrossEntropy" or "WeightedSoftmaxCrossEntropy")
                yield return Twice(site, "Softmax", logits => logits.Softmax());
            if (step.Name is "BinaryCrossEntropyWithLogits")
                yield return Twice(site, "Sigmoid", logits => logits.Sigmoid());
            if (step.Name is "Softmax" or "LogSoftmax" && step.Output.Shape[^1] > 1 && Enumerable.Range(0, step.Inputs[0].Length).All(i => OwnTerm(step, i) is not null))
                yield return site.Mistake(
                    MistakeKind.DerivativeMisplaced, $"The derivative of {step.Name} is taken entry by entry at {site.Where}: that each output depends on all inputs is left out.",
                    contribution =>
                    {
                        for (int i = 0; i < contribution.Values.Length; i++)
                            contribution.Values[i] = OwnTerm(step, i)!.Value;
                    });
        }
    }

    /// <summary>The term of an entry's own output; null where the operation does not list its terms.</summary>
    private static Term<double>? OwnTerm(Operation<double> step, int i) =>
        step.Terms(0, i).FirstOrDefault(term => term.Factors.Any(factor => factor.IsGradient && factor.Index == i));

    private static Mistake Twice(Site site, string function, Func<Tensor<double>, Tensor<double>> apply) => site.Mistake(
        MistakeKind.SoftmaxTwice, $"{function} is applied twice: {site.Where} applies it to what has gone through it already.",
        contribution =>
        {
            var step = contribution.Step;
            var logits = new Parameter<double>(step.Inputs[0].Shape, step.Inputs[0].Values);
            using var tape = Tape<double>.Record([logits]);
            var shares = apply(logits);
            double[] own = [.. step.Output.Values], x = [.. logits.Values];
            shares.Values.CopyTo(step.Inputs[0].Writable);
            step.RunForward();
            contribution.Compute();
            x.CopyTo(step.Inputs[0].Writable);
            step.RunForward();
            own.CopyTo(step.Output.Writable);
            tape.BackwardWithoutCommit(shares, Nn<double>.Tensor(shares.Shape, contribution.Values));
            contribution.Values = logits.Gradient.ToArray();
        },
        $"{site.Tensor} are scores: give them to {site.Step.Name} as they are");
}
