using Backprop.Data;
using Backprop.Lessons.Comparison;
using Backprop.Tensors;
using static Backprop.Nn<float>;

namespace Backprop.Lessons.Tests.Comparison;

public class ComparisonResultTests
{
    [Fact]
    public void Mean_and_spread_are_those_of_the_seeds()
    {
        var result = Result(1000, [0.90, 0.92, 0.94], [0.9, 0.9, 0.9], [0.9, 0.9, 0.9]);
        Assert.Equal(0.92, result.Families[0].Mean, 1e-15);
        // √((0.02² + 0 + 0.02²) / 2)
        Assert.Equal(0.02, result.Families[0].Spread, 1e-15);
        Assert.Equal(0, result.Families[1].Spread);
    }

    [Fact]
    public void Spreads_that_overlap_are_not_told_apart()
    {
        var pairs = Result(100_000, [0.80, 0.90], [0.91, 0.93], [0.99, 0.99]).Pairs;
        Assert.Equal(["RNN CNN True", "RNN ANN True", "CNN ANN False"], pairs.Select(Said));
    }

    [Fact]
    public void A_small_test_part_tells_less_apart()
    {
        // 0.92 and 0.95 without a spread: the standard error of the difference is √((0.92·0.08 + 0.95·0.05) / n).
        double[] low = [0.92, 0.92], high = [0.95, 0.95];
        var small = Result(100, low, high, [0.5, 0.5]).Pairs[0];
        Assert.Equal("CNN ANN False", Said(small));
        Assert.Equal(Math.Sqrt((0.92 * 0.08 + 0.95 * 0.05) / 100), small.StandardError, 1e-15);
        Assert.Equal("CNN ANN True", Said(Result(10_000, low, high, [0.5, 0.5]).Pairs[0]));
    }

    [Fact]
    public void The_commonest_class_of_the_training_part_is_the_baseline()
    {
        var data = new ComparisonData("", Classes(0, 1, 1), Classes(0, 0), Classes(1, 0, 0, 0, 1));
        Assert.Equal(0.4, data.Baseline());
        // The mean of 1 and 3 is 2; the errors are −1 and 3.
        var numbers = new ComparisonData("", Numbers(1, 3), Numbers(0), Numbers(1, 5), TargetScale: 2);
        Assert.Equal(2 * Math.Sqrt(5), numbers.Baseline(), 1e-12);
    }

    [Fact]
    public void Sentences_claim_no_more_than_the_figures()
    {
        string apart = string.Join('\n', ComparisonTable.Conclusions(Result(100_000, [0.80, 0.80], [0.97, 0.97], [0.96, 1.00])));
        Assert.Contains(
            "For this data: RNN ahead of ANN; CNN ahead of ANN.\nNot to be told apart for this data, within chance: RNN and CNN.\n", apart, StringComparison.Ordinal);
        Assert.Contains("no family is best everywhere", apart, StringComparison.Ordinal);
        string equal = string.Join('\n', ComparisonTable.Conclusions(Result(100, [0.8, 0.8], [0.8, 0.8], [0.8, 0.8])));
        Assert.DoesNotContain("ahead", equal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_at_the_edge_is_said_where_it_is_better_than_all_others()
    {
        RateResult slow = new(0.001, 0.8, 1), middle = new(0.004, 0.9, 1), fast = new(0.016, 0.9, 2), best = new(0.016, 0.95, 2);
        var one = Result(10, [0.5, 0.5], [0.5, 0.5], [0.5, 0.5]).Families[0];
        Assert.False((one with { Rates = [slow, middle, fast], LearningRate = 0.004 }).IsRateAtEdge);
        Assert.False((one with { Rates = [slow, middle, fast], LearningRate = 0.016 }).IsRateAtEdge);
        Assert.True((one with { Rates = [slow, middle, best], LearningRate = 0.016 }).IsRateAtEdge);
    }

    private static string Said(ComparisonPair pair) => $"{pair.Better.Family.Name} {pair.Other.Family.Name} {pair.AreToldApart}";

    private static ComparisonResult Result(int tests, params double[][] scores)
    {
        var data = new ComparisonData("made up", Classes(0, 1), Classes(0, 1), Classes(new int[tests]));
        var families = ComparedFamily.All([4], 2).Zip(scores, (family, one) => new FamilyResult(family, 3, 10, 8, 8, 0.01, [new(0.01, 0.5, 1)], one, 1));
        return new ComparisonResult(data, new(), [.. families]);
    }

    private static DataSet<float> Classes(params int[] classes) => new(Zeros([classes.Length, 4]), new Indices([classes.Length], classes), ["a", "b"]);

    private static DataSet<float> Numbers(params float[] numbers) => new(Zeros([numbers.Length, 4]), Tensor([numbers.Length, 1], numbers));
}
