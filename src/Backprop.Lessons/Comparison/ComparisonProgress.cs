namespace Backprop.Lessons.Comparison;

/// <summary>How far a comparison is.</summary>
/// <param name="Family">The family that trains.</param>
/// <param name="LearningRate">Its learning rate.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Fraction">The share of all multiply-adds that is done, 0 to 1.</param>
/// <param name="Elapsed">The time since the comparison began.</param>
public sealed record ComparisonProgress(string Family, double LearningRate, int Seed, double Fraction, TimeSpan Elapsed)
{
    /// <summary>Once all seeds of this family and learning rate are trained: what they came to on the validation part.</summary>
    public RateResult? Tried { get; init; }

    /// <summary>The time left if every multiply-add takes as long as those so far did on average.</summary>
    public TimeSpan Remaining => Fraction > 0 ? Elapsed * ((1 - Fraction) / Fraction) : TimeSpan.Zero;
}
