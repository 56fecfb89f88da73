using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Backprop.Compare;

if (args is ["worker", .. var rest]) return Worker.Run(rest);

Option<string[]> workloadOption = new("--workload") { Description = "W1 to W11 or G512, G768, G1024, G1536, G2304; all if left out", AllowMultipleArgumentsPerToken = true };
Option<int> roundsOption = new("--rounds") { Description = "Rounds, 1 or more", DefaultValueFactory = _ => 5 };
Option<string> threadsOption = new("--threads") { Description = "Numbers of threads, with commas between them", DefaultValueFactory = _ => "1,2" };
Option<double> turnOption = new("--seconds") { Description = "Seconds of one turn", DefaultValueFactory = _ => 0.5 };
Option<double> warmUpOption = new("--warm-up") { Description = "Seconds until the first turn, for each contestant", DefaultValueFactory = _ => 1.5 };
Option<int?> batchOption = new("--batch") { Description = "Samples in a batch instead of the workload's own number" };
Option<int?> lengthOption = new("--length") { Description = "Time steps of W2 and W8 to W11 instead of their own number" };
Option<bool> growthOption = new("--growth") { Description = "Ours alone: how the time grows with the batch (W3 to W7) and with the time steps (W8 to W11)" };
Option<FileInfo?> jsonOption = new("--json") { Description = "Write every figure there" };
Option<FileInfo?> markdownOption = new("--markdown") { Description = "Write the report there; a complete run goes to bench/results if left out" };
Option<DirectoryInfo> benchOption = new("--bench") { Description = "The folder bench", DefaultValueFactory = _ => new("bench") };
RootCommand command = new("Trains the workloads of bench/README.md with Backprop, PyTorch and plain C in turn, and compares.")
{
    workloadOption, roundsOption, threadsOption, turnOption, warmUpOption, batchOption, lengthOption,
    growthOption, jsonOption, markdownOption, benchOption,
};
roundsOption.Validators.Add(result => { if (result.GetValueOrDefault<int>() < 1) result.AddError("--rounds: 1 or more are needed."); });
command.SetAction(parsed =>
{
    string[] names = parsed.GetValue(workloadOption) ?? [];
    foreach (string name in names)
        if (!Workload.All.Any(workload => workload.Name == name))
            return Fail($"--workload: '{name}' is none of {string.Join(", ", Workload.All.Select(workload => workload.Name))}.");
    int[] threads = [.. parsed.GetValue(threadsOption)!.Split(',').Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out int count) ? count : 0)];
    if (threads.Any(count => count < 1)) return Fail("--threads: numbers from 1 with commas between them are needed, for example 1,2.");
    double turn = parsed.GetValue(turnOption), warmUp = parsed.GetValue(warmUpOption);
    if (!(turn > 0 && warmUp >= 0)) return Fail("--seconds: more than 0 are needed, and --warm-up: 0 or more.");
    int? batch = parsed.GetValue(batchOption), length = parsed.GetValue(lengthOption);
    if (batch < 1 || length < 1) return Fail("--batch, --length: 1 or more are needed.");

    Workload[] run = [.. Workload.All.Where(workload => names.Length == 0 || names.Contains(workload.Name)).Select(workload => workload.Resized(batch, length))];
    var growth = new Growth(parsed.GetValue(roundsOption), turn, warmUp, Console.Error);
    if (parsed.GetValue(growthOption))
    {
        if (batch is not null || length is not null) return Fail("--growth has batches and lengths of its own; leave --batch and --length out.");
        Workload[] growing = [.. run.Where(Growth.HasGoal)];
        if (growing.Length == 0) return Fail("--growth: W3 to W11 have a goal for it.");
        GrowthRow[] rows = [.. from workload in growing from count in threads select growth.Of(workload, count)];
        string header = $"{Machine.Processor}, {Environment.ProcessorCount} processors, .NET {Environment.Version}, load {Machine.Load}";
        string table = $"{header}\n\n{string.Join('\n', growth.Markdown(rows))}";
        Console.Write(table);
        if (parsed.GetValue(markdownOption) is { } file) File.WriteAllText(file.FullName, table);
        if (parsed.GetValue(jsonOption) is { } figures) File.WriteAllText(figures.FullName, JsonSerializer.Serialize(Growth.Json(rows)) + "\n");
        return 0;
    }

    string bench = parsed.GetValue(benchOption)!.FullName;
    var peers = new Peers(bench);

    var machine = new Machine();
    foreach (int count in threads.Append(1).Distinct())
    {
        machine.MeasurePeak(count);
        machine.MeasureBandwidth(count);
    }
    var (peer, share) = peers.CheckBlas(machine);
    Console.Error.WriteLine(peer);
    if (share < Peers.LeastShareOfPeak)
        return Fail($"PyTorch's product of 1024³ reaches only {share:P0} of the peak of {machine.Peak(1) / 1e9:0} GFLOP/s on one thread: a comparison with a crippled peer is unfair. "
            + "Install a fast BLAS (libopenblas0-pthread), see `update-alternatives --config libblas.so.3-x86_64-linux-gnu`, or wait until the machine is quiet.", 3);

    var comparison = new Comparison(machine, parsed.GetValue(roundsOption), turn, warmUp, Console.Error);
    var report = new Report(machine, peer, threads, parsed.GetValue(roundsOption), turn, share);
    foreach (var workload in run)
        foreach (int count in threads)
        {
            Console.Error.Write($"{workload.Name}, {count}: ");
            var results = comparison.Of(workload, count, peers.For(workload, count)).ToList();
            Console.Error.WriteLine();
            foreach (var result in results)
            {
                report.Add(result);
                Console.Error.WriteLine(report.Row(result));
            }
        }

    bool complete = names.Length == 0 && batch is null && length is null && threads is [1, 2];
    if (complete) report.Add(growth, [.. from workload in run where Growth.HasGoal(workload) from count in threads select growth.Of(workload, count)]);
    var now = DateTimeOffset.UtcNow;
    string markdown = report.Markdown(now);
    Console.WriteLine(markdown);
    string? path = parsed.GetValue(markdownOption)?.FullName ?? (complete ? Path.Combine(bench, "results", Machine.Folder, "compare.md") : null);
    if (path is not null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, markdown);
    }
    if (parsed.GetValue(jsonOption) is { } json) File.WriteAllText(json.FullName, report.Json(now));
    Console.Error.WriteLine(path is null ? "Not every workload ran as it stands, so nothing was saved; --markdown FILE saves it." : $"Saved as {path}.");
    return report.Results.All(result => result.Agrees) ? 0 : Fail("A loss differs from its peer's: that result does not count.", 1);
});
try
{
    var parsed = command.Parse(args);
    int code = parsed.Invoke(new() { EnableDefaultExceptionHandler = false });
    return parsed.Errors.Count > 0 ? 2 : code;
}
catch (Exception error) when (error is InvalidOperationException or IOException or UnauthorizedAccessException)
{
    return Fail(error.Message);
}

static int Fail(string message, int code = 2)
{
    Console.Error.WriteLine(message);
    return code;
}
