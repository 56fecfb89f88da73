using Backprop.Lessons.Comparison;
using Backprop.Randomness;
using Backprop.Tensors;

namespace Backprop.Lessons.Tests.Comparison;

public class MatchedWidthsTests
{
    public static TheoryData<int[], int, long> Samples => new()
    {
        { [1, 16, 16], 10, 7000 }, { [1, 16, 16], 10, 2000 }, { [1, 28, 28], 10, 20_000 }, { [3, 32, 32], 10, 50_000 }, { [1, 5, 40], 3, 3000 },
        { [4], 3, 1000 }, { [4], 3, 300 }, { [30], 1, 1000 }, { [100], 2, 5000 },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void Numbers_of_parameters_lie_within_10_percent_of_each_other_and_near_the_wished_one(int[] sample, int outputs, long wished)
    {
        var families = ComparedFamily.All(new Shape(sample), outputs);
        var widths = MatchedWidths.Find(families, wished);
        long[] counts = [.. families.Zip(widths, (family, width) => family.Create(width, new SeededRandom(1)).Parameters.Elements)];
        Assert.Equal(counts, families.Zip(widths, (family, width) => family.Parameters(width)));
        Assert.InRange(counts.Max(), counts.Min(), 1.1 * counts.Min());
        Assert.All(counts, count => Assert.InRange(count, wished / 1.25, 1.25 * wished));
    }

    [Fact]
    public void Parameters_are_those_of_the_formulas()
    {
        var families = ComparedFamily.All([1, 16, 16], 10);
        Assert.Equal(256 * 27 + 27 + 27 * 10 + 10, families[0].Parameters(27));
        Assert.Equal(9 * 13 + 13 + 9 * 13 * 26 + 26 + 26 * 4 * 4 * 10 + 10, families[1].Parameters(13));
        Assert.Equal(4 * 34 * (16 + 34 + 1) + 34 * 10 + 10, families[2].Parameters(34));
    }

    [Fact]
    public void Too_few_parameters_are_refused_with_how_many_are_needed() =>
        Assert.Equal(
            "100 parameters came; the narrowest ANN for this data has 277, so more are needed",
            Assert.Throws<ArgumentException>(() => MatchedWidths.Find(ComparedFamily.All([1, 16, 16], 10), 100)).Message);

    [Fact]
    public void Counts_that_cannot_meet_are_refused() =>
        Assert.Contains(
            "near them no widths give ANN, CNN, RNN numbers of parameters within 10 % of each other",
            Assert.Throws<ArgumentException>(() => MatchedWidths.Find(ComparedFamily.All([4], 3), 26)).Message, StringComparison.Ordinal);

    [Fact]
    public void Large_samples_get_as_many_parameters_as_eight_hidden_units_need()
    {
        Assert.Equal(7000, MatchedWidths.Usual(ComparedFamily.All([1, 16, 16], 10), 7000));
        Assert.Equal(3 * 64 * 64 * 8 + 8 + 8 * 10 + 10, MatchedWidths.Usual(ComparedFamily.All([3, 64, 64], 10), 7000));
    }
}
