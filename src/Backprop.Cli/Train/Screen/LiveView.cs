using System.Diagnostics;
using Backprop.Health;
using Backprop.Training;
using Spectre.Console;

namespace Backprop.Cli.Train.Screen;

/// <summary>Shows training on a terminal, drawn anew ten times a second at most; warnings stay above it.</summary>
internal sealed class LiveView(Terminal terminal, LiveState state, LiveDisplayContext screen) : TrainingView
{
    private static readonly TimeSpan BetweenDrawings = TimeSpan.FromMilliseconds(100);

    private long drawn;

    public override void Report(TrainingProgress value)
    {
        state.Report(value);
        DrawIfDue();
    }

    public override void Done(EpochResult epoch, double learningRate)
    {
        state.Done(epoch, learningRate);
        DrawIfDue();
    }

    public override void Warn(TrainingWarning warning)
    {
        state.Warnings++;
        terminal.Warn(ProgressLines.Of(warning));
    }

    /// <summary>Trains under the display, whose last state stays where it is.</summary>
    public static T Show<T>(Terminal terminal, IAnsiConsole live, LiveState state, Func<TrainingView, T> train) =>
        live.Live(new LiveScreen(state, () => live.Profile.Height)).AutoClear(false).Overflow(VerticalOverflow.Crop).Start(context =>
        {
            var view = new LiveView(terminal, state, context);
            try
            {
                return train(view);
            }
            finally
            {
                context.Refresh();
            }
        });

    private void DrawIfDue()
    {
        if (drawn != 0 && Stopwatch.GetElapsedTime(drawn) < BetweenDrawings) return;
        drawn = Stopwatch.GetTimestamp();
        screen.Refresh();
    }
}
