using Backprop.Training;
using Spectre.Console;

namespace Backprop.Cli.Train;

/// <summary>Shows how training goes: a bar on a terminal, lines in a pipe.</summary>
internal abstract class TrainingView : IProgress<TrainingProgress>
{
    /// <summary>Trains under the view that suits the terminal.</summary>
    /// <param name="terminal">Where to show it.</param>
    /// <param name="before">The epochs that were done before.</param>
    /// <param name="epochs">How many epochs there will be in all.</param>
    /// <param name="line">An epoch in a line.</param>
    /// <param name="train">The training; it reports to the view.</param>
    public static T Show<T>(Terminal terminal, int before, int epochs, Func<EpochResult, string> line, Func<TrainingView, T> train)
    {
        if (terminal.Live is not { } live) return train(new Lines(terminal, before, epochs, line));
        return live.Progress().AutoClear(true)
            .Columns(new ProgressBarColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => train(new Bar(context.AddTask($"epoch {Math.Min(before + 1, epochs)}/{epochs}"))));
    }

    /// <summary>Hears how far training is.</summary>
    public abstract void Report(TrainingProgress value);

    /// <summary>Hears what an epoch came to.</summary>
    public abstract void Done(EpochResult epoch);

    /// <summary>About ten lines in all, and one at least every ten seconds.</summary>
    private sealed class Lines(Terminal terminal, int before, int epochs, Func<EpochResult, string> line) : TrainingView
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

        public override void Done(EpochResult epoch)
        {
            bool due = epoch.Epoch == before + 1 || epoch.Epoch == epochs || epoch.Epoch % Math.Max(1, epochs / 10) == 0;
            if (!due && epoch.Elapsed - last < Patience) return;
            last = epoch.Elapsed;
            terminal.Note(line(epoch));
        }
    }

    private sealed class Bar(ProgressTask task) : TrainingView
    {
        private string tested = "";

        public override void Report(TrainingProgress value)
        {
            task.Value = value.Fraction * task.MaxValue;
            string left = ProgressLines.Left(value.Elapsed, value.Remaining);
            task.Description = Markup.Escape($"epoch {value.Epoch}/{value.LastEpoch}  loss {ProgressLines.Number(value.Loss)}{tested}{left}");
        }

        public override void Done(EpochResult epoch)
        {
            if (epoch.Test is { Accuracy: { } accuracy }) tested = $"  test accuracy {ProgressLines.Number(accuracy)}";
            else if (epoch.Test is { } test) tested = $"  test loss {ProgressLines.Number(test.Loss)}";
        }
    }
}
