using Backprop.Optimizers;
using Backprop.Saving;

namespace Backprop.Training;

/// <summary>Where and how often a trainer writes down all that it would go on from.</summary>
/// <remarks>A checkpoint is also written before the first step, after the last, and when training is cancelled: whatever happens to the process at any moment,
/// the folder holds one that loads.</remarks>
public sealed class Checkpoints
{
    /// <summary>Names the folder; it is made when training begins.</summary>
    /// <param name="folder">The folder, of one training alone.</param>
    /// <param name="every">After how many epochs (or steps) one is written, 1 or more.</param>
    /// <param name="per">What is counted.</param>
    /// <param name="keep">How many of the last ones are kept, 1 or more; 3 outlasts a disk that damages one.</param>
    /// <exception cref="ArgumentException">The folder has no name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public Checkpoints(string folder, int every = 1, Period per = Period.Epoch, int keep = 3)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        (Folder, Every, Per, Keep) = (new CheckpointFolder(folder), every, per, keep);
    }

    /// <summary>The folder.</summary>
    public CheckpointFolder Folder { get; }

    /// <summary>After how many epochs or steps one is written.</summary>
    public int Every { get; }

    /// <summary>What is counted.</summary>
    public Period Per { get; }

    /// <summary>How many of the last ones are kept.</summary>
    public int Keep { get; }

    /// <summary>Texts that stand in each checkpoint, by keys of the program's own: what it needs to make the same training again.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether one is due after an epoch, or after a step within one.</summary>
    internal bool AreDue(Period after, int epochs, long steps) => Per == Period.Epoch ? after == Period.Epoch && epochs % Every == 0 : steps % Every == 0;
}
