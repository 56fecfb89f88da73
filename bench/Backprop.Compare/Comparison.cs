using System.Globalization;

namespace Backprop.Compare;

/// <summary>Who takes part beside us, and what is wanted against it.</summary>
/// <param name="Name">As the report calls it.</param>
/// <param name="Goal">How many times faster than it we want to be; null for information only.</param>
/// <param name="Start">Starts its process, with the dropout of its network or without it.</param>
internal sealed record Peer(string Name, double? Goal, Func<bool, Contestant> Start);

/// <summary>What was measured between us and one peer on one workload with one number of threads.</summary>
internal sealed record Result(Workload Workload, int Threads, Peer Peer)
{
    /// <summary>Seconds per step, one for each round.</summary>
    public required double[] Ours { get; init; }

    public required double[] Theirs { get; init; }

    public required long OurMemory { get; init; }

    public required long TheirMemory { get; init; }

    /// <summary>The largest relative difference between the losses after the same steps.</summary>
    public required double Difference { get; init; }

    /// <summary>Whether the losses are the same but for rounding: a fast wrong answer does not win.</summary>
    /// <remarks>In twenty steps rounding alone makes differences up to 4e-7, and up to 4e-5 with Adam, which makes much of little gradients (W4).
    /// A learning rate that is wrong by a hundredth makes differences of 4e-5 (W5) to 4e-3, and of 8e-4 (W6) to 6e-2 with Adam.</remarks>
    public bool Agrees => Difference <= (Workload.Adam ? 2e-4 : 1e-5);

    /// <summary>How many times faster we were, round by round.</summary>
    public IEnumerable<double> Ratios => Theirs.Zip(Ours, (theirs, ours) => theirs / ours);

    public double Ratio => Median(Ratios);

    public bool? ReachesGoal => Peer.Goal is { } goal ? Agrees && Ratio >= goal : null;

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

/// <summary>Runs ours and its peers in turn: each in a process of its own, one at a time, in an order that changes from round to round.</summary>
internal sealed class Comparison(Machine machine, int rounds, double turn, double warmUp, TextWriter progress)
{
    // A pool of threads that still spins after its turn must not take the next one's processor.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public IEnumerable<Result> Of(Workload workload, int threads, IReadOnlyList<Peer> peers)
    {
        // Masks differ from library to library: losses are compared between processes that draw none.
        double[][]? withoutMasks = workload.HasDropout ? Losses(workload, threads, peers) : null;
        using var ours = Ours(workload, threads, dropout: true);
        var others = new List<Contestant>();
        try
        {
            foreach (var peer in peers) others.Add(peer.Start(true));
            Contestant[] all = [ours, .. others];
            double[][] losses = withoutMasks ?? [.. all.Select(one => one.Losses(workload.ComparedSteps))];
            foreach (var one in all) one.WarmUp(warmUp, turn);

            var seconds = all.ToDictionary(one => one, _ => new double[rounds]);
            for (int round = 0; round < rounds; round++)
            {
                for (int i = 0; i < all.Length; i++)
                {
                    var one = all[round % 2 == 0 ? i : all.Length - 1 - i];
                    Thread.Sleep(Pause);
                    seconds[one][round] = one.Turn();
                }
                machine.MeasurePeak(threads, times: 1);
                progress.Write('.');
            }

            long memory = ours.Memory();
            return [.. peers.Select((peer, i) => new Result(workload, threads, peer)
            {
                Ours = seconds[ours],
                Theirs = seconds[others[i]],
                OurMemory = memory,
                TheirMemory = others[i].Memory(),
                Difference = Difference(losses[0], losses[i + 1]),
            })];
        }
        finally
        {
            foreach (var other in others) other.Dispose();
        }
    }

    private static double[][] Losses(Workload workload, int threads, IReadOnlyList<Peer> peers)
    {
        using var ours = Ours(workload, threads, dropout: false);
        List<double[]> losses = [ours.Losses(workload.ComparedSteps)];
        foreach (var peer in peers)
        {
            using var other = peer.Start(false);
            losses.Add(other.Losses(workload.ComparedSteps));
        }
        return [.. losses];
    }

    /// <summary>Our own process.</summary>
    public static Contestant Ours(Workload workload, int threads, bool dropout) => new(
        "Backprop", Environment.ProcessPath!, "worker", workload.Name, Text(threads), Text(workload.Batch), Text(workload.Length), dropout ? "1" : "0");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static double Difference(double[] ours, double[] theirs) =>
        ours.Zip(theirs, (a, b) => double.IsFinite(a) && double.IsFinite(b) ? Math.Abs(a - b) / Math.Max(Math.Abs(a), Math.Abs(b)) : double.PositiveInfinity).Max();
}
