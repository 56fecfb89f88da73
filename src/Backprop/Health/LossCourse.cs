namespace Backprop.Health;

/// <summary>The losses of a training so far, and what they say apart from their noise.</summary>
/// <param name="Train">The training part's, epoch by epoch.</param>
/// <param name="Test">The other part's; empty where there is none.</param>
/// <param name="Planned">The epochs that there will be in all.</param>
/// <param name="Steps">The steps taken.</param>
/// <param name="First">The loss of the very first batch; NaN where it is not known.</param>
/// <param name="OfClasses">Whether classes are told apart.</param>
internal sealed record LossCourse(IReadOnlyList<double> Train, IReadOnlyList<double> Test, int Planned, long Steps, double First, bool OfClasses)
{
    private const int Recent = 3;

    /// <summary>Whether there are enough epochs and steps to say that nothing happens.</summary>
    public bool IsLongEnough => Train.Count >= Math.Max(HealthLimits.Epochs, Planned / 5) && Steps >= HealthLimits.Steps;

    /// <summary>The mean loss of the first epochs, and of the last.</summary>
    public (double Begin, double Now) Ends
    {
        get
        {
            int part = Math.Clamp(Train.Count / 4, 1, 10);
            return (Train.Take(part).Average(), Train.TakeLast(part).Average());
        }
    }

    /// <summary>Whether the loss lies below its beginning, by more than its noise.</summary>
    public bool HasFallen
    {
        get
        {
            var (begin, now) = Ends;
            int part = Math.Clamp(Train.Count / 4, 1, 10);
            double noise = Math.Sqrt(2 * Variance(Train) / part);
            // Most of it may have happened within the first epoch.
            return now < begin - Math.Max(HealthLimits.Fallen * Math.Abs(begin), 2 * noise) || now < First - 0.2 * Math.Abs(First);
        }
    }

    /// <summary>How much the loss of the training part has risen from its best: where it has lost half of what it had won, for some epochs.</summary>
    public (double Best, double Now)? Rise => RiseOf(Train, HealthLimits.Lost);

    /// <summary>The same of the other part, while the loss of the training part has gone on falling. Where classes are told apart, it must have lost all that it
    /// had won: a cross entropy rises by a few samples of which the network is wrongly sure, while it still tells as many apart as before.</summary>
    public (double Best, double Now)? TestRise
    {
        get
        {
            if (Test.Count != Train.Count || Test.Count == 0 || RiseOf(Test, OfClasses ? 1 : HealthLimits.Lost) is not { } rise) return null;
            int best = Test.Index().MinBy(pair => pair.Item).Index;
            return Train.TakeLast(Recent).Average() < 0.9 * Train[best] ? rise : null;
        }
    }

    private (double Best, double Now)? RiseOf(IReadOnlyList<double> losses, double lost)
    {
        if (losses.Count < Recent + 1) return null;
        double best = losses.Min(), now = losses.TakeLast(Recent).Average(), lowest = losses.TakeLast(Recent).Min();
        double begin = double.IsNaN(First) ? losses[0] : Math.Max(First, losses[0]), won = Math.Max(begin - best, 0.1 * Math.Abs(best));
        return lowest - best > lost * won && lowest > best + 2 * Math.Sqrt(Variance(losses.Take(losses.Count - Recent))) ? (best, now) : null;
    }

    /// <summary>Half the mean square of the difference of neighbours: noise, apart from a slow trend.</summary>
    private static double Variance(IEnumerable<double> losses)
    {
        double[] all = [.. losses];
        double sum = 0;
        for (int i = 1; i < all.Length; i++) sum += (all[i] - all[i - 1]) * (all[i] - all[i - 1]);
        return all.Length > 1 ? sum / (all.Length - 1) / 2 : 0;
    }
}
