using System.Diagnostics;
using Spectre.Console;

namespace Backprop.Cli.DataSets;

/// <summary>Shows how far a download is: a bar on a terminal, in a pipe a line every ten seconds.</summary>
internal static class DownloadView
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Runs a download; what it is given hears of each file how many bytes have come.</summary>
    public static T Show<T>(Terminal terminal, IReadOnlyList<RemoteFile> files, Func<Action<RemoteFile, long>, T> download)
    {
        if (terminal.Live is not { } live) return download(Lines(terminal));
        return live.Progress().AutoClear(true)
            .Columns(new ProgressBarColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                var bars = files.ToDictionary(file => file, file => context.AddTask(Markup.Escape(file.Name), maxValue: file.Length));
                return download((file, bytes) =>
                {
                    bars[file].Value = bytes;
                    bars[file].Description = Markup.Escape($"{file.Name}  {Of(bytes, file)}");
                });
            });
    }

    /// <summary>Bytes as people read them.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1000 => FormattableString.Invariant($"{bytes} B"),
        < 1_000_000 => FormattableString.Invariant($"{bytes / 1e3:0.0} kB"),
        _ => FormattableString.Invariant($"{bytes / 1e6:0.0} MB"),
    };

    private static Action<RemoteFile, long> Lines(Terminal terminal)
    {
        var watch = Stopwatch.StartNew();
        var last = TimeSpan.Zero;
        return (file, bytes) =>
        {
            if (watch.Elapsed - last < Patience) return;
            last = watch.Elapsed;
            terminal.Note($"{file.Name}: {Of(bytes, file)}");
        };
    }

    private static string Of(long bytes, RemoteFile file) => $"{Size(bytes)} of {Size(file.Length)}";
}
