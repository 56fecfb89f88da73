namespace Backprop.Lessons.Comparison;

/// <summary>What a learning rate came to.</summary>
/// <param name="LearningRate">The learning rate.</param>
/// <param name="Validation">The mean figure of all seeds on the validation part; null where a training diverged.</param>
/// <param name="ValidationLoss">The mean loss beside it: it decides between rates whose figures are equal.</param>
public sealed record RateResult(double LearningRate, double? Validation, double? ValidationLoss);

/// <summary>What one family came to.</summary>
/// <param name="Family">The family.</param>
/// <param name="Width">The width that gives it as many parameters as the others.</param>
/// <param name="Parameters">The numbers that it learns.</param>
/// <param name="Weights">Those among them that are multiplied: all but the biases.</param>
/// <param name="MultiplyAdds">The multiply-adds of one prediction.</param>
/// <param name="LearningRate">The learning rate that the validation part chose.</param>
/// <param name="Rates">All that were tried.</param>
/// <param name="Scores">The figure on the test part for each seed, trained with the chosen rate.</param>
/// <param name="Seconds">The median time of one training.</param>
public sealed record FamilyResult(
    ComparedFamily Family, int Width, long Parameters, long Weights, long MultiplyAdds, double LearningRate, IReadOnlyList<RateResult> Rates,
    IReadOnlyList<double> Scores, double Seconds)
{
    /// <summary>How often a weight is used for one prediction, on average.</summary>
    public double UsesPerWeight => (double)MultiplyAdds / Weights;

    /// <summary>The mean figure of all seeds.</summary>
    public double Mean => Scores.Average();

    /// <summary>The standard deviation of the seeds' figures, √(Σ(s − mean)² / (n − 1)).</summary>
    public double Spread => Math.Sqrt(Scores.Sum(score => (score - Mean) * (score - Mean)) / (Scores.Count - 1));

    /// <summary>Whether the chosen learning rate is the smallest or the largest that was tried, and better than all others: one beyond
    /// might be better still.</summary>
    public bool IsRateAtEdge
    {
        get
        {
            var chosen = Rates.First(rate => rate.LearningRate == LearningRate);
            bool isOutermost = LearningRate == Rates.Min(rate => rate.LearningRate) || LearningRate == Rates.Max(rate => rate.LearningRate);
            return Rates.Count > 1 && isOutermost && Rates.Count(rate => rate.Validation == chosen.Validation) == 1;
        }
    }
}
