using Backprop.Lessons.Replays;
using Spectre.Console;

namespace Backprop.Cli.Replays;

/// <summary>Runs published lessons and writes what they came to.</summary>
internal static class ReplayRun
{
    /// <returns>A negative verdict where a figure is not reproduced, or an erratum not explained.</returns>
    public static int Execute(IReadOnlyList<ReplayLesson> lessons, bool json, Terminal terminal, CancellationToken cancellation)
    {
        var reports = terminal.Live is { } live
            ? live.Status().Start(Markup.Escape(lessons[0].Name), context => Run(lessons, new StatusLine(context), cancellation))
            : Run(lessons, null, cancellation);
        terminal.Output.Write(json ? Json.Of(ReplayResult.Of(reports)) + "\n" : ReplayText.Of(reports));
        return reports.All(report => report.Succeeded) ? ExitCode.Done : ExitCode.Negative;
    }

    private static ReplayReport[] Run(IReadOnlyList<ReplayLesson> lessons, IProgress<string>? progress, CancellationToken cancellation)
    {
        var reports = new List<ReplayReport>();
        foreach (var lesson in lessons)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(lesson.Name);
            reports.Add(lesson.Run(progress is null ? null : new Named(lesson.Name, progress), cancellation));
        }
        return [.. reports];
    }

    /// <summary>A line on the terminal that is written over.</summary>
    private sealed class StatusLine(StatusContext context) : IProgress<string>
    {
        public void Report(string value) => context.Status = Markup.Escape(value);
    }

    /// <summary>Says which lesson is meant.</summary>
    private sealed class Named(string name, IProgress<string> progress) : IProgress<string>
    {
        public void Report(string value) => progress.Report($"{name}: {value}");
    }
}
