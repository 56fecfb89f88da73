using Backprop.Health;

namespace Backprop.Training;

/// <summary>What one epoch came to.</summary>
/// <param name="Epoch">Its number, counted from 1 over all calls of one trainer.</param>
/// <param name="TrainLoss">The mean over all samples of the loss at which each batch was met: the weights change from batch to batch.</param>
/// <param name="Test">The test part's figures with the weights at the end of the epoch; null where no test part was given.</param>
/// <param name="Elapsed">The time since the call began.</param>
public sealed record EpochResult(int Epoch, double TrainLoss, Evaluation? Test, TimeSpan Elapsed)
{
    /// <summary>What was found wrong after this epoch, and not before; empty where nobody watches, see <see cref="Trainer{T}.Health"/>. They are those of the
    /// epoch that has just ended; of epochs before a resumption see <see cref="TrainingHealth{T}.Warnings"/>.</summary>
    public IReadOnlyList<TrainingWarning> Warnings { get; init; } = [];
}
