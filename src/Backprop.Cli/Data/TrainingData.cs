using Backprop.Data;
using Backprop.Tabular;

namespace Backprop.Cli.Data;

/// <summary>What a network is trained and tested on, ready for it, and what was fitted to make it so.</summary>
/// <param name="Train">The part that trains.</param>
/// <param name="Test">The part that tests; training never sees it.</param>
/// <param name="Task">Classification or regression.</param>
/// <param name="Form">What the axes of a sample mean.</param>
internal sealed record TrainingData(DataSet<float> Train, DataSet<float> Test, TaskKind Task, DataForm Form)
{
    /// <summary>The part by which early stopping judges; null where it was not asked for.</summary>
    public DataSet<float>? Validation { get; init; }

    /// <summary>Whether each sample stands for itself although time goes on within it, so that a part may be drawn instead of taken from the end.</summary>
    public bool Independent { get; init; }

    /// <summary>Where the samples of the test part come from; null where each is called by its place in it.</summary>
    public SampleOrigins? TestOrigins { get; init; }

    /// <summary>What happened to the inputs, fitted to the part that trains.</summary>
    public IReadOnlyList<Transform> InputTransforms { get; init; } = [];

    /// <summary>What happened to the numbers to predict; nothing for classes.</summary>
    public IReadOnlyList<Transform> TargetTransforms { get; init; } = [];

    /// <summary>The columns of the inputs that hold tokens, whose vectors are to be learnt.</summary>
    public IReadOnlyList<EmbeddedColumn> Embedded { get; init; } = [];

    /// <summary>One unit of the network's output in the unit of the target.</summary>
    public double TargetScale { get; init; } = 1;

    /// <summary>What is known of a text; null for other data.</summary>
    public TextFacts? Text { get; init; }

    /// <summary>How pictures are changed anew each time that training meets them; null where they are not.</summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>What a saved model has to say so that later data become samples in the same way.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();
}
