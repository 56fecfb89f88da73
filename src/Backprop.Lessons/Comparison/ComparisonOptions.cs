namespace Backprop.Lessons.Comparison;

/// <summary>How a comparison is made.</summary>
public sealed record ComparisonOptions
{
    /// <summary>About how many parameters each network has, 1 or more; null takes 7,000 for pictures and 1,000 for rows of a table, or as
    /// many as eight
    /// hidden units need.</summary>
    public long? Parameters { get; init; }

    /// <summary>Passes over the training part, 1 or more; null takes as many as show 60,000 samples, 3 to 100.</summary>
    public int? Epochs { get; init; }

    /// <summary>Samples per step, 1 or more.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The learning rates of Adam that each family may choose from.</summary>
    public IReadOnlyList<double> LearningRates { get; init; } = [0.001, 0.004, 0.016];

    /// <summary>How many times each network is trained with each learning rate, 2 or more: other weights and another order of samples each
    /// time.</summary>
    public int Seeds { get; init; } = 3;

    /// <summary>The first seed; the others follow it.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads that training may use; the figures are the same for every number.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The passes over so many samples.</summary>
    public int EpochsFor(int samples) => Epochs ?? (int)Math.Clamp(Math.Round(60_000.0 / samples), 3, 100);
}
