using System.Globalization;
using Backprop.Cli.Data;
using Backprop.Health;
using Backprop.Tabular;
using Backprop.Training;

namespace Backprop.Cli.Train;

/// <summary>How an epoch and the time left are said in a line.</summary>
internal static class ProgressLines
{
    /// <summary>What an epoch came to: <c>epoch 3/10  train loss 0.123  test loss 0.13  test accuracy 0.96  12 s left</c>.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="before">The epochs that were done before this run began.</param>
    /// <param name="last">The epoch that it ends with.</param>
    /// <param name="data">The data.</param>
    public static string Of(EpochResult epoch, int before, int last, TrainingData data)
    {
        string part = data.Validation is null ? "test" : "validation";
        string test = epoch.Test is not { } figures ? ""
            : data.Task == TaskKind.Classification ? $"  {part} loss {Number(figures.Loss)}  {part} accuracy {Number(figures.Accuracy!.Value)}"
            : $"  {part} loss {Number(figures.Loss)}  {part} RMSE {Number(figures.Rmse!.Value * data.TargetScale)}";
        var remaining = epoch.Elapsed * ((double)(last - epoch.Epoch) / (epoch.Epoch - before));
        return $"epoch {epoch.Epoch}/{last}  train loss {Number(epoch.TrainLoss)}{test}{(epoch.Epoch < last ? Left(epoch.Elapsed, remaining) : "")}";
    }

    /// <summary>The time left, once there is something to judge it by: the first moment goes into starting the program.</summary>
    public static string Left(TimeSpan elapsed, TimeSpan remaining) => elapsed.TotalSeconds < 2 ? "" : $"  {Duration(remaining)} left";

    /// <summary>Four digits are enough to watch.</summary>
    public static string Number(double number) => number.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>What was found wrong: <c>vanishing gradient at linear1 (epoch 3): …</c>.</summary>
    public static string Of(TrainingWarning warning) =>
        $"{warning.Title}{(warning.Layer.Length > 0 ? $" at {warning.Layer}" : "")} (epoch {warning.Epoch}): {warning.Finding} {warning.Cause} {warning.Remedy}";

    /// <summary>Seconds below two minutes, minutes below two hours, then hours.</summary>
    public static string Duration(TimeSpan time) => time.TotalSeconds < 120 ? $"{Math.Ceiling(time.TotalSeconds):0} s"
        : time.TotalMinutes < 120 ? $"{Math.Ceiling(time.TotalMinutes):0} min" : $"{Math.Ceiling(time.TotalHours):0} h";
}
