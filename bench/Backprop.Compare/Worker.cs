using System.Diagnostics;
using System.Globalization;

namespace Backprop.Compare;

/// <summary>Our contestant: a process of its own, in the conversation that all contestants know.</summary>
internal static class Worker
{
    /// <summary>Arguments: WORKLOAD THREADS BATCH LENGTH DROPOUT, the last 0 or 1.</summary>
    public static int Run(string[] arguments)
    {
        int[] numbers = [.. arguments[1..].Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        var workload = Workload.All.Single(workload => workload.Name == arguments[0]).Resized(numbers[1], numbers[2]);
        IWork work = workload.Side > 0 ? new ProductWork(workload.Side, numbers[0]) : new TrainingWork(workload, numbers[0], numbers[3] == 1);
        Console.WriteLine("ready");
        while (Console.ReadLine() is { Length: > 0 } line) Console.WriteLine(Answer(work, line.Split(' ')));
        return 0;
    }

    private static string Answer(IWork work, string[] words)
    {
        if (words[0] == "losses")
            return "losses " + string.Join(' ', work.Losses(int.Parse(words[1], CultureInfo.InvariantCulture)).Select(loss => loss.ToString("R", CultureInfo.InvariantCulture)));
        if (words[0] == "time")
        {
            long count = long.Parse(words[1], CultureInfo.InvariantCulture), start = Stopwatch.GetTimestamp();
            for (long i = 0; i < count; i++) work.Step();
            return string.Create(CultureInfo.InvariantCulture, $"time {Stopwatch.GetElapsedTime(start).TotalSeconds:R}");
        }
        return $"memory {PeakMemory()}";
    }

    // The same source as the peers read: Process.PeakWorkingSet64 says the same, and loads more of the runtime.
    private static long PeakMemory()
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
