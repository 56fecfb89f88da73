using Backprop.Cli.Data;
using Backprop.Training;

namespace Backprop.Cli.Train;

/// <summary>The epochs of a training, told to the view and to the log.</summary>
internal static class TrainLoop
{
    /// <summary>Trains to the end. Gives what the last epoch came to.</summary>
    public static EpochResult Run(Trainer<float> trainer, TrainingData data, Defaults defaults, TrainLog? log, Terminal terminal, CancellationToken cancellation) =>
        TrainingView.Show(terminal, trainer, data, defaults.Epochs, view =>
        {
            int left = Math.Max(0, defaults.Epochs - trainer.Epoch), told = trainer.Health!.Warnings.Count;
            try
            {
                foreach (var epoch in trainer.Epochs(data.Train, left, data.Validation ?? data.Test, view, cancellation))
                {
                    view.Done(epoch, trainer.Optimizer.LearningRate);
                    log?.Epoch(epoch, data, trainer.Optimizer);
                    TellWarnings();
                }
            }
            catch (DivergedException)
            {
                TellWarnings();
                throw;
            }
            return trainer.History[^1];

            void TellWarnings()
            {
                for (; told < trainer.Health.Warnings.Count; told++)
                {
                    var warning = trainer.Health.Warnings[told];
                    log?.Warning(warning);
                    // What stops training is said as the error that it is.
                    if (warning.Kind != Health.TrainingWarningKind.NotFinite) view.Warn(warning);
                }
            }
        });
}
