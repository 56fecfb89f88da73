using Backprop.Cli.Data;
using Backprop.Tabular;
using Backprop.Training;

namespace Backprop.Cli.Train.Screen;

/// <summary>What the live display shows: where training is, and the figures of its epochs.</summary>
internal sealed class LiveState
{
    private readonly TrainingData data;

    /// <param name="data">The data.</param>
    /// <param name="history">The epochs before a resumption.</param>
    /// <param name="epochs">The epochs that there will be in all.</param>
    /// <param name="learningRate">The step size that training begins with.</param>
    public LiveState(TrainingData data, IReadOnlyList<EpochResult> history, int epochs, double learningRate)
    {
        this.data = data;
        (Epochs, LearningRate) = (epochs, learningRate);
        foreach (var epoch in history) Take(epoch);
    }

    public int Epochs { get; }

    /// <summary>The epochs that are done, with the share of the one that runs.</summary>
    public double Position { get; private set; }

    public double LearningRate { get; private set; }

    public int Warnings { get; set; }

    public TimeSpan Elapsed { get; private set; }

    /// <summary>The time left; null before there is something to judge it by, and at the end.</summary>
    public TimeSpan? Remaining { get; private set; }

    public Curve TrainLoss { get; } = new();

    public Curve TestLoss { get; } = new();

    public Curve Metric { get; } = new();

    /// <summary>The part that is not trained on: test or validation.</summary>
    public string Part => data.Validation is null ? "test" : "validation";

    /// <summary>The figure beside the loss.</summary>
    public string MetricName => data.Task == TaskKind.Classification ? "accuracy" : "RMSE";

    public void Report(TrainingProgress value)
    {
        Position = value.Epoch - 1 + (double)value.Batch / value.Batches;
        if (double.IsFinite(value.Loss)) TrainLoss.Now = (Position, value.Loss);
        (Elapsed, Remaining) = (value.Elapsed, value.Elapsed.TotalSeconds < 2 ? null : value.Remaining);
    }

    public void Done(EpochResult epoch, double learningRate)
    {
        Take(epoch);
        (LearningRate, Elapsed) = (learningRate, epoch.Elapsed);
        if (epoch.Epoch >= Epochs) Remaining = null;
    }

    private void Take(EpochResult epoch)
    {
        Position = epoch.Epoch;
        TrainLoss.Add(epoch.Epoch, epoch.TrainLoss);
        TestLoss.Add(epoch.Epoch, epoch.Test?.Loss);
        Metric.Add(epoch.Epoch, data.Task == TaskKind.Classification ? epoch.Test?.Accuracy : epoch.Test?.Rmse * data.TargetScale);
    }
}
