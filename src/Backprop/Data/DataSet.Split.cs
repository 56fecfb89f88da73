using Backprop.Randomness;
using Backprop.Tensors;

namespace Backprop.Data;

// Hold-out: a part of the samples that training never sees.
public sealed partial class DataSet<T>
{
    /// <summary>Draws a training part and a test part; what <see cref="SplitRows"/> draws, as data sets.</summary>
    /// <inheritdoc cref="SplitRows"/>
    public (DataSet<T> Train, DataSet<T> Test) Split(double holdout, Random random)
    {
        var (train, test) = SplitRows(holdout, random);
        return (Select(train), Select(test));
    }

    /// <summary>Parts the samples in their own order: the first ones train, the last ones test, as a forecast is judged by what comes later.</summary>
    /// <param name="holdout">The share of the test part, above 0 and below 1; it gets the nearest whole number of samples, at least one and not all.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not above 0 and below 1.</exception>
    /// <exception cref="InvalidOperationException">There are fewer than two samples.</exception>
    public (DataSet<T> Train, DataSet<T> Test) SplitInOrder(double holdout)
    {
        int train = Count - Held(holdout);
        int[] rows = [.. Enumerable.Range(0, Count)];
        return (Select(rows.AsSpan(0, train)), Select(rows.AsSpan(train)));
    }

    /// <summary>Draws the rows of a training part and of a test part.</summary>
    /// <param name="holdout">The share of the test part, above 0 and below 1; the test part gets the nearest whole number of samples, at least one
    /// and not all; fewer where the classes cannot give so many.</param>
    /// <param name="random">Draws the rows.</param>
    /// <remarks>With one class per sample the draw is stratified: every class gives its share, rounded so that the total is right (largest
    /// remainders), and keeps at least one sample in the training part; what a small class cannot give the others give in its place, as far as they can.
    /// Within each part the rows keep the order of the data.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The share is not above 0 and below 1.</exception>
    /// <exception cref="InvalidOperationException">There are fewer than two samples, or each class has only one.</exception>
    public (int[] Train, int[] Test) SplitRows(double holdout, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        int wanted = Held(holdout);
        int[][] groups = Targets is Indices { Shape.Rank: 1 } classes ? GroupByClass(classes) : [[.. Enumerable.Range(0, Count)]];
        if (groups.Length == Count)
            throw new InvalidOperationException(
                $"Split: each of the {Count} classes has a single sample and keeps it to train on, so none is left to test on; a class with two samples or more is needed.");
        int[] shares = Shares(groups, wanted);
        var inTest = new bool[Count];
        for (int g = 0; g < groups.Length; g++)
        {
            random.Permute<int>(groups[g]);
            foreach (int row in groups[g].AsSpan(0, shares[g])) inTest[row] = true;
        }
        return ([.. Enumerable.Range(0, Count).Where(row => !inTest[row])], [.. Enumerable.Range(0, Count).Where(row => inTest[row])]);
    }

    /// <summary>How many samples a share comes to.</summary>
    private int Held(double holdout)
    {
        if (!(holdout > 0 && holdout < 1))
            throw new ArgumentOutOfRangeException(
                nameof(holdout), FormattableString.Invariant($"Split: the share {holdout} came; it lies above 0 and below 1, 0.2 suits most data."));
        if (Count < 2) throw new InvalidOperationException($"Split: there are {Count} samples, at least 2 are needed.");
        return Math.Clamp((int)Math.Round(Count * holdout, MidpointRounding.AwayFromZero), 1, Count - 1);
    }

    private int[][] GroupByClass(Indices classes)
    {
        var groups = new List<int>[ClassCount];
        for (int c = 0; c < groups.Length; c++) groups[c] = [];
        for (int row = 0; row < Count; row++) groups[classes.Values[row]].Add(row);
        return [.. groups.Where(group => group.Count > 0).Select(group => group.ToArray())];
    }

    /// <summary>How many samples each group gives, so that all together give <paramref name="wanted"/> or as many as they can while each keeps one.</summary>
    private int[] Shares(int[][] groups, int wanted)
    {
        int[] shares = [.. groups.Select((_, g) => (int)Exact(g))];
        int missing = Math.Min(wanted, Count - groups.Length) - shares.Sum();
        while (missing > 0)
        {
            int[] givers = [.. Enumerable.Range(0, groups.Length).Where(CanGive).OrderByDescending(Lacks).Take(missing)];
            foreach (int g in givers) shares[g]++;
            missing -= givers.Length;
        }
        return shares;

        double Exact(int g) => (double)groups[g].Length * wanted / Count;

        double Lacks(int g) => Exact(g) - shares[g];

        bool CanGive(int g) => shares[g] < groups[g].Length - 1;
    }
}
