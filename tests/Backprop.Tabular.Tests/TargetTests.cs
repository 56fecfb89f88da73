namespace Backprop.Tabular.Tests;

public class TargetTests
{
    private static Target Of(IEnumerable<string> cells, TaskKind? asked = null) =>
        Target.Of(Text.Table($"t,i\n{string.Concat(cells.Select(cell => $"{cell},0\n"))}", header: true).Columns[0], asked);

    private static IEnumerable<string> Twice(int count) => Enumerable.Range(0, 2 * count).Select(i => $"{i / 2}");

    [Fact]
    public void Text_means_classification()
    {
        var target = Of(["b", "a", "b"]);
        Assert.Equal(TaskKind.Classification, target.Task);
        Assert.Equal("column 't' holds text", target.Reason);
    }

    [Fact]
    public void Twenty_different_whole_numbers_in_two_rows_each_mean_classification()
    {
        var target = Of(Twice(20));
        Assert.Equal(TaskKind.Classification, target.Task);
        Assert.Equal("column 't' holds 20 different whole numbers, each in at least two rows", target.Reason);
    }

    [Fact]
    public void Twenty_one_mean_regression()
    {
        var target = Of(Twice(21));
        Assert.Equal(TaskKind.Regression, target.Task);
        Assert.Equal("column 't' holds 21 different whole numbers, more than 20", target.Reason);
    }

    [Fact]
    public void A_whole_number_that_stands_alone_means_regression()
    {
        var target = Of(["1", "1", "2"]);
        Assert.Equal(TaskKind.Regression, target.Task);
        Assert.Equal("the 2 in column 't' stands in one row only", target.Reason);
    }

    [Fact]
    public void A_fraction_means_regression()
    {
        var target = Of(["1", "1", "0.5", "0.5"]);
        Assert.Equal(TaskKind.Regression, target.Task);
        Assert.Equal("column 't' holds numbers that are not whole", target.Reason);
    }

    [Fact]
    public void A_number_is_written_with_a_point_under_every_culture() =>
        Assert.Equal(
            "data.csv: column 't' has one class only, '1.5'; at least two are needed",
            Backprop.Tests.TestCulture.UnderComma(() => Text.Refusal(() => Of(["1.5", "1.50"], TaskKind.Classification))));

    [Fact]
    public void What_is_asked_for_overrides_the_rule()
    {
        Assert.Equal(TaskKind.Regression, Of(["1", "1", "2", "2"], TaskKind.Regression).Task);
        Assert.Equal(["0.5", "1"], Of(["1", "0.5"], TaskKind.Classification).Classes);
        Assert.Equal("it was said so", Of(["1", "2"], TaskKind.Classification).Reason);
    }

    [Fact]
    public void Classes_are_sorted_by_character_codes() =>
        Assert.Equal(["10", "2", "B", "a", "b", "ä"], Of(["ä", "b", "2", "a", "B", "10", "b"]).Classes);

    [Fact]
    public void Numbers_written_in_several_ways_are_one_class() =>
        Assert.Equal(["0", "1"], Of(["1", "1.0", "1e0", "0", "-0"]).Classes);

    [Theory]
    [InlineData(new[] { "a", "a" }, null, "data.csv: column 't' has one class only, 'a'; at least two are needed")]
    [InlineData(new[] { "a", "" }, null, "data.csv, row 3: an empty cell in column 't'; a value is needed")]
    [InlineData(new[] { "1", "2", "?" }, null, "data.csv, row 4: '?' in column 't'; a number is needed")]
    [InlineData(new[] { "a", "b" }, TaskKind.Regression, "data.csv, row 2: 'a' in column 't'; a number is needed")]
    public void What_cannot_be_predicted_is_refused(string[] cells, TaskKind? asked, string message) =>
        Assert.Equal(message, Text.Refusal(() => Of(cells, asked)));
}
