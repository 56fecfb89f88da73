using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Health;

/// <summary>What the network said of the samples that were looked at, beside what it should have said.</summary>
internal sealed class Predictions<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    // Fewer samples may well be said to be alike.
    private const int Few = 32;

    private readonly Dictionary<int, long> said = [], right = [];
    private long hits, classes;
    private double[][] sums = [];
    private long rows;

    /// <summary>Whether enough samples were seen.</summary>
    public bool IsEnough => Math.Max(classes, rows) >= HealthLimits.Samples;

    /// <summary>Whether they are classes.</summary>
    public bool AreClasses => classes > 0;

    /// <summary>What was learnt, of 1; null where it cannot be said.</summary>
    public double? Skill
    {
        get
        {
            if (classes > 0)
            {
                double most = (double)right.Values.Max() / classes, share = (double)hits / classes;
                return most < 1 ? Math.Max(0, (share - most) / (1 - most)) : null;
            }
            double[] squared = [.. Enumerable.Range(0, Columns).Where(i => Variance(1, i) > 0).Select(Correlation)];
            return rows > 1 && squared.Length > 0 ? squared.Average() : null;
        }
    }

    /// <summary>The only class that was ever said, where most samples should have been others or a tenth at least; null where there are more.</summary>
    public (int Class, double Share)? OnlyClass =>
        classes >= Few && said.Count == 1 && right.Count > 1 && right.Values.Max() < 0.9 * classes ? (said.Keys.First(), (double)hits / classes) : null;

    /// <summary>The variance of the predicted numbers as a share of that of the right ones; null where there is nothing to compare.</summary>
    public double? Spread
    {
        get
        {
            if (rows < Few) return null;
            double of = 0, target = 0;
            for (int i = 0; i < Columns; i++) (of, target) = (of + Variance(0, i), target + Variance(1, i));
            return target > 0 ? of / target : null;
        }
    }

    /// <summary>The root of the mean square of the numbers to predict; null for classes.</summary>
    public double? TargetSize => rows == 0 ? null : Math.Sqrt(sums[3].Sum() / rows / Columns);

    private int Columns => sums.Length == 0 ? 0 : sums[0].Length;

    public void Look(Tensor<T> prediction, IInput target)
    {
        if (target is Indices indices) LookAtClasses(prediction, indices);
        else if (target is Tensor<T> numbers && numbers.Shape == prediction.Shape && numbers.Shape.Rank > 0 && numbers.Shape[0] > 0) LookAtNumbers(prediction, numbers);
    }

    private void LookAtClasses(Tensor<T> prediction, Indices target)
    {
        int count = target.Shape.Elements;
        if (prediction.Shape.Rank != target.Shape.Rank + 1 || count == 0 || prediction.Length / count < 2) return;
        int outputs = prediction.Length / count;
        for (int i = 0; i < count; i++)
        {
            var row = prediction.Values.Slice(i * outputs, outputs);
            int best = 0;
            for (int j = 1; j < outputs; j++)
                if (row[j] > row[best]) best = j;
            said[best] = said.GetValueOrDefault(best) + 1;
            right[target.Values[i]] = right.GetValueOrDefault(target.Values[i]) + 1;
            if (best == target.Values[i]) hits++;
        }
        classes += count;
    }

    private void LookAtNumbers(Tensor<T> prediction, Tensor<T> target)
    {
        int n = target.Shape[0], columns = target.Length / n;
        if (Columns != columns) (sums, rows) = ([.. Enumerable.Range(0, 5).Select(_ => new double[columns])], 0);
        for (int i = 0; i < target.Length; i++)
        {
            double y = double.CreateTruncating(prediction.Values[i]), t = double.CreateTruncating(target.Values[i]);
            int column = i % columns;
            sums[0][column] += y;
            sums[1][column] += t;
            sums[2][column] += y * y;
            sums[3][column] += t * t;
            sums[4][column] += y * t;
        }
        rows += n;
    }

    private double Variance(int of, int column)
    {
        double mean = sums[of][column] / rows, square = sums[of + 2][column] / rows;
        double variance = square - mean * mean;
        // What is left of two equal numbers is rounding.
        return variance > 1e-12 * square ? variance : 0;
    }

    private double Correlation(int column)
    {
        double covariance = sums[4][column] / rows - sums[0][column] / rows * (sums[1][column] / rows);
        double both = Variance(0, column) * Variance(1, column);
        return covariance > 0 && both > 0 ? Math.Min(1, covariance * covariance / both) : 0;
    }
}
