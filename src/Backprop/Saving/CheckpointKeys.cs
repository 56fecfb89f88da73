namespace Backprop.Saving;

/// <summary>The keys and the prefixes of names in a checkpoint.</summary>
internal static class CheckpointKeys
{
    public const string Network = "network", Optimizer = "optimizer", Schedule = "schedule", Random = "random", Masks = "masks", Frozen = "frozen",
        Training = "training";

    /// <summary>Before the paths of parameters, of what the optimizer remembers (its name and a stroke follow), and the names of what a trainer adds.</summary>
    public const string InModel = "model/", InOptimizer = "optimizer/", InTraining = "training/";

    /// <summary>The metadata's keys that are the format's own.</summary>
    public static readonly IReadOnlyList<string> Own =
        [SavedFormat.Key, Network, Optimizer, Schedule, Random, Masks, Frozen, Training, SafetensorsFile.ChecksumKey];
}
