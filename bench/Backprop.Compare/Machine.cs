using System.Diagnostics;

namespace Backprop.Compare;

/// <summary>The limits of this machine, measured: multiply-adds per second, and bytes per second for sets of several sizes.</summary>
internal sealed class Machine
{
    // Within the first, second and third cache of the usual processor, and far outside: a set's bandwidth serves what is no larger.
    private static readonly int[] Sets = [24 << 10, 384 << 10, 8 << 20, 384 << 20];

    private readonly Dictionary<int, double> peaks = [];
    private readonly Dictionary<(int Threads, int Set), double> bandwidths = [];

    /// <summary>The processor's name as the system gives it.</summary>
    public static string Processor
    {
        get
        {
            var lines = File.ReadLines("/proc/cpuinfo").TakeWhile(line => line.Length > 0)
                .Select(line => line.Split(':', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0].Trim(), pair => pair[1].Trim());
            // Virtual machines often hide the model's name; family and model still tell one generation from the next.
            return $"{lines.GetValueOrDefault("model name", "unknown")} family {lines.GetValueOrDefault("cpu family", "-")} model {lines.GetValueOrDefault("model", "-")}";
        }
    }

    /// <summary>The processor's name as the name of a folder.</summary>
    public static string Folder =>
        string.Join('-', new string([.. Processor.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>How many programs wanted a processor in the last minute, on average.</summary>
    public static string Load => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    /// <summary>The most floating-point operations per second seen so far.</summary>
    public double Peak(int threads) => peaks.GetValueOrDefault(threads);

    /// <summary>Bytes per second for a set of a size.</summary>
    public double Bandwidth(int threads, double bytes) => bandwidths[(threads, Sets.FirstOrDefault(set => set >= bytes, Sets[^1]))];

    /// <summary>All bandwidths for a number of threads.</summary>
    public IEnumerable<(int Set, double BytesPerSecond)> Bandwidths(int threads) => Sets.Select(set => (set, bandwidths[(threads, set)]));

    /// <summary>Seconds that a step takes at the very least.</summary>
    public double Floor(Workload workload, int threads) =>
        Math.Max(workload.Operations / Peak(threads), workload.Bytes / Bandwidth(threads, workload.Bytes));

    /// <summary>Measures the peak of float multiply-adds; the best of all measurements counts.</summary>
    public double MeasurePeak(int threads, int times = 5)
    {
        for (int i = 0; i < times; i++)
        {
            const long rounds = 4_000_000;
            double seconds = Together(threads, _ => Loops.MultiplyAdd(rounds));
            peaks[threads] = Math.Max(Peak(threads), 2.0 * 12 * Loops.Width * rounds * threads / seconds);
        }
        return Peak(threads);
    }

    /// <summary>Measures a = b + s·c, three arrays in motion.</summary>
    public void MeasureBandwidth(int threads)
    {
        foreach (int set in Sets)
        {
            int length = set / 12 / threads / 64 * 64;
            var arrays = new float[threads][][];
            for (int t = 0; t < threads; t++) arrays[t] = [new float[length], new float[length], new float[length]];
            int rounds = Math.Max(1, (256 << 20) / set);
            for (int i = 0; i < 6; i++)
            {
                double seconds = Together(threads, t =>
                {
                    for (int round = 0; round < rounds; round++) Loops.Triad(arrays[t][0], arrays[t][1], arrays[t][2]);
                });
                // The first time brings the pages in.
                if (i > 0) bandwidths[(threads, set)] = Math.Max(bandwidths.GetValueOrDefault((threads, set)), 12.0 * length * threads * rounds / seconds);
            }
        }
    }

    /// <summary>Seconds from the moment when all threads run until the last one is through.</summary>
    private static double Together(int threads, Action<int> action)
    {
        using var barrier = new Barrier(threads);
        var ends = new long[threads];
        var starts = new long[threads];
        var others = Enumerable.Range(1, threads - 1).Select(t => new Thread(() => Run(t))).ToArray();
        foreach (var other in others) other.Start();
        Run(0);
        foreach (var other in others) other.Join();
        return Stopwatch.GetElapsedTime(starts.Min(), ends.Max()).TotalSeconds;

        void Run(int t)
        {
            barrier.SignalAndWait();
            starts[t] = Stopwatch.GetTimestamp();
            action(t);
            ends[t] = Stopwatch.GetTimestamp();
        }
    }
}
