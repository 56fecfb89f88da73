using Backprop.Cli.Data;
using Backprop.Data;
using Backprop.Pictures;
using Backprop.Tabular;

namespace Backprop.Cli.Train;

/// <summary>The networks that the command line knows.</summary>
internal enum ModelKind
{
    Mlp,
    Lenet,
    Rnn,
    Lstm,
    Gru,
}

/// <summary>What the user asked <c>backprop train</c> for; null where a default depends on the data.</summary>
internal sealed record TrainSettings
{
    public required string Data { get; init; }
    public string? Target { get; init; }
    public TaskKind? Task { get; init; }
    public bool? Header { get; init; }
    public IReadOnlyList<string> Ignore { get; init; } = [];
    public int? Window { get; init; }
    public int? Horizon { get; init; }
    public int? Samples { get; init; }
    public double? Noise { get; init; }
    public IReadOnlyList<string> Embed { get; init; } = [];
    public MissingPolicy Missing { get; init; }
    public UnknownPolicy? Unknown { get; init; }
    public ScaleKind Scale { get; init; }
    public TextUnit? Unit { get; init; }
    public int? Length { get; init; }
    public int? Vocabulary { get; init; }
    public (int Height, int Width)? Size { get; init; }
    public PictureColour? Colour { get; init; }
    public AugmentWords? Augment { get; init; }
    public string? Inputs { get; init; }
    public string? Targets { get; init; }
    public LayoutKind? Layout { get; init; }
    public ModelKind? Model { get; init; }

    /// <summary>A network file, one that lies in the tool, or a saved model, in the place of <see cref="Model"/>.</summary>
    public string? Network { get; init; }

    /// <summary>The SHA-256 of what <see cref="Network"/> named when training began, where it is resumed.</summary>
    public string? NetworkIdentity { get; init; }
    public int[]? Hidden { get; init; }
    public int? Epochs { get; init; }
    public int? Batch { get; init; }
    public double? LearningRate { get; init; }
    public OptimizerKind? Optimizer { get; init; }

    /// <summary>What else was said of the optimizer, by the names of the options.</summary>
    public IReadOnlyDictionary<string, double> OptimizerSettings { get; init; } = new Dictionary<string, double>();
    public ScheduleWords? Schedule { get; init; }
    public string? Loss { get; init; }
    public string? ClassWeights { get; init; }
    public int Seed { get; init; }
    public double? Holdout { get; init; }
    public required int Threads { get; init; }
    public int? Patience { get; init; }
    public string? Checkpoint { get; init; }
    public CheckpointInterval Every { get; init; } = new(1, Optimizers.Period.Epoch);
    public int Keep { get; init; } = 3;
    public bool Resume { get; init; }

    /// <summary>The names of the options that were given on the command line.</summary>
    public IReadOnlyList<string> Given { get; init; } = [];
    public bool Profile { get; init; }
    public string? Save { get; init; }
    public string? Log { get; init; }
    public bool Force { get; init; }
    public bool Json { get; init; }
}
