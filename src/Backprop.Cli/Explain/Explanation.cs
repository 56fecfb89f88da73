using System.Numerics;
using Backprop.Cli.Explain.Drawing;
using Backprop.Cli.Explain.Page;
using Backprop.Explaining;
using Backprop.Saving;
using Backprop.Tensors;

namespace Backprop.Cli.Explain;

/// <summary>A training step as it was read.</summary>
/// <param name="Number">Its number, counted from 1.</param>
/// <param name="Loss">The loss before the update.</param>
/// <param name="DataLoss">The same without the penalty.</param>
/// <param name="Steps">Forward, loss and backward.</param>
/// <param name="Changes">The update.</param>
/// <param name="Legend">What the symbols stand for.</param>
/// <param name="Whys">The gradients that are taken apart; where there are some, nothing else of the step is shown.</param>
internal sealed record ExplainedStep<T>(
    int Number, T Loss, T DataLoss, IReadOnlyList<ReadStep<T>> Steps, IReadOnlyList<ReadChange<T>> Changes,
    IReadOnlyList<(string Symbol, string Meaning, Shape Shape)> Legend, IReadOnlyList<ExplainedWhy<T>> Whys) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>What flows back through time; null where nothing that is shown is recurrent.</summary>
    public ExplainedTime<T>? ThroughTime { get; init; }

    /// <summary>The numbers that a page can take apart; null where no page is written.</summary>
    public StepAnatomies<T>? Anatomies { get; init; }

    /// <summary>How many numbers it shows.</summary>
    public long Numbers => Steps.Sum(step => (long)step.Values.Count)
        + Changes.Sum(change => (2L + change.Quantities.Count) * change.Before.Count);
}

/// <summary>What flows back through time in a step.</summary>
/// <param name="Networks">The recurrent networks that are shown.</param>
/// <param name="Truncate">After how many time steps the truncated gradients are cut.</param>
/// <param name="CutInTraining">After how many training cuts them; null where it does not.</param>
internal sealed record ExplainedTime<T>(IReadOnlyList<NetworkThroughTime<T>> Networks, int? Truncate, int? CutInTraining)
    where T : unmanaged, IFloatingPointIeee754<T>;

/// <summary>The steps that were run, and those of them that are shown.</summary>
/// <param name="Network">The network, after the last step.</param>
/// <param name="Shown">The steps that are shown, in order.</param>
/// <param name="Losses">The loss before each update, over the batch of that step.</param>
/// <param name="FinalLoss">The loss after the last update, over the batch that comes next.</param>
/// <param name="Picture">The network in the first step that is shown, for a picture; null where none is.</param>
internal sealed record Explanation<T>(
    NetworkFile<T> Network, IReadOnlyList<ExplainedStep<T>> Shown, IReadOnlyList<T> Losses, T FinalLoss, NetworkSnapshot<T>? Picture) where T : unmanaged, IFloatingPointIeee754<T>;
