namespace Backprop.Lessons.Comparison;

/// <summary>What a comparison came to: figures for this data, and which of them can be told apart.</summary>
/// <param name="Data">What was learnt.</param>
/// <param name="Options">How.</param>
/// <param name="Families">What each family came to, in the order ANN, CNN, RNN.</param>
public sealed record ComparisonResult(ComparisonData Data, ComparisonOptions Options, IReadOnlyList<FamilyResult> Families)
{
    /// <summary>The passes over the training part.</summary>
    public int Epochs => Options.EpochsFor(Data.Train.Count);

    /// <summary>By how much the largest number of parameters exceeds the smallest: 0.1 is 10 %.</summary>
    public double ParameterSpan =>
        Families.Max(family => family.Parameters) / (double)Families.Min(family => family.Parameters) - 1;

    /// <summary>Every two families, the better mean first.</summary>
    public IReadOnlyList<ComparisonPair> Pairs
    {
        get
        {
            FamilyResult[] ranked = [.. Families.OrderBy(family => Data.IsClassification ? -family.Mean : family.Mean)];
            return [.. ranked.SelectMany((better, i) => ranked[(i + 1)..].Select(other => Pair(better, other)))];
        }
    }

    /// <summary>Two families are told apart where mean ± spread of the one lies outside that of the other, and the difference exceeds
    /// twice its
    /// standard error: the chance of the seeds, and that of a test part of n samples, p(1 − p)/n for an accuracy p and r²/(2n) for a root
    /// r of
    /// normally distributed errors.</summary>
    private ComparisonPair Pair(FamilyResult better, FamilyResult other)
    {
        double difference = Math.Abs(better.Mean - other.Mean);
        double error = Math.Sqrt(Variance(better) + Variance(other));
        return new(better, other, error, difference > better.Spread + other.Spread && difference > 2 * error);

        double Variance(FamilyResult family) => family.Spread * family.Spread / family.Scores.Count
            + family.Mean * (Data.IsClassification ? 1 - family.Mean : family.Mean / 2) / Data.Test.Count;
    }
}

/// <summary>Two families beside each other.</summary>
/// <param name="Better">The one with the better mean.</param>
/// <param name="Other">The other one.</param>
/// <param name="StandardError">The standard error of the difference of their means.</param>
/// <param name="AreToldApart">Whether the difference is more than chance on this data.</param>
public sealed record ComparisonPair(FamilyResult Better, FamilyResult Other, double StandardError, bool AreToldApart);
