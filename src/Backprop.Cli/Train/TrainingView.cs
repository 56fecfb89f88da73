using Backprop.Cli.Data;
using Backprop.Cli.Train.Screen;
using Backprop.Health;
using Backprop.Training;

namespace Backprop.Cli.Train;

/// <summary>Shows how training goes: a bar and curves on a terminal, lines in a pipe.</summary>
internal abstract class TrainingView : IProgress<TrainingProgress>
{
    /// <summary>Trains under the view that suits the terminal.</summary>
    /// <param name="terminal">Where to show it.</param>
    /// <param name="trainer">What trains; the epochs that it has done already are shown too.</param>
    /// <param name="data">The data.</param>
    /// <param name="epochs">How many epochs there will be in all.</param>
    /// <param name="train">The training; it reports to the view.</param>
    public static T Show<T>(Terminal terminal, Trainer<float> trainer, TrainingData data, int epochs, Func<TrainingView, T> train)
    {
        // A terminal that cannot move its cursor gets the lines of a pipe.
        if (terminal.Live is not { Profile.Capabilities: { Ansi: true, Interactive: true } } live) return train(new Lines(terminal, trainer.Epoch, epochs, data));
        return LiveView.Show(terminal, live, new LiveState(data, trainer.History, epochs, trainer.Optimizer.LearningRate), train);
    }

    /// <summary>Hears how far training is.</summary>
    public abstract void Report(TrainingProgress value);

    /// <summary>Hears what an epoch came to.</summary>
    public abstract void Done(EpochResult epoch, double learningRate);

    /// <summary>Hears what was found wrong.</summary>
    public abstract void Warn(TrainingWarning warning);

    /// <summary>About ten lines in all, and one at least every ten seconds.</summary>
    private sealed class Lines(Terminal terminal, int before, int epochs, TrainingData data) : TrainingView
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
        private TimeSpan last;

        public override void Report(TrainingProgress value)
        {
            if (value.Elapsed - last < Patience) return;
            last = value.Elapsed;
            string left = ProgressLines.Left(value.Elapsed, value.Remaining);
            terminal.Note($"epoch {value.Epoch}/{value.LastEpoch}  batch {value.Batch}/{value.Batches}  loss {ProgressLines.Number(value.Loss)}{left}");
        }

        public override void Done(EpochResult epoch, double learningRate)
        {
            bool due = epoch.Epoch == before + 1 || epoch.Epoch == epochs || epoch.Epoch % Math.Max(1, epochs / 10) == 0;
            if (!due && epoch.Elapsed - last < Patience) return;
            last = epoch.Elapsed;
            terminal.Note(ProgressLines.Of(epoch, before, epochs, data));
        }

        public override void Warn(TrainingWarning warning) => terminal.Warn(ProgressLines.Of(warning));
    }
}
