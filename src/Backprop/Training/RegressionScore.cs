using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Training;

/// <summary>How far predicted numbers are from the right ones: RMSE, MAE, R².</summary>
/// <remarks>
/// RMSE = √(Σ(y − ŷ)² / n) and MAE = Σ|y − ŷ| / n over all n numbers of all samples.
/// R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)² for each number of a sample by itself, ȳ its mean over the samples; then their plain mean.
/// Where a target never changes R² is 1 for a perfect prediction and 0 otherwise. All in double.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class RegressionScore<T> : Score<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private long samples;
    private double absolute;
    private double[] squared = [];
    private double[] mean = [];
    private double[] scatter = [];

    private long Total => samples * squared.Length;

    /// <summary>√ of the mean squared error, in the unit of the targets; NaN before anything was added.</summary>
    public double Rmse => Math.Sqrt(squared.Sum() / Total);

    /// <summary>The mean absolute error, in the unit of the targets; NaN before anything was added.</summary>
    public double Mae => absolute / Total;

    /// <summary>The coefficient of determination; 1 is perfect, NaN before anything was added.</summary>
    public double R2 => squared.Length == 0 ? double.NaN : squared.Zip(scatter, OfColumn).Sum() / squared.Length;

    /// <inheritdoc/>
    public override void Add(Tensor<T> prediction, IInput target)
    {
        var numbers = Numbers("RegressionScore", prediction, target);
        if (prediction.Length == 0) return;
        int rows = prediction.Shape.Rank == 0 ? 1 : prediction.Shape[0], columns = prediction.Length / rows;
        if (samples == 0) (squared, mean, scatter) = (new double[columns], new double[columns], new double[columns]);
        if (squared.Length != columns)
            throw new ShapeException("RegressionScore", $"{prediction.Shape} has {columns} numbers in a sample, {squared.Length} came before", prediction.Shape);
        for (int row = 0; row < rows; row++)
        {
            samples++;
            for (int column = 0; column < columns; column++)
            {
                double right = double.CreateChecked(numbers.Values[row * columns + column]);
                double error = right - double.CreateChecked(prediction.Values[row * columns + column]);
                squared[column] += error * error;
                absolute += Math.Abs(error);
                // Welford's update: no difference of two large sums.
                double away = right - mean[column];
                mean[column] += away / samples;
                scatter[column] += away * (right - mean[column]);
            }
        }
    }

    /// <inheritdoc/>
    public override Evaluation AddTo(Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return evaluation with { Rmse = Rmse, Mae = Mae, R2 = R2 };
    }

    private static double OfColumn(double squared, double scatter) =>
        scatter > 0 ? 1 - squared / scatter : squared == 0 ? 1 : 0;
}
