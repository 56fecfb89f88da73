using Backprop.Cli.Train;
using Backprop.Lessons.Comparison;
using Spectre.Console;

namespace Backprop.Cli.Compare;

/// <summary>Shows how a comparison goes: a bar on a terminal, lines in a pipe.</summary>
internal sealed class CompareView : IProgress<ComparisonProgress>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly Terminal terminal;
    private readonly ComparisonData data;
    private readonly ProgressTask? bar;
    private TimeSpan last;

    private CompareView(Terminal terminal, ComparisonData data, ProgressTask? bar = null) =>
        (this.terminal, this.data, this.bar) = (terminal, data, bar);

    /// <summary>Compares under the view that suits the terminal.</summary>
    public static T Show<T>(Terminal terminal, ComparisonData data, Func<CompareView, T> compare)
    {
        if (terminal.Live is not { } live) return compare(new CompareView(terminal, data));
        return live.Progress().AutoClear(true)
            .Columns(new ProgressBarColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => compare(new CompareView(terminal, data, context.AddTask("training"))));
    }

    /// <summary>Hears how far it is: a line for each family and learning rate, and one at least every ten seconds.</summary>
    public void Report(ComparisonProgress value)
    {
        string left = ProgressLines.Left(value.Elapsed, value.Remaining);
        string training = FormattableString.Invariant($"{value.Family}  learning rate {value.LearningRate}");
        if (bar is not null)
        {
            bar.Value = value.Fraction * bar.MaxValue;
            bar.Description = Markup.Escape($"{training}  seed {value.Seed}{left}");
            return;
        }
        if (value.Tried is { } tried)
        {
            string came = tried.Validation is { } figure ? $"validation {ComparisonTable.Figure(data, figure)}" : "diverged";
            terminal.Note($"{training}  {came}{left}");
        }
        else if (value.Elapsed - last < Patience) return;
        else terminal.Note($"{training}  seed {value.Seed}{left}");
        last = value.Elapsed;
    }
}
