using Backprop.Health;

namespace Backprop.Training;

/// <summary>How a model was trained, as it goes into the model's file: what it was trained on, with which options, what each epoch came to, and what it was
/// warned of.</summary>
/// <remarks>It holds no time and no number of threads: the same training gives the same text, however fast it was and however often it was resumed.</remarks>
public sealed partial record TrainingRecord
{
    /// <summary>The note under which it lies in a <see cref="Saving.SavedModel{T}"/>.</summary>
    public const string Key = "training";

    /// <summary>The version of the program that trained.</summary>
    public required string Version { get; init; }

    /// <summary>What the data was called: a file, a folder, or the name of generated data.</summary>
    public required string Data { get; init; }

    /// <summary>The SHA-256 of the data's file in hexadecimal digits; empty where it was no single file.</summary>
    public string DataFile { get; init; } = "";

    /// <summary>What the axes of a sample mean: <c>table</c>, <c>pictures</c>, <c>series</c>, <c>text</c>; may be empty.</summary>
    public string Form { get; init; } = "";

    /// <summary>The options, by their names on the command line, those that were left out with what they came to.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>The samples that trained.</summary>
    public required RecordedPart Train { get; init; }

    /// <summary>The samples that tested; training never saw them.</summary>
    public required RecordedPart Test { get; init; }

    /// <summary>Those by which early stopping judged; null without it.</summary>
    public RecordedPart? Validation { get; init; }

    /// <summary>The fingerprint of the weights; see <see cref="Saving.Fingerprint"/>.</summary>
    public required string Weights { get; init; }

    /// <summary>The epoch whose weights were taken; null where it was the last.</summary>
    public int? BestEpoch { get; init; }

    /// <summary>What each epoch came to; <see cref="EpochResult.Test"/> is that of <see cref="Validation"/> where there is one. The times are 0.</summary>
    public IReadOnlyList<EpochResult> History { get; init; } = [];

    /// <summary>What was found wrong, see <see cref="TrainingHealth{T}"/>.</summary>
    public IReadOnlyList<TrainingWarning> Warnings { get; init; } = [];
}

/// <summary>A part of the data.</summary>
/// <param name="Samples">Their number.</param>
/// <param name="Fingerprint">Their fingerprint, as the network met them; see <see cref="Saving.Fingerprint"/>.</param>
public sealed record RecordedPart(int Samples, string Fingerprint);
