using System.Globalization;

namespace Backprop.Health;

/// <summary>Something that goes wrong in a training: what, where, by which numbers, why, and what to do.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Epoch">The epoch in which it was first seen, counted from 1.</param>
/// <param name="Layer">The path of the layer that it concerns; empty where it concerns the whole.</param>
/// <param name="TimeStep">The time step by which it has happened, counted from 1; null where there is none.</param>
/// <param name="Value">The number that was measured; NaN where there is none.</param>
/// <param name="Limit">The limit that it is beyond; NaN where there is none.</param>
/// <param name="Finding">What was seen, a sentence with its numbers.</param>
/// <param name="Cause">Why it happens, a sentence.</param>
/// <param name="Remedy">What to do, a sentence.</param>
public sealed record TrainingWarning(
    TrainingWarningKind Kind, int Epoch, string Layer, int? TimeStep, double Value, double Limit, string Finding, string Cause, string Remedy)
{
    /// <summary>What goes wrong, in words: <c>vanishing gradient</c>.</summary>
    public string Title => Kind switch
    {
        TrainingWarningKind.NotFinite => "NaN or infinity",
        TrainingWarningKind.VanishingGradient => "vanishing gradient",
        TrainingWarningKind.ExplodingGradient => "exploding gradient",
        TrainingWarningKind.VanishingThroughTime => "gradient vanishes through time",
        TrainingWarningKind.ExplodingThroughTime => "gradient explodes through time",
        TrainingWarningKind.DeadUnits => "dead units",
        TrainingWarningKind.SaturatedUnits => "saturated units",
        TrainingWarningKind.EqualUnits => "equal units",
        TrainingWarningKind.LossNotFalling => "loss does not fall",
        TrainingWarningKind.LossRising => "loss rises",
        TrainingWarningKind.Overfitting => "overfitting",
        TrainingWarningKind.ConstantPrediction => "constant prediction",
        TrainingWarningKind.LargeInputs => "large inputs",
        _ => "large targets",
    };

    /// <summary>All of it in one line: <c>epoch 3: vanishing gradient at linear1: … cause … remedy</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"epoch {Epoch}: {Title}{(Layer.Length > 0 ? $" at {Layer}" : "")}: {Finding} {Cause} {Remedy}");
}
