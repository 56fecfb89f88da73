namespace Backprop.Lessons.Replays;

/// <summary>A published figure that is wrong, or that has more digits than its method settles, with the cause: a faulty variant gives it.</summary>
/// <param name="What">What it is, as the lesson calls it.</param>
/// <param name="Published">The figure, as it was printed.</param>
/// <param name="Right">What it should have been, with the digits that hold.</param>
/// <param name="Ours">What the engine computes.</param>
/// <param name="Cause">Why it differs.</param>
/// <param name="Variants">What the engine computes by the faulty variants, one or several.</param>
public sealed record Erratum(string What, PublishedNumber Published, PublishedNumber Right, double Ours, string Cause, IReadOnlyList<double> Variants)
{
    /// <summary>Whether ours is the right figure and not the published one, and a variant gives the published one or several enclose it.</summary>
    public bool IsExplained => Right.Agrees(Ours) && !Published.Agrees(Ours)
        && (Variants.Any(Published.Agrees) || (Variants.Min() < Published.Value && Published.Value < Variants.Max()));
}
