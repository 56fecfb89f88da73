using static Backprop.Health.GradientRules;

namespace Backprop.Health;

/// <summary>What the losses and the predictions say.</summary>
internal static class LossRules
{
    /// <param name="epoch">The epoch, counted from 1.</param>
    /// <param name="course">The losses.</param>
    /// <param name="movement">By how much of their size the weights moved; NaN where it is not known.</param>
    /// <param name="struggles">Whether the training does not learn.</param>
    /// <param name="causes">What else was found: it may be why.</param>
    public static IEnumerable<TrainingWarning> Of(int epoch, LossCourse course, double movement, bool struggles, IReadOnlyList<TrainingWarning> causes)
    {
        if (course.Rise is { } rise)
            yield return new TrainingWarning(
                TrainingWarningKind.LossRising, epoch, "", null, rise.Now, rise.Best,
                $"the mean loss of the last epochs is {Number(rise.Now)}, the best was {Number(rise.Best)}.",
                "The steps are so large that they jump over the minimum and climb up on its other side.",
                "Take a smaller learning rate, a tenth of it for a beginning, or a schedule that lowers it, or clip the gradient.");
        else if (struggles) yield return NotFalling(epoch, course, movement, causes);
        if (course.TestRise is { } test)
            yield return new TrainingWarning(
                TrainingWarningKind.Overfitting, epoch, "", null, test.Now, test.Best,
                $"the loss on samples that do not train has risen from {Number(test.Best)} to {Number(test.Now)}, while that on those that do goes on falling.",
                "The network has begun to learn the samples by heart, with their chance and noise.",
                "Stop at the best epoch (early stopping), take more data or augmented data, dropout, weight decay, or a smaller network.");
    }

    public static IEnumerable<TrainingWarning> OfPredictions<T>(int epoch, Predictions<T> predictions)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        if (predictions.OnlyClass is { } only)
            yield return Constant(epoch, $"every sample is said to be of class {only.Class}, and {Number(only.Share * 100)} % of them are.", only.Share, double.NaN);
        else if (predictions.Spread is { } spread && spread < HealthLimits.Constant)
            yield return Constant(
                epoch, $"the network says nearly the same number for every sample: its variance is {Number(spread)} of that of the right ones.", spread, HealthLimits.Constant);
    }

    private static TrainingWarning Constant(int epoch, string finding, double value, double limit) => new(
        TrainingWarningKind.ConstantPrediction, epoch, "", null, value, limit, finding,
        "What the network reads has no say in its output: only the last bias has learnt, as where classes are of very different size, units are dead, or the inputs tell nothing.",
        "Look for dead or saturated units and at the inputs, give rare classes a larger weight, or take another learning rate.");

    private static TrainingWarning NotFalling(int epoch, LossCourse course, double movement, IReadOnlyList<TrainingWarning> causes)
    {
        var (begin, now) = course.Ends;
        var (cause, remedy) =
            causes.Count > 0 ? ($"The {causes[0].Title}{(causes[0].Layer.Length > 0 ? $" at {causes[0].Layer}" : "")} would explain it.", causes[0].Remedy)
            : movement < HealthLimits.Movement
                ? ($"The weights move by {Number(movement)} of their size in an epoch, which is too little to get anywhere.", "Take a learning rate ten times as large, or train longer.")
            : movement > 1 ? ($"The weights move by {Number(movement)} times their size in an epoch, so that nothing learnt stays.", "Take a learning rate ten times as small.")
            : ("The learning rate does not suit, the network is too small for the task, or the inputs do not tell the targets.",
                "Try whether it can learn ten samples by heart; then learning rates ten times as small and as large, and look at the data and their targets.");
        return new TrainingWarning(
            TrainingWarningKind.LossNotFalling, epoch, "", null, now, begin,
            $"after {course.Train.Count} epochs the loss is {Number(now)}, at first it was {Number(begin)}.", cause, remedy);
    }
}
