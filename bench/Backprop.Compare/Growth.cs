namespace Backprop.Compare;

/// <summary>How the time of one workload grows: with the batch, or, where it has time steps, with their number.</summary>
/// <param name="Workload">The workload as it stands.</param>
/// <param name="Threads">The threads that it had.</param>
/// <param name="Sizes">The batches, or the numbers of time steps.</param>
/// <param name="Seconds">For each, the time of a training step over the size: seconds per sample, or per time step.</param>
internal sealed record GrowthRow(Workload Workload, int Threads, IReadOnlyList<int> Sizes, IReadOnlyList<double> Seconds)
{
    /// <summary>The most that a sample may take more in any batch than in the smallest.</summary>
    public const double Most = 1.2;

    public bool InTime => Workload.Length > 0;

    /// <summary>Each time over the one at the smallest size.</summary>
    public IEnumerable<double> Relative => Seconds.Select(seconds => seconds / Seconds[0]);

    public bool IsFlat => Relative.Max() <= Most;
}

/// <summary>Runs ours alone at several sizes, one process after the other: the largest take gigabytes.</summary>
internal sealed class Growth(int rounds, double turn, double warmUp, TextWriter progress)
{
    private static readonly int[] Batches = [64, 128, 256, 512, 1024], Lengths = [32, 64, 128, 256];

    /// <summary>Whether a goal for growth is set: for networks that train on batches.</summary>
    public static bool HasGoal(Workload workload) => workload is { Side: 0, Batch: > 1 };

    public GrowthRow Of(Workload workload, int threads)
    {
        int[] sizes = workload.Length > 0 ? Lengths : Batches;
        progress.Write($"{workload.Name}, {threads}: ");
        var row = new GrowthRow(workload, threads, sizes, [.. sizes.Select(size => Time(workload, threads, size) / size)]);
        progress.WriteLine($" {string.Join("  ", row.Seconds.Select(Microseconds))} µs");
        return row;
    }

    /// <summary>The rows as Markdown.</summary>
    public IEnumerable<string> Markdown(IReadOnlyCollection<GrowthRow> rows) =>
    [
        "## Growth",
        "",
        $"Ours alone, median of {rounds} turns of {turn:0.##} s. The goal: nowhere more than {GrowthRow.Most:0.0} times the time at the smallest size. "
        + "Less is what a step costs once, the update above all, spread over more.",
        "",
        .. Table("µs per sample, batch", Batches, rows.Where(row => !row.InTime)),
        .. Table("µs per time step, T", Lengths, rows.Where(row => row.InTime)),
    ];

    /// <summary>The rows for a JSON document.</summary>
    public static object Json(IEnumerable<GrowthRow> rows) => rows.Select(row => new
    {
        workload = row.Workload.Name,
        threads = row.Threads,
        per = row.InTime ? "time step" : "sample",
        sizes = row.Sizes,
        seconds = row.Seconds,
        flat = row.IsFlat,
    });

    private double Time(Workload workload, int threads, int size)
    {
        var resized = workload.Length > 0 ? workload.Resized(null, size) : workload.Resized(size, null);
        using var ours = Comparison.Ours(resized, threads, dropout: true);
        ours.WarmUp(warmUp, turn);
        var seconds = new double[rounds];
        for (int round = 0; round < rounds; round++) seconds[round] = ours.Turn();
        progress.Write('.');
        return Result.Median(seconds);
    }

    private static IEnumerable<string> Table(string title, int[] sizes, IEnumerable<GrowthRow> rows)
    {
        if (!rows.Any()) return [];
        return
        [
            $"| {title} | threads | {string.Join(" | ", sizes)} | lowest–highest over the first | goal |",
            $"|---|---|{string.Concat(sizes.Select(_ => "---|"))}---|---|",
            .. rows.Select(row => $"| {row.Workload.Name} | {row.Threads} | {string.Join(" | ", row.Seconds.Select(Microseconds))} "
                + $"| {row.Relative.Min():0.00}–{row.Relative.Max():0.00} | ≤ {GrowthRow.Most:0.0} {(row.IsFlat ? "✓" : "✗")} |"),
            "",
        ];
    }

    private static string Microseconds(double seconds) => seconds * 1e6 is var us && us < 10 ? $"{us:0.00}" : us < 1000 ? $"{us:0.0}" : $"{us:#,0}";
}
