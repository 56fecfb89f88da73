using Backprop.Data;
using Backprop.Lessons.Comparison;
using Backprop.Tensors;
using static Backprop.Nn<float>;

namespace Backprop.Lessons.Tests.Comparison;

public class FamilyComparisonTests
{
    private static readonly ComparisonOptions Small = new() { Parameters = 1500, Epochs = 4, Seeds = 2, LearningRates = [0.0001, 0.01] };

    private static ComparisonData Digits(long seed = 1) => ComparisonData.Digits(seed, train: 400, validation: 100, test: 100);

    [Fact]
    public void Each_family_learns_with_the_rate_that_the_validation_part_prefers()
    {
        var result = Compare(Digits(), Small);
        Assert.Equal(["ANN", "CNN", "RNN"], result.Families.Select(one => one.Family.Name));
        foreach (var family in result.Families)
        {
            Assert.Equal(0.01, family.LearningRate);
            Assert.Equal(family.Rates.Max(rate => rate.Validation), family.Rates[1].Validation);
            Assert.Equal(2, family.Scores.Count);
            Assert.InRange(family.Mean, 2 * result.Data.Baseline(), 1);
            Assert.InRange(family.Seconds, 1e-6, 60);
            Assert.True(family.IsRateAtEdge);
        }
        Assert.InRange(result.ParameterSpan, 0, 0.1);
    }

    [Fact]
    public void Uses_per_weight_are_multiply_adds_for_each_number_that_is_multiplied()
    {
        var families = Compare(Digits(), Small with { Epochs = 1 }).Families;
        Assert.Equal(1, families[0].UsesPerWeight);
        int filters = families[1].Width, units = families[2].Width;
        Assert.Equal(16 * 16 * 9 * filters + 8 * 8 * 9 * filters * 2 * filters + 2 * filters * 16 * 10, families[1].MultiplyAdds);
        Assert.Equal(9 * filters + 9 * filters * 2 * filters + 2 * filters * 16 * 10, families[1].Weights);
        Assert.Equal(16 * 4 * units * (16 + units) + units * 10, families[2].MultiplyAdds);
        Assert.Equal(4 * units * (16 + units) + units * 10, families[2].Weights);
    }

    [Fact]
    public void The_same_seed_gives_the_same_figures_with_any_number_of_threads_and_another_seed_others()
    {
        var options = Small with { Epochs = 2 };
        string first = Figures(Compare(Digits(), options));
        Assert.Equal(first, Figures(Compare(Digits(), options with { Threads = 3 })));
        Assert.NotEqual(first, Figures(Compare(Digits(), options with { Seed = 3 })));
        Assert.NotEqual(first, Figures(Compare(Digits(2), options)));

        static string Figures(ComparisonResult result) => string.Join('\n', result.Families.Select(one =>
            $"{one.Width} {one.LearningRate} {string.Join(' ', one.Rates)} {string.Join(' ', one.Scores)}"));
    }

    [Fact]
    public void The_test_part_has_no_say_in_any_choice()
    {
        var data = Digits();
        var wrong = new DataSet<float>(data.Test.Inputs, new Indices([data.Test.Count], new int[data.Test.Count]), data.Test.ClassNames);
        var options = Small with { Epochs = 2 };
        ComparisonResult right = Compare(data, options), other = Compare(data with { Test = wrong }, options);
        Assert.Equal(right.Families.SelectMany(one => one.Rates), other.Families.SelectMany(one => one.Rates));
        Assert.Equal(right.Families.Select(one => one.LearningRate), other.Families.Select(one => one.LearningRate));
        Assert.NotEqual(right.Families.SelectMany(one => one.Scores), other.Families.SelectMany(one => one.Scores));
    }

    [Fact]
    public void Numbers_are_learnt_as_well_and_figures_are_in_the_unit_of_the_target()
    {
        var data = Lines() with { TargetScale = 10 };
        var options = Small with { Parameters = 300, Epochs = 30, LearningRates = [0.01] };
        var result = Compare(data, options);
        Assert.InRange(data.Baseline(), 5, 20);
        Assert.All(result.Families, one => Assert.InRange(one.Mean, 0, 0.5 * data.Baseline()));
        Assert.Equal(
            Compare(data with { TargetScale = 1 }, options).Families.Select(one => 10 * one.Scores[0]), result.Families.Select(one => one.Scores[0]));
        Assert.Equal(result.Families.Min(one => one.Mean), result.Pairs[0].Better.Mean);
    }

    [Fact]
    public void A_learning_rate_that_diverges_is_not_chosen()
    {
        var result = Compare(Digits(), Small with { Epochs = 1, LearningRates = [0.01, 1e38] });
        var dense = result.Families[0];
        Assert.Equal((0.01, null), (dense.LearningRate, dense.Rates[1].Validation));
        Assert.Contains("diverged with every learning rate", Assert.Throws<NotFiniteNumberException>(
            () => Compare(Digits(), Small with { Epochs = 1, LearningRates = [1e38] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_rises_to_the_end_and_tells_what_each_rate_came_to()
    {
        var heard = new Heard();
        var result = Compare(Digits(), Small with { Epochs = 1 }, heard);
        Assert.Equal(heard.All.Select(one => one.Fraction).Order(), heard.All.Select(one => one.Fraction));
        Assert.Equal(1, heard.All[^1].Fraction, 1e-9);
        Assert.Equal(
            result.Families.SelectMany(one => one.Rates).ToHashSet(), heard.All.Where(one => one.Tried is not null).Select(one => one.Tried!).ToHashSet());
    }

    [Fact]
    public void It_can_be_cancelled() =>
        Assert.ThrowsAny<OperationCanceledException>(() => FamilyComparison.Run(Digits(), Small, cancellation: new CancellationToken(canceled: true)));

    [Fact]
    public void One_seed_has_no_spread_and_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Compare(Digits(), Small with { Seeds = 1 }));

    private static ComparisonResult Compare(ComparisonData data, ComparisonOptions options, IProgress<ComparisonProgress>? progress = null) =>
        FamilyComparison.Run(data, options, progress, TestContext.Current.CancellationToken);

    /// <summary>Four numbers, their sum to predict.</summary>
    private static ComparisonData Lines()
    {
        DataSet<float> Rows(int count, int first) => new(
            Tensor([count, 4], [.. Enumerable.Range(4 * first, 4 * count).Select(i => Number(i))]),
            Tensor([count, 1], [.. Enumerable.Range(first, count).Select(row => Enumerable.Range(4 * row, 4).Sum(i => Number(i)))]));
        return new ComparisonData("sums", Rows(200, 0), Rows(50, 200), Rows(50, 250));

        static float Number(int i) => (float)Math.Sin(i * i);
    }

    private sealed class Heard : IProgress<ComparisonProgress>
    {
        public List<ComparisonProgress> All { get; } = [];

        public void Report(ComparisonProgress value) => All.Add(value);
    }
}
