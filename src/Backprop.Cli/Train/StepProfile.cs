using System.Diagnostics;
using System.Text.Json.Serialization;
using Backprop.Data;
using Backprop.Explaining;
using Backprop.Tensors;
using Backprop.Training;
using static Backprop.Nn<float>;

namespace Backprop.Cli.Train;

/// <summary>Where the time of one training step goes, as <c>--profile</c> asks for it.</summary>
/// <param name="Batch">The samples of the step.</param>
/// <param name="Threads">The threads that it may use.</param>
/// <param name="Microseconds">The time of the whole step.</param>
/// <param name="Bytes">The bytes of all that it reads, remembers and writes.</param>
/// <param name="GigaflopsPerSecond">10⁹ floating-point operations of products per second.</param>
/// <param name="Steps">The steps of the tape, in the order of the forward pass.</param>
/// <param name="Update">What the optimizer does.</param>
internal sealed record StepProfile(
    int Batch, int Threads, double Microseconds, long Bytes, double GigaflopsPerSecond, IReadOnlyList<StepProfile.Step> Steps, StepProfile.OfUpdate Update)
{
    // The median of so many is steady also where a step takes microseconds, and slow steps still end soon.
    private const int Runs = 51;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);

    /// <summary>One step of the tape; <paramref name="Parameter"/> is the first that it reads, and a step that is no product has no GFLOP/s.</summary>
    internal sealed record Step(
        string Name, string? Parameter, int[] Output, double ForwardMicroseconds, double BackwardMicroseconds, double Share, long Bytes,
        double? GigaflopsPerSecond);

    /// <summary>The update.</summary>
    internal sealed record OfUpdate(string Name, double Microseconds, double Share, long Bytes);

    /// <summary>The table for people.</summary>
    [JsonIgnore]
    public string Table { get; private init; } = "";

    /// <summary>Measures a step on the first batch of the data; the weights stay as they are.</summary>
    public static StepProfile Of(Trainer<float> trainer, DataSet<float> data, Func<Tensor<float>, IInput, Tensor<float>> loss)
    {
        var batch = data.Batches(trainer.BatchSize).First();
        using var tape = Record(trainer.Model.Parameters, batch.Inputs, batch.Targets);
        tape.Threads = trainer.Threads;
        tape.Backward(loss(trainer.Model.Forward(batch.Inputs), batch.Targets));
        var profile = Steady(() => TapeProfile.Of(tape, Runs, optimizer: trainer.Optimizer));
        return new StepProfile(
            batch.Count, profile.Threads, Rounded(profile.Time), profile.Bytes, Math.Round(profile.GigaflopsPerSecond, 1),
            [.. profile.Steps.Select(step => Row(step, Share(step.Time)))],
            new OfUpdate(profile.Update!.Name, Rounded(profile.Update.Time), Share(profile.Update.Time), profile.Update.Bytes))
        {
            Table = $"one step on {Tabular.Wording.Count(batch.Count, "sample")}, median of {Runs} runs\n\n{profile}\n",
        };

        double Share(TimeSpan time) => Math.Round(time / profile.Time, 4);
    }

    /// <summary>The last of the profiles of half a second: after a short training the first ones find code that is not yet compiled for speed.</summary>
    private static TapeProfile Steady(Func<TapeProfile> measure)
    {
        long start = Stopwatch.GetTimestamp();
        TapeProfile profile;
        do profile = measure();
        while (Stopwatch.GetElapsedTime(start) < WarmUp);
        return profile;
    }

    private static Step Row(ProfiledStep step, double share) => new(
        step.Name, step.Parameter is { Length: > 0 } parameter ? parameter : null, step.Output.AsSpan().ToArray(),
        Rounded(step.Forward), Rounded(step.Backward), share, step.Bytes,
        step.ForwardMultiplyAdds > 0 ? Math.Round(step.GigaflopsPerSecond, 1) : null);

    /// <summary>Microseconds with a digit behind the point: the clock gives no more.</summary>
    private static double Rounded(TimeSpan time) => Math.Round(time.TotalMicroseconds, 1);
}
