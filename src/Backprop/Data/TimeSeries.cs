using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Data;

/// <summary>Samples from columns that were measured at one time after the other.</summary>
public static class TimeSeries
{
    /// <summary>Every stretch of rows with what comes after it, in the order of time.</summary>
    /// <param name="series">[T, D], a row for each time step, equally far apart.</param>
    /// <param name="target">The column to forecast, 0 … D − 1; its past is an input like that of the others.</param>
    /// <param name="window">How many rows a sample reads, 1 or more.</param>
    /// <param name="horizon">How many rows after the last one that it reads lies the number to forecast, 1 or more; 1 is the next row.</param>
    /// <remarks>
    /// <para>Shapes: inputs [N, window, D], targets [N, 1], N = T − window − horizon + 1: sample i reads the rows i … i + window − 1, its target is the
    /// number of row i + window − 1 + horizon. One number is forecast, straight over the whole horizon; the rows between are not.</para>
    /// <para><see cref="DataSet{T}.SplitInOrder"/> parts the samples so that every number to forecast in the test part comes after all those of the
    /// training part.</para>
    /// </remarks>
    /// <exception cref="ShapeException">The series has not two axes, or too few rows for a single sample.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The column is none of it, or the window or the horizon is below 1.</exception>
    public static DataSet<T> Windows<T>(Tensor<T> series, int target, int window, int horizon = 1) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        var inputs = Stretches(series, window, leaveOut: horizon);
        int columns = series.Shape[1];
        CheckColumn(target, columns);
        var targets = new T[inputs.Shape[0]];
        for (int i = 0; i < targets.Length; i++) targets[i] = series.Values[(i + window - 1 + horizon) * columns + target];
        return new DataSet<T>(inputs, Nn<T>.Tensor([targets.Length, 1], targets));
    }

    /// <summary>Every stretch of rows, the last ones too, whose future is not known: what a forecast reads.</summary>
    /// <param name="series">[T, D], a row for each time step.</param>
    /// <param name="window">How many rows a sample reads, 1 or more.</param>
    /// <returns>[T − window + 1, window, D].</returns>
    /// <exception cref="ShapeException">The series has not two axes, or fewer rows than the window.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The window is below 1.</exception>
    public static Tensor<T> Windows<T>(Tensor<T> series, int window) where T : unmanaged, IFloatingPointIeee754<T> =>
        Stretches(series, window, leaveOut: 0);

    /// <summary>How far off the simplest forecast is, that the last number read stays as it is: a network should be better.</summary>
    /// <param name="windows">Samples that <see cref="Windows{T}(Tensor{T}, int, int, int)"/> made, one or more.</param>
    /// <param name="target">The column to forecast.</param>
    /// <returns>The root of the mean squared error, in the unit of the column.</returns>
    /// <exception cref="ShapeException">They are no such samples, or none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The column is none of theirs.</exception>
    public static double NaiveRmse<T>(DataSet<T> windows, int target) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(windows);
        var inputs = windows.Inputs;
        if (windows.Count == 0 || inputs.Shape.Rank != 3 || windows.Targets is not Tensor<T> { Shape.Rank: 2 } right || right.Shape[1] != 1)
            throw new ShapeException(
                "TimeSeries", $"{inputs.Shape} came, windows [N, window, D] with targets [N, 1] are needed, at least one", inputs.Shape);
        int size = inputs.Length / windows.Count, columns = inputs.Shape[2];
        CheckColumn(target, columns);
        double squares = 0;
        for (int i = 0; i < windows.Count; i++)
        {
            double away = double.CreateChecked(right.Values[i] - inputs.Values[(i + 1) * size - columns + target]);
            squares += away * away;
        }
        return Math.Sqrt(squares / windows.Count);
    }

    private static void CheckColumn(int target, int columns)
    {
        if ((uint)target >= (uint)columns)
            throw new ArgumentOutOfRangeException(nameof(target), target, $"TimeSeries: the column lies from 0 to {columns - 1}.");
    }

    private static Tensor<T> Stretches<T>(Tensor<T> series, int window, int leaveOut) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        if (series.Shape.Rank != 2) throw new ShapeException("TimeSeries", $"{series.Shape} came, [rows, columns] is needed", series.Shape);
        int rows = series.Shape[0], columns = series.Shape[1];
        if (rows - leaveOut < window)
        {
            string after = leaveOut == 0 ? "" : $" and a horizon of {leaveOut} after it";
            throw new ShapeException(
                "TimeSeries", $"{series.Shape} came, a window of {window}{after} needs {(long)window + leaveOut} rows or more", series.Shape);
        }
        Shape shape = [rows - leaveOut - window + 1, window, columns];
        var values = new T[shape.Elements];
        for (int i = 0; i < shape[0]; i++) series.Values.Slice(i * columns, window * columns).CopyTo(values.AsSpan(i * window * columns));
        return Nn<T>.Tensor(shape, values);
    }
}
