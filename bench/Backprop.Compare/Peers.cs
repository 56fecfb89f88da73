using System.Globalization;

namespace Backprop.Compare;

/// <summary>The peers, and how they are started.</summary>
internal sealed class Peers(string bench)
{
    /// <summary>A peer whose own product stays below this share of the measured peak is crippled.</summary>
    public const double LeastShareOfPeak = 0.6;

    // Debian's own: the one found first on the PATH may be another, without PyTorch. bench/compare has looked for it.
    private const string Python = "/usr/bin/python3";

    private string Script => Path.Combine(bench, "peers", "pytorch.py");

    /// <summary>Who runs a workload with a number of threads.</summary>
    public IReadOnlyList<Peer> For(Workload workload, int threads)
    {
        string[] arguments = [Script, workload.Name, "--threads", Text(threads), "--batch", Text(workload.Batch), "--length", Text(workload.Length)];
        string[] without = [.. arguments, "--without-dropout"];
        List<Peer> peers = [new("PyTorch", workload.Goal, dropout => new Contestant("PyTorch", Python, dropout ? arguments : without))];
        if (workload.HasPlainTwin && threads == 1)
        {
            peers.Add(new("plain C", 1, _ => new Contestant("plain C", Path.Combine(bench, "peers", "bin", "plain"), workload.Name)));
            peers.Add(new("plain C, sizes fixed", null, _ => new Contestant("plain C, sizes fixed", Path.Combine(bench, "peers", "bin", "plain-fixed"), workload.Name)));
        }
        return peers;
    }

    /// <summary>What PyTorch says about its BLAS, and which share of the peak its product of 1024³ reaches on one thread: the best of several, the peak
    /// measured between them.</summary>
    public (string Name, double Share) CheckBlas(Machine machine)
    {
        using var peer = new Contestant("PyTorch", Python, Script, "blas");
        // Turns of one product, as short as a measurement of the peak: where others use the machine, both then find quiet moments.
        peer.WarmUp(0.3, 0.001);
        double best = double.PositiveInfinity;
        for (int i = 0; i < 40 || i < 400 && Share() < LeastShareOfPeak; i++)
        {
            best = Math.Min(best, peer.Turn());
            machine.MeasurePeak(1, times: 1);
        }
        return (peer.Ready, Share());

        double Share() => 2 * 1024.0 * 1024 * 1024 / best / machine.Peak(1);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
