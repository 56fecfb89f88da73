using static Backprop.Health.GradientRules;

namespace Backprop.Health;

/// <summary>What the size of the data says.</summary>
internal static class ScaleRules
{
    public static IEnumerable<TrainingWarning> Of(int epoch, (string Layer, double Size) reads, double? targets)
    {
        if (reads.Size > HealthLimits.LargeInputs)
            yield return new TrainingWarning(
                TrainingWarningKind.LargeInputs, epoch, reads.Layer, null, reads.Size, HealthLimits.LargeInputs,
                $"the root of the mean square of what {reads.Layer} reads is {Number(reads.Size)}; of standardised inputs it is 1.",
                "Initial weights and usual learning rates suit inputs around 0 with a deviation of 1; larger ones make large sums, flat activations and wild steps.",
                "Standardise the inputs by the mean and the deviation of the training part.");
        if (targets > HealthLimits.LargeTargets)
            yield return new TrainingWarning(
                TrainingWarningKind.LargeTargets, epoch, "", null, targets.Value, HealthLimits.LargeTargets,
                $"the root of the mean square of the numbers to predict is {Number(targets.Value)}.",
                "A network gives numbers around 1 at first, so that the way to such targets takes very many steps, or very large gradients.",
                "Standardise the targets as well, and turn the predictions back.");
    }
}
