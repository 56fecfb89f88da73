using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Data;

/// <summary>Standardises: (x − mean) / deviation, with mean and deviation of the training part.</summary>
/// <remarks>
/// The deviation is √(Σ(x − mean)² / n). A column that is constant in the training part has the deviation 0 and stays 0, whatever comes later.
/// Means and deviations are one pair for all numbers (pictures), or one for each number of a sample's last axes (tables: one for each column).
/// </remarks>
public sealed class Standardizer : Scaling
{
    /// <summary>Takes fitted numbers.</summary>
    /// <param name="means">One, or one for each column.</param>
    /// <param name="deviations">As many, 0 or above.</param>
    /// <exception cref="ArgumentException">Their numbers differ or are 0, one is not finite, or a deviation is negative.</exception>
    public Standardizer(IEnumerable<double> means, IEnumerable<double> deviations) : base(nameof(Standardizer), [.. means], [.. deviations])
    {
        if (Means.Count == 0 || Means.Count != Deviations.Count)
            throw new ArgumentException($"Standardizer: {Means.Count} means and {Deviations.Count} deviations came, it needs as many of both, at least one.");
        if (!Means.All(double.IsFinite) || !Deviations.All(deviation => double.IsFinite(deviation) && deviation >= 0))
            throw new ArgumentException("Standardizer: means are finite numbers, deviations finite and 0 or above. Is there a NaN in the training data?");
    }

    /// <summary>The means: one, or one for each column.</summary>
    public IReadOnlyList<double> Means => Shifts;

    /// <summary>The deviations, as many as means.</summary>
    public IReadOnlyList<double> Deviations => Sizes;

    /// <inheritdoc/>
    public override string Type => "standardizer";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Key, IReadOnlyList<double> Values)> Fitted => [("means", Means), ("deviations", Deviations)];

    /// <summary>Fits a mean and a deviation for each number of the last axis: the columns of a table.</summary>
    /// <param name="train">The training part, [N, …, D], with at least one sample.</param>
    /// <exception cref="ShapeException">There is no sample or no last axis.</exception>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static Standardizer OfColumns<T>(Tensor<T> train) where T : unmanaged, IFloatingPointIeee754<T> =>
        Fit(train, Columns(nameof(Standardizer), train));

    /// <summary>Fits one mean and one deviation for all numbers: the pixels of pictures.</summary>
    /// <param name="train">The training part, of any shape, with at least one number.</param>
    /// <exception cref="ShapeException">There is no number.</exception>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static Standardizer OfAll<T>(Tensor<T> train) where T : unmanaged, IFloatingPointIeee754<T> => Fit(train, 1);

    /// <inheritdoc/>
    public override Standardizer Except(params ReadOnlySpan<int> columns) => new(Replaced(Means, columns, 0), Replaced(Deviations, columns, 1));

    private static Standardizer Fit<T>(Tensor<T> train, int columns) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (double Mean, double Deviation)[] fitted = [.. Split(nameof(Standardizer), train, columns).Select(Fit)];
        return new Standardizer(fitted.Select(column => column.Mean), fitted.Select(column => column.Deviation));
    }

    private static (double Mean, double Deviation) Fit(double[] numbers)
    {
        double sum = 0, least = double.PositiveInfinity, most = double.NegativeInfinity;
        foreach (double x in numbers)
        {
            sum += x;
            (least, most) = (Math.Min(least, x), Math.Max(most, x));
        }
        // By its range, not by its deviation: the mean of equal numbers may be off by a rounding, and that is no spread.
        if (least == most) return (least, 0);
        double mean = sum / numbers.Length, squares = 0;
        foreach (double x in numbers) squares += (x - mean) * (x - mean);
        return (mean, Math.Sqrt(squares / numbers.Length));
    }
}
