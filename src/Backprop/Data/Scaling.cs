using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Data;

/// <summary>Brings numbers to a common size: (x − shift) / size, column by column or the same for all.</summary>
/// <remarks>A column with the size 0 was constant in the training part and stays 0, whatever comes later; back it gives its shift.</remarks>
public abstract class Scaling : Transform
{
    private readonly string name;
    private readonly double[] shifts;
    private readonly double[] sizes;

    private protected Scaling(string name, double[] shifts, double[] sizes) => (this.name, this.shifts, this.sizes) = (name, shifts, sizes);

    /// <summary>What is taken away: one number, or one for each column.</summary>
    public IReadOnlyList<double> Shifts => shifts;

    /// <summary>What is divided by, 0 or above; as many as <see cref="Shifts"/>.</summary>
    public IReadOnlyList<double> Sizes => sizes;

    /// <inheritdoc/>
    public override Tensor<T> Apply<T>(Tensor<T> values) => Each(values, (x, shift, size) => size == 0 ? 0 : (x - shift) / size);

    /// <inheritdoc/>
    public override Tensor<T> Invert<T>(Tensor<T> values) => Each(values, (x, shift, size) => shift + x * size);

    /// <summary>The same, but some columns keep their numbers. Columns of tokens are such.</summary>
    /// <param name="columns">Positions of columns, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public abstract Scaling Except(params ReadOnlySpan<int> columns);

    /// <summary>Fitted numbers with another one in the place of some columns.</summary>
    private protected static double[] Replaced(IReadOnlyList<double> fitted, ReadOnlySpan<int> columns, double number)
    {
        double[] replaced = [.. fitted];
        foreach (int column in columns)
            replaced[column] = (uint)column < (uint)replaced.Length ? number
                : throw new ArgumentOutOfRangeException(nameof(columns), $"Scaling: column {column} came, it was fitted on {replaced.Length}.");
        return replaced;
    }

    /// <summary>The number of columns on the last axis of what is to be fitted on.</summary>
    private protected static int Columns<T>(string name, Tensor<T> train) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(train);
        return train.Shape.Rank >= 2 ? train.Shape[^1]
            : throw new ShapeException(name, $"{train.Shape} came, columns need two axes or more", train.Shape);
    }

    /// <summary>The numbers of each of so many columns, one column after the other.</summary>
    private protected static IEnumerable<double[]> Split<T>(string name, Tensor<T> train, int columns) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(train);
        if (train.Length == 0) throw new ShapeException(name, $"{train.Shape} has no number to fit on", train.Shape);
        double[] numbers = new double[train.Length / columns];
        for (int column = 0; column < columns; column++)
        {
            for (int row = 0; row < numbers.Length; row++) numbers[row] = double.CreateChecked(train.Values[row * columns + column]);
            yield return numbers;
        }
    }

    private Tensor<T> Each<T>(Tensor<T> values, Func<double, double, double, double> change) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(values);
        if (shifts.Length > 1 && (values.Shape.Rank == 0 || values.Shape[^1] != shifts.Length))
            throw new ShapeException(name, $"{values.Shape} came, it was fitted on {shifts.Length} columns", values.Shape);
        var changed = new T[values.Length];
        for (int i = 0; i < changed.Length; i++)
            changed[i] = T.CreateChecked(change(double.CreateChecked(values.Values[i]), shifts[i % shifts.Length], sizes[i % shifts.Length]));
        return Nn<T>.Tensor(values.Shape, changed);
    }
}
