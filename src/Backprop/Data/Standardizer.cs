using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Data;

/// <summary>Standardises: (x − mean) / deviation, with mean and deviation of the training part.</summary>
/// <remarks>
/// The deviation is √(Σ(x − mean)² / n). A column that is constant in the training part has the deviation 0 and stays 0, whatever comes later.
/// Means and deviations are one pair for all numbers (pictures), or one for each number of a sample's last axes (tables: one for each column).
/// </remarks>
public sealed class Standardizer : Transform
{
    private readonly double[] means;
    private readonly double[] deviations;

    /// <summary>Takes fitted numbers.</summary>
    /// <param name="means">One, or one for each column.</param>
    /// <param name="deviations">As many, 0 or above.</param>
    /// <exception cref="ArgumentException">Their numbers differ or are 0, one is not finite, or a deviation is negative.</exception>
    public Standardizer(IEnumerable<double> means, IEnumerable<double> deviations)
    {
        this.means = [.. means];
        this.deviations = [.. deviations];
        if (this.means.Length == 0 || this.means.Length != this.deviations.Length)
            throw new ArgumentException($"Standardizer: {this.means.Length} means and {this.deviations.Length} deviations came, it needs as many of both, at least one.");
        if (!this.means.All(double.IsFinite) || !this.deviations.All(deviation => double.IsFinite(deviation) && deviation >= 0))
            throw new ArgumentException("Standardizer: means are finite numbers, deviations finite and 0 or above. Is there a NaN in the training data?");
    }

    /// <summary>The means: one, or one for each column.</summary>
    public IReadOnlyList<double> Means => means;

    /// <summary>The deviations, as many as means.</summary>
    public IReadOnlyList<double> Deviations => deviations;

    /// <inheritdoc/>
    public override string Type => "standardizer";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Key, IReadOnlyList<double> Values)> Fitted => [("means", means), ("deviations", deviations)];

    /// <summary>Fits a mean and a deviation for each number of the last axis: the columns of a table.</summary>
    /// <param name="train">The training part, [N, …, D], with at least one sample.</param>
    /// <exception cref="ShapeException">There is no sample or no last axis.</exception>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static Standardizer OfColumns<T>(Tensor<T> train) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(train);
        return train.Shape.Rank >= 2 ? Fit(train, train.Shape[^1])
            : throw new ShapeException("Standardizer", $"{train.Shape} came, columns need two axes or more", train.Shape);
    }

    /// <summary>Fits one mean and one deviation for all numbers: the pixels of pictures.</summary>
    /// <param name="train">The training part, of any shape, with at least one number.</param>
    /// <exception cref="ShapeException">There is no number.</exception>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static Standardizer OfAll<T>(Tensor<T> train) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(train);
        return Fit(train, 1);
    }

    /// <inheritdoc/>
    public override Tensor<T> Apply<T>(Tensor<T> values) =>
        Each(values, (x, mean, deviation) => deviation == 0 ? 0 : (x - mean) / deviation);

    /// <inheritdoc/>
    public override Tensor<T> Invert<T>(Tensor<T> values) => Each(values, (x, mean, deviation) => mean + x * deviation);

    private static Standardizer Fit<T>(Tensor<T> train, int columns) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (train.Length == 0) throw new ShapeException("Standardizer", $"{train.Shape} has no number to fit on", train.Shape);
        int rows = train.Length / columns;
        double[] means = new double[columns], deviations = new double[columns];
        for (int column = 0; column < columns; column++)
        {
            double sum = 0, least = double.PositiveInfinity, most = double.NegativeInfinity;
            for (int row = 0; row < rows; row++)
            {
                double x = double.CreateChecked(train.Values[row * columns + column]);
                sum += x;
                (least, most) = (Math.Min(least, x), Math.Max(most, x));
            }
            // By its range, not by its deviation: the mean of equal numbers may be off by a rounding, and that is no spread.
            means[column] = least == most ? least : sum / rows;
            double squares = 0;
            for (int row = 0; row < rows && least != most; row++)
            {
                double away = double.CreateChecked(train.Values[row * columns + column]) - means[column];
                squares += away * away;
            }
            deviations[column] = Math.Sqrt(squares / rows);
        }
        return new Standardizer(means, deviations);
    }

    private Tensor<T> Each<T>(Tensor<T> values, Func<double, double, double, double> change) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(values);
        if (means.Length > 1 && (values.Shape.Rank == 0 || values.Shape[^1] != means.Length))
            throw new ShapeException("Standardizer", $"{values.Shape} came, it was fitted on {means.Length} columns", values.Shape);
        var changed = new T[values.Length];
        for (int i = 0; i < changed.Length; i++)
            changed[i] = T.CreateChecked(change(double.CreateChecked(values.Values[i]), means[i % means.Length], deviations[i % means.Length]));
        return Nn<T>.Tensor(values.Shape, changed);
    }
}
