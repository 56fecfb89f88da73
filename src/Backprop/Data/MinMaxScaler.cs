using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Data;

/// <summary>Brings numbers into 0 … 1: (x − least) / (most − least), with the least and the most of the training part.</summary>
/// <remarks>
/// Later numbers may lie outside 0 … 1. A column that is constant in the training part stays 0, whatever comes later.
/// Least and most are one pair for all numbers (pictures), or one for each number of a sample's last axes (tables: one for each column).
/// </remarks>
public sealed class MinMaxScaler : Scaling
{
    private readonly double[] most;

    /// <summary>Takes fitted numbers.</summary>
    /// <param name="least">One, or one for each column.</param>
    /// <param name="most">As many, none below its least.</param>
    /// <exception cref="ArgumentException">Their numbers differ or are 0, one is not finite, or a most lies below its least.</exception>
    public MinMaxScaler(IEnumerable<double> least, IEnumerable<double> most) : this([.. least], [.. most])
    {
    }

    private MinMaxScaler(double[] least, double[] most) : base(nameof(MinMaxScaler), least, [.. most.Zip(least, (high, low) => high - low)])
    {
        if (least.Length == 0 || least.Length != most.Length)
            throw new ArgumentException($"MinMaxScaler: {least.Length} least and {most.Length} most numbers came, it needs as many of both, at least one.");
        if (!least.All(double.IsFinite) || !Sizes.All(size => double.IsFinite(size) && size >= 0))
            throw new ArgumentException("MinMaxScaler: least and most are finite numbers, and most is not below least. Is there a NaN in the training data?");
        this.most = most;
    }

    /// <summary>The least of the training part: one number, or one for each column.</summary>
    public IReadOnlyList<double> Least => Shifts;

    /// <summary>The most of the training part, as many.</summary>
    public IReadOnlyList<double> Most => most;

    /// <inheritdoc/>
    public override string Type => "min_max";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Key, IReadOnlyList<double> Values)> Fitted => [("least", Least), ("most", Most)];

    /// <summary>Fits a least and a most for each number of the last axis: the columns of a table.</summary>
    /// <param name="train">The training part, [N, …, D], with at least one sample.</param>
    /// <exception cref="ShapeException">There is no sample or no last axis.</exception>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static MinMaxScaler OfColumns<T>(Tensor<T> train) where T : unmanaged, IFloatingPointIeee754<T> =>
        Fit(train, Columns(nameof(MinMaxScaler), train));

    /// <summary>Fits one least and one most for all numbers: the pixels of pictures.</summary>
    /// <param name="train">The training part, of any shape, with at least one number.</param>
    /// <exception cref="ShapeException">There is no number.</exception>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static MinMaxScaler OfAll<T>(Tensor<T> train) where T : unmanaged, IFloatingPointIeee754<T> => Fit(train, 1);

    /// <inheritdoc/>
    public override MinMaxScaler Except(params ReadOnlySpan<int> columns) => new(Replaced(Least, columns, 0), Replaced(Most, columns, 1));

    private static MinMaxScaler Fit<T>(Tensor<T> train, int columns) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Math.Min and Math.Max, unlike Enumerable's, pass on a NaN, which the constructor then refuses.
        (double Least, double Most)[] fitted =
            [.. Split(nameof(MinMaxScaler), train, columns).Select(numbers => (numbers.Aggregate(Math.Min), numbers.Aggregate(Math.Max)))];
        return new MinMaxScaler(fitted.Select(column => column.Least), fitted.Select(column => column.Most));
    }
}
