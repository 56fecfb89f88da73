namespace Backprop.Training;

/// <summary>How well a model does on data, in inference mode. Figures that do not belong to the kind of target are null.</summary>
/// <param name="Count">The number of samples.</param>
/// <param name="Loss">The mean of the loss, weighted by samples.</param>
public sealed record Evaluation(int Count, double Loss)
{
    /// <summary>The share of right classes, 0 to 1; see <see cref="ClassScore{T}"/> and <see cref="BinaryScore{T}"/>.</summary>
    public double? Accuracy { get; init; }

    /// <summary>F1 as a plain mean over the classes; see <see cref="ConfusionMatrix.Macro"/>.</summary>
    public double? MacroF1 { get; init; }

    /// <summary>√ of the mean squared error over all numbers, in the unit of the targets; see <see cref="RegressionScore{T}"/>.</summary>
    public double? Rmse { get; init; }

    /// <summary>The mean absolute error over all numbers, in the unit of the targets.</summary>
    public double? Mae { get; init; }

    /// <summary>The coefficient of determination R²: 1 is perfect, 0 no better than the mean of the targets.</summary>
    public double? R2 { get; init; }
}
