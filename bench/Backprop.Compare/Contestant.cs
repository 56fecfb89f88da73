using System.Diagnostics;
using System.Globalization;

namespace Backprop.Compare;

/// <summary>A process that does a workload and answers in lines: <c>losses K</c>, <c>time N</c>, <c>memory</c>.</summary>
internal sealed class Contestant : IDisposable
{
    private readonly Process process;

    public Contestant(string name, string program, params string[] arguments)
    {
        Name = name;
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        process = Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start.");
        Ready = Read("ready");
    }

    public string Name { get; }

    /// <summary>What it said about itself when it was ready.</summary>
    public string Ready { get; }

    /// <summary>How many steps a turn has.</summary>
    public long Steps { get; private set; } = 1;

    public double[] Losses(int count) =>
        [.. Ask($"losses {count}", "losses").Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];

    public long Memory() => long.Parse(Ask("memory", "memory"), CultureInfo.InvariantCulture);

    /// <summary>Steps until everything is compiled and in the caches, and then as many per turn as take the given time.</summary>
    public void WarmUp(double seconds, double turn)
    {
        double passed = 0, last;
        do
        {
            passed += last = Time(Steps);
            if (last < turn / 4) Steps *= 2;
        }
        while (passed < seconds || last < turn / 4);
        Steps = Math.Max(1, (long)Math.Round(Steps * turn / last));
    }

    /// <summary>One turn: seconds per step.</summary>
    public double Turn() => Time(Steps) / Steps;

    public void Dispose()
    {
        try
        {
            process.StandardInput.WriteLine();
            process.StandardInput.Close();
            if (!process.WaitForExit(5000)) process.Kill();
        }
        catch (IOException)
        {
            // It is gone already, and has said why on its own.
        }
        process.Dispose();
    }

    private double Time(long steps) => double.Parse(Ask($"time {steps}", "time"), CultureInfo.InvariantCulture);

    private string Ask(string question, string word)
    {
        process.StandardInput.WriteLine(question);
        process.StandardInput.Flush();
        return Read(word);
    }

    private string Read(string word)
    {
        string? line = process.StandardOutput.ReadLine();
        if (line is null || !line.StartsWith(word, StringComparison.Ordinal))
            throw new InvalidOperationException($"{Name} broke off: '{line}' came, '{word} …' is needed. What it wrote above says why.");
        return line[word.Length..].Trim();
    }
}
