using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Backprop.Optimizers;
using Backprop.Tensors;

namespace Backprop.Explaining;

/// <summary>Where the time of a training step goes: a tape run step by step, each step with its time, its bytes and its GFLOP/s, and the update.</summary>
/// <remarks>Below a microsecond the clock itself counts: times of very small steps are too long.</remarks>
public sealed class TapeProfile
{
    private TapeProfile(IReadOnlyList<ProfiledStep> steps, ProfiledUpdate? update, int threads) => (Steps, Update, Threads) = (steps, update, threads);

    /// <summary>The steps, in the order of the forward pass.</summary>
    public IReadOnlyList<ProfiledStep> Steps { get; }

    /// <summary>What the update costs, which is not on the tape; null if no optimizer was given.</summary>
    public ProfiledUpdate? Update { get; }

    /// <summary>The threads that the tape had.</summary>
    public int Threads { get; }

    /// <summary>The time of all steps and of the update together.</summary>
    public TimeSpan Time => Sum(step => step.Time) + (Update?.Time ?? TimeSpan.Zero);

    /// <summary>The bytes of all steps and of the update together.</summary>
    public long Bytes => Steps.Sum(step => step.Bytes) + (Update?.Bytes ?? 0);

    /// <summary>10⁹ floating-point operations of products per second, over the whole time.</summary>
    public double GigaflopsPerSecond =>
        Time > TimeSpan.Zero ? 2 * Steps.Sum(step => step.ForwardMultiplyAdds + step.BackwardMultiplyAdds) / Time.TotalSeconds / 1e9 : 0;

    /// <summary>Replays a tape several times and takes the median time of each step; backward too if Backward has been called on the tape.</summary>
    /// <param name="tape">The tape. It is sealed. Values and gradients are afterwards those of a replay and a Backward on its present inputs, except that
    /// what a training step changes on the side stays as it was.</param>
    /// <param name="runs">The number of measured runs, 1 or more.</param>
    /// <param name="clock">The clock; the system's if left out.</param>
    /// <param name="optimizer">What changes the weights, to measure the update too. Weights and what it remembers are put back afterwards.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no run to measure.</exception>
    /// <exception cref="InvalidOperationException">An optimizer came, and Backward has not been called on the tape.</exception>
    public static TapeProfile Of<T>(Tape<T> tape, int runs = 11, TimeProvider? clock = null, Optimizer<T>? optimizer = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(tape);
        if (runs < 1) throw new ArgumentOutOfRangeException(nameof(runs), $"TapeProfile: {runs} runs came; it is 1 or more, and 11 give a steady median.");
        if (optimizer is not null && tape.Loss is null)
            throw new InvalidOperationException(
                "TapeProfile: an optimizer came, and the tape has no gradients to update by. Call Backward on it first, or leave the optimizer out.");
        clock ??= TimeProvider.System;
        Run(tape);
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
            optimizer is null ? null : Profiled(tape, optimizer, runs, clock),
            tape.Threads);
    }

    /// <summary>The table as aligned text, lines parted by <c>\n</c>: microseconds, the share of the whole, kilobytes, GFLOP/s.</summary>
    public override string ToString()
    {
        string[][] lines =
        [
            ["step", "of", "output", "forward", "backward", "time", "share", "KB", "GFLOP/s"],
            .. Steps.Select(step => new[]
            {
                step.Name, step.Parameter, step.Output.ToString(), Microseconds(step.Forward), step.BackwardBytes == 0 ? "" : Microseconds(step.Backward),
                Microseconds(step.Time), Share(step.Time), Kilobytes(step.Bytes), step.ForwardMultiplyAdds == 0 ? "" : Number(step.GigaflopsPerSecond),
            }),
            .. Update is { } update
                ? new[] { new[] { "update", update.Name, "", "", "", Microseconds(update.Time), Share(update.Time), Kilobytes(update.Bytes), "" } } : [],
            [
                "total", "", Threads == 1 ? "1 thread" : $"{Threads} threads", Microseconds(Sum(step => step.Forward)),
                Microseconds(Sum(step => step.Backward)), Microseconds(Time), Share(Time), Kilobytes(Bytes), Number(GigaflopsPerSecond),
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

        string Share(TimeSpan time) => Time > TimeSpan.Zero ? $"{Number(100 * (time / Time))} %" : "";
    }

    private TimeSpan Sum(Func<ProfiledStep, TimeSpan> time) => Steps.Aggregate(TimeSpan.Zero, (sum, step) => sum + time(step));

    private static string Microseconds(TimeSpan time) => $"{Number(time.TotalMicroseconds)} µs";

    private static string Kilobytes(long bytes) => Number(bytes / 1000.0);

    private static string Number(double number) => number.ToString("N1", CultureInfo.InvariantCulture);

    /// <summary>One replay and one way back; a profile is no training step: it commits nothing.</summary>
    private static void Run<T>(Tape<T> tape) where T : unmanaged, IFloatingPointIeee754<T>
    {
        tape.Replay();
        if (tape.Loss is { } loss) tape.BackwardWithoutCommit(loss, new PlainTensor<T>(loss.Shape, [T.One], 0, ""));
    }

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
        int size = Marshal.SizeOf<T>();
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

    /// <summary>Several updates by the gradients that are there; then weights and memory as they were, and the tape run on them.</summary>
    private static ProfiledUpdate Profiled<T>(Tape<T> tape, Optimizer<T> optimizer, int runs, TimeProvider clock)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var state = optimizer.State;
        T[][] weights = [.. optimizer.Parameters.Select(parameter => parameter.Values.ToArray())];
        var ticks = new long[runs];
        // The first update makes what the optimizer remembers.
        optimizer.Step();
        for (int run = 0; run < runs; run++) ticks[run] = Ticks(clock, optimizer.Step);
        long changed = optimizer.Parameters.Where(parameter => parameter is { Trainable: true, HasGradient: true })
            .Sum(parameter => (long)parameter.Length);
        for (int i = 0; i < weights.Length; i++) optimizer.Parameters[i].Set(weights[i]);
        optimizer.State = state;
        Run(tape);
        // Weights and memory are read and written, gradients read.
        return new ProfiledUpdate(optimizer.Type, Median(clock, ticks), (3 + 2 * state.Memory.Count) * changed * Marshal.SizeOf<T>());
    }
}
