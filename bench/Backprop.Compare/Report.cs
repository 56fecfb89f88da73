using System.Text.Json;

namespace Backprop.Compare;

/// <summary>What a run says, as Markdown and as JSON.</summary>
internal sealed class Report(Machine machine, string peer, IReadOnlyList<int> threads, int rounds, double turn, double ourBlasShare)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly List<Result> results = [];
    private readonly string startLoad = Machine.Load;
    private string[] growthLines = [];
    private object? growthFigures;

    public IReadOnlyList<Result> Results => results;

    public void Add(Result result) => results.Add(result);

    /// <summary>Adds how the times grow, for the end of the report.</summary>
    public void Add(Growth growth, IReadOnlyCollection<GrowthRow> rows) => (growthLines, growthFigures) = ([.. growth.Markdown(rows)], Growth.Json(rows));

    /// <summary>The report.</summary>
    public string Markdown(DateTimeOffset now)
    {
        var text = new List<string>
        {
            "# Backprop and its peers on one machine",
            "",
            $"{Machine.Processor}, {Environment.ProcessorCount} processors, .NET {Environment.Version}, {now:yyyy-MM-dd HH:mm}, load {startLoad} before and {Machine.Load} after. {peer}; its product of 1024³ reaches {ourBlasShare:P0} of the measured peak on one thread.",
            "",
        };
        foreach (int count in threads)
            text.Add($"- {Threads(count)}: {machine.Peak(count) / 1e9:0} GFLOP/s of float multiply-adds; "
                + string.Join(", ", machine.Bandwidths(count).Select(pair => $"{pair.BytesPerSecond / 1e9:0} GB/s within {Size(pair.Set)}")));
        text.AddRange(
        [
            "",
            $"One training step: copy a batch in, forward, backward, update. Median of {rounds} round{(rounds == 1 ? "" : "s")} of {turn:0.##} s each, ours and the peers in turn; ratio: the peer's time "
            + "over ours, median of the pairs (lowest to highest). Floor: the larger of operations over peak and bytes over bandwidth (`bench/README.md`). "
            + "Memory: the peak of each process. Difference: between the losses after the same steps from the same weights and data.",
            "",
            "| workload | threads | ours, µs | peer | peer, µs | ratio | goal | GFLOP/s | × floor | ours, MB | peer, MB | difference |",
            "|---|---|---|---|---|---|---|---|---|---|---|---|",
        ]);
        text.AddRange(results.Select(Row));
        text.Add("");
        text.AddRange(results.Select(result => result.Workload).Distinct().Select(workload => $"- {workload.Name}: {workload.Title}"));
        text.Add("");
        text.AddRange(Summary());
        text.Add("");
        text.AddRange(growthLines);
        return string.Join('\n', text).TrimEnd() + '\n';
    }

    public string Json(DateTimeOffset now) => JsonSerializer.Serialize(
        new
        {
            processor = Machine.Processor,
            processors = Environment.ProcessorCount,
            runtime = Environment.Version.ToString(),
            time = now,
            peer,
            peerShareOfPeak = ourBlasShare,
            limits = threads.Select(count => new
            {
                threads = count,
                multiplyAddPeak = machine.Peak(count),
                bandwidths = machine.Bandwidths(count).Select(pair => new { bytes = pair.Set, bytesPerSecond = pair.BytesPerSecond }),
            }),
            results = results.Select(result => new
            {
                workload = result.Workload.Name,
                title = result.Workload.Title,
                batch = result.Workload.Batch,
                threads = result.Threads,
                peer = result.Peer.Name,
                goal = result.Peer.Goal,
                ratio = result.Ratio,
                ours = result.Ours,
                theirs = result.Theirs,
                operations = result.Workload.Operations,
                bytes = result.Workload.Bytes,
                floor = machine.Floor(result.Workload, result.Threads),
                ourMemory = result.OurMemory,
                theirMemory = result.TheirMemory,
                lossesAgree = result.Agrees,
                lossDifference = double.IsFinite(result.Difference) ? result.Difference : (double?)null,
            }),
            growth = growthFigures,
        },
        Indented) + "\n";

    /// <summary>One row of the table, also shown as soon as it is known.</summary>
    public string Row(Result result)
    {
        double ours = Result.Median(result.Ours), theirs = Result.Median(result.Theirs);
        string goal = result.Peer.Goal is not { } wanted ? "" : $"≥ {wanted:0.##} {(result.ReachesGoal == true ? "✓" : "✗")}";
        string agrees = result.Agrees ? $"{result.Difference:0.0e+0}" : $"**{result.Difference:0.0e+0}: the losses differ**";
        return $"| {result.Workload.Name} | {result.Threads} | {Microseconds(ours)} | {result.Peer.Name} | {Microseconds(theirs)} | {Times(result.Ratio)} ({Times(result.Ratios.Min())}–{Times(result.Ratios.Max())}) "
            + $"| {goal} | {Times(result.Workload.Operations / ours / 1e9)} | {Times(TimesFloor(result))} "
            + $"| {result.OurMemory / 1e6:0} | {result.TheirMemory / 1e6:0} | {agrees} |";
    }

    /// <summary>What is wanted over several rows.</summary>
    private IEnumerable<string> Summary()
    {
        Result[] all = [.. results.Where(result => result.Peer.Name == "PyTorch")];
        Result[] networks = [.. all.Where(result => result.Workload.Side == 0 && result.Workload.Name is not ("W1" or "W2"))];
        foreach (int count in threads)
        {
            Result[] here = [.. networks.Where(result => result.Threads == count)];
            if (here.Length > 1)
                yield return $"- Geometric mean of the ratios of {Names(here)}, {Threads(count)}: {Times(Math.Exp(here.Average(result => Math.Log(result.Ratio))))} (goal: ≥ 1.6)";
        }
        foreach (var group in all.GroupBy(result => result.Workload))
            if (group.FirstOrDefault(result => result.Threads == 1) is { } one && group.FirstOrDefault(result => result.Threads == 2) is { } two)
                yield return $"- {group.Key.Name}: two threads are {Times(Result.Median(one.Ours) / Result.Median(two.Ours))} times as fast as one "
                    + $"(goal: ≥ {(group.Key.Side > 0 ? "1.75" : "1.7 on W4, W6, W7")})";
        foreach (var result in all.Where(result => result.Workload.Side > 0))
            yield return $"- {result.Workload.Name}, {Threads(result.Threads)}: {1 / TimesFloor(result):P0} of the peak (goal: ≥ {(result.Workload.Side < 1024 ? "80 % at 512" : "88 %")})";
        if (networks.Length > 0)
            yield return $"- Farthest from the floor: {networks.MaxBy(TimesFloor)!.Workload.Name}, {Times(networks.Max(TimesFloor))} times (goal for W3 to W11: ≤ 2)";
        if (all.Length > 0)
            yield return $"- Memory beside PyTorch's: at most {all.Max(result => (double)result.OurMemory / result.TheirMemory):P0}, on {all.MaxBy(result => (double)result.OurMemory / result.TheirMemory)!.Workload.Name} (goal: ≤ 50 %)";
    }

    private double TimesFloor(Result result) => Result.Median(result.Ours) / machine.Floor(result.Workload, result.Threads);

    private static string Names(IEnumerable<Result> results) => string.Join(", ", results.Select(result => result.Workload.Name));

    private static string Threads(int count) => count == 1 ? "1 thread" : $"{count} threads";

    private static string Size(int bytes) => bytes >= 1 << 20 ? $"{bytes >> 20} MiB" : $"{bytes >> 10} KiB";

    private static string Microseconds(double seconds) => seconds * 1e6 is var us && us < 10 ? $"{us:0.000}" : us < 1000 ? $"{us:0.0}" : $"{us:#,0}";

    private static string Times(double ratio) => ratio < 10 ? $"{ratio:0.00}" : $"{ratio:0}";
}
