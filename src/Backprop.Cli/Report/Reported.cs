using Backprop.Cli.Evaluate;
using Backprop.Saving;
using Backprop.Training;

namespace Backprop.Cli.Report;

/// <summary>All that a report is made of.</summary>
/// <param name="File">The model file, as it was named.</param>
/// <param name="Model">The model.</param>
/// <param name="Record">How it was trained; null where it does not say so.</param>
/// <param name="Judged">What it was judged by; null where there are no data.</param>
internal sealed record Reported(string File, SavedModel<float> Model, TrainingRecord? Record, ReportedAnswers? Judged)
{
    /// <summary>One unit of the network's output in the unit of the target.</summary>
    public double Unit => Math.Abs(InUnits(1) - InUnits(0));

    private double InUnits(double number) =>
        Model.TargetTransforms.Reverse().Aggregate(Nn<double>.Tensor([1, 1], number), (values, transform) => transform.Invert(values)).Value;
}

/// <summary>What a model said of data.</summary>
/// <param name="Data">The data.</param>
/// <param name="Judge">Every answer.</param>
/// <param name="Result">The figures.</param>
internal sealed record ReportedAnswers(JudgedData Data, Judge Judge, EvaluateResult Result);
