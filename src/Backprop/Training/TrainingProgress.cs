namespace Backprop.Training;

/// <summary>How far training is, for a bar or a line; at most ten of them come in a second.</summary>
/// <param name="Epoch">The epoch that runs, counted from 1.</param>
/// <param name="LastEpoch">The epoch that this call ends with.</param>
/// <param name="Batch">The batches done in this epoch.</param>
/// <param name="Batches">The batches of an epoch.</param>
/// <param name="Loss">The mean loss of this epoch's samples so far.</param>
/// <param name="Elapsed">The time since this call began.</param>
/// <param name="Fraction">The share of this call's batches that is done, 0 to 1.</param>
public sealed record TrainingProgress(int Epoch, int LastEpoch, int Batch, int Batches, double Loss, TimeSpan Elapsed, double Fraction)
{
    /// <summary>The time left if every batch takes as long as those so far did on average.</summary>
    public TimeSpan Remaining => Elapsed * ((1 - Fraction) / Fraction);
}
