using Backprop.Saving;
using Backprop.Tabular;
using Backprop.Training;

namespace Backprop.Cli.Train;

/// <summary>What becomes of a training that is interrupted: the step that runs is finished, and nothing is lost that there is a place for.</summary>
internal static class Interruption
{
    /// <summary>Saves what can be saved, and says how to go on. With checkpoints there is one of this very step; else FILE of <c>--save</c> gets the weights so far,
    /// with early stopping the best ones.</summary>
    /// <param name="settings">The options.</param>
    /// <param name="trainer">What was interrupted.</param>
    /// <param name="trained">Makes a model of what was learnt.</param>
    public static InterruptedException Of(TrainSettings settings, Trainer<float> trainer, Func<SavedModel<float>> trained)
    {
        string after = $"interrupted after {Wording.Count(trainer.Optimizer.Steps, "step")}";
        if (trainer.LastCheckpoint is { } checkpoint) return new InterruptedException($"{after}, all of it is in {checkpoint}; the same command with --resume goes on");
        if (settings.Save is not { } file || trainer.Optimizer.Steps == 0)
            return new InterruptedException($"{after}; nothing was written, --checkpoint FOLDER keeps what --resume goes on from");
        bool hasBest = trainer.Stopping is { BestEpoch: > 0 };
        if (hasBest) trainer.TakeBest();
        trained().Save(file, overwrite: settings.Force);
        return new InterruptedException(
            $"{after}; {(hasBest ? "the best weights" : "the weights")} so far are in {file}, --checkpoint FOLDER keeps what --resume goes on from");
    }
}
