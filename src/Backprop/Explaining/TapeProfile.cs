using System.Globalization;
using System.Numerics;
using System.Text;
using Backprop.Tensors;

namespace Backprop.Explaining;

/// <summary>Where the time of a training step goes: a tape run step by step, each step with its time, its bytes and its GFLOP/s.</summary>
/// <remarks>The update is not on the tape and not in the profile. Below a microsecond the clock itself counts: times of very small steps are too long.</remarks>
public sealed class TapeProfile
{
    private TapeProfile(IReadOnlyList<ProfiledStep> steps, int threads) => (Steps, Threads) = (steps, threads);

    /// <summary>The steps, in the order of the forward pass.</summary>
    public IReadOnlyList<ProfiledStep> Steps { get; }

    /// <summary>The threads that the tape had.</summary>
    public int Threads { get; }

    /// <summary>The time of all steps together.</summary>
    public TimeSpan Time => Steps.Aggregate(TimeSpan.Zero, (sum, step) => sum + step.Time);

    /// <summary>Replays a tape several times and takes the median time of each step; backward too if Backward has been called on the tape.</summary>
    /// <param name="tape">The tape. It is sealed. Values and gradients are afterwards those of a replay and a Backward on its present inputs, except that
    /// what a training step changes on the side stays as it was.</param>
    /// <param name="runs">The number of measured runs, 1 or more.</param>
    /// <param name="clock">The clock; the system's if left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no run to measure.</exception>
    public static TapeProfile Of<T>(Tape<T> tape, int runs = 11, TimeProvider? clock = null) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(tape);
        if (runs < 1) throw new ArgumentOutOfRangeException(nameof(runs), $"TapeProfile: {runs} runs came; it is 1 or more, and 11 give a steady median.");
        clock ??= TimeProvider.System;
        tape.Replay();
        // A profile is no training step: it commits nothing.
        if (tape.Loss is { } loss) tape.BackwardWithoutCommit(loss, One<T>(loss.Shape));
        var back = (tape.Loss is null ? [] : tape.BackwardSteps).ToHashSet();
        var forward = tape.Steps.ToDictionary(step => step, _ => new long[runs]);
        var backward = tape.Steps.ToDictionary(step => step, _ => new long[runs]);
        for (int run = 0; run < runs; run++)
        {
            foreach (var step in tape.Steps) forward[step][run] = Ticks(clock, step.RunForward);
            foreach (var step in tape.Steps.Reverse().Where(back.Contains)) backward[step][run] = Ticks(clock, step.RunBackward);
        }
        return new TapeProfile(
            [.. tape.Steps.Select(step => Profiled(tape, step, Median(clock, forward[step]), Median(clock, backward[step]), back.Contains(step)))],
            tape.Threads);
    }

    /// <summary>The table as aligned text, lines parted by <c>\n</c>: microseconds, the share of the whole, kilobytes, GFLOP/s.</summary>
    public override string ToString()
    {
        string[][] lines =
        [
            ["step", "of", "output", "forward", "backward", "share", "KB", "GFLOP/s"],
            .. Steps.Select(step => new[]
            {
                step.Name, step.Parameter, step.Output.ToString(), Microseconds(step.Forward), Microseconds(step.Backward), Share(step.Time),
                Number(step.Bytes / 1000.0, "N1"), step.ForwardMultiplyAdds == 0 ? "" : Number(step.GigaflopsPerSecond, "N1"),
            }),
            [
                "total", "", Threads == 1 ? "1 thread" : $"{Threads} threads", Microseconds(Sum(step => step.Forward)), Microseconds(Sum(step => step.Backward)),
                Share(Time), Number(Steps.Sum(step => step.Bytes) / 1000.0, "N1"), "",
            ],
        ];
        int[] widths = [.. Enumerable.Range(0, lines[0].Length).Select(column => lines.Max(line => line[column].Length))];
        var text = new StringBuilder();
        foreach (string[] line in lines)
        {
            if (text.Length > 0) text.Append('\n');
            var cells = line.Select((cell, column) => column < 3 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            text.Append(string.Join("  ", cells).TrimEnd());
        }
        return text.ToString();

        TimeSpan Sum(Func<ProfiledStep, TimeSpan> time) => Steps.Aggregate(TimeSpan.Zero, (sum, step) => sum + time(step));

        string Share(TimeSpan time) => Time > TimeSpan.Zero ? Number(100 * (time / Time), "N1") + " %" : "";
    }

    private static string Microseconds(TimeSpan time) => Number(time.TotalMicroseconds, "N1") + " µs";

    private static string Number(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);

    private static PlainTensor<T> One<T>(Shape shape) where T : unmanaged, IFloatingPointIeee754<T> => new(shape, [T.One], 0, "");

    private static long Ticks(TimeProvider clock, Action run)
    {
        long start = clock.GetTimestamp();
        run();
        return clock.GetTimestamp() - start;
    }

    private static TimeSpan Median(TimeProvider clock, long[] ticks) => clock.GetElapsedTime(0, ticks.Order().ElementAt(ticks.Length / 2));

    private static ProfiledStep Profiled<T>(Tape<T> tape, Operation<T> step, TimeSpan forward, TimeSpan backward, bool flows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int size = typeof(T) == typeof(float) ? sizeof(float) : sizeof(double);
        long read = step.Inputs.Distinct().Sum(input => (long)input.Length) * size + (step.Indices?.Shape.Elements ?? 0) * (long)sizeof(int);
        long kept = step.Kept.Sum(entry => entry.Values is { } values ? values.Length * (long)size : entry.Positions!.Shape.Elements * (long)sizeof(int));
        long output = step.Output.Length * (long)size, gradients = 0;
        int factors = 0;
        for (int i = 0; i < step.Inputs.Count; i++)
        {
            if (!step.WantsInput(i)) continue;
            gradients += step.Inputs[i].Length * (long)size;
            if (i < 2) factors++;
        }
        var parameter = step.Inputs.OfType<Parameter<T>>().FirstOrDefault();
        return new ProfiledStep(
            step.Name, parameter is null ? "" : tape.NameOf(parameter), step.Output.Shape, forward, backward,
            read + kept + output, flows ? read + kept + 2 * output + gradients : 0,
            step.MultiplyAdds, flows ? factors * step.MultiplyAdds : 0);
    }
}
