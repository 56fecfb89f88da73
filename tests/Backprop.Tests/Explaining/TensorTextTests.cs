using Backprop.Explaining;
using Backprop.Tensors;

namespace Backprop.Tests.Explaining;

public class TensorTextTests
{
    private static string Text(Shape shape, params double[] values) => string.Join("|", TensorText.Lines<double>(shape, values));

    [Fact]
    public void Points_stand_below_each_other() =>
        Assert.Equal("[ 1.5   −22]|[−0.25    3]", Text([2, 2], 1.5, -22, -0.25, 3));

    [Fact]
    public void A_single_number_has_no_brackets() => Assert.Equal("0.5", Text([1, 1], 0.5));

    [Fact]
    public void A_short_column_lies_down() => Assert.Equal("[1  2]ᵀ", Text([2, 1], 1, 2));

    [Fact]
    public void An_empty_tensor_says_so() => Assert.Equal("[] empty [0, 3]", Text([0, 3]));

    [Fact]
    public void A_large_tensor_is_shown_by_corner_range_and_mean()
    {
        var lines = TensorText.Lines<double>([100, 50], [.. Enumerable.Range(0, 5000).Select(i => (double)i)]);
        Assert.Equal(7, lines.Count);
        Assert.Equal("[  0    1    2    3    4    5  …]", lines[0]);
        Assert.Equal("… [100, 50]: 0 … 4999, mean 2499.5", lines[^1]);
    }

    [Fact]
    public void The_range_is_written_as_the_entries_are()
    {
        var lines = TensorText.Lines<double>([1, 20], [.. Enumerable.Range(0, 20).Select(i => i == 3 ? -0.7135600001 : 0)], 80, value => NumberText.Of(value, 6));
        Assert.StartsWith("… [1, 20]: −0.713560 … 0, mean −0.0356780", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_row_of_a_small_tensor_goes_on_on_the_next_line()
    {
        double[] values = [.. Enumerable.Range(0, 20).Select(i => i + 0.123456)];
        Assert.Equal(
            [
                "[ 0.123456   1.12346   2.12346   3.12346   4.12346",
                "  5.12346   6.12346   7.12346   8.12346   9.12346]",
                "[10.1235    11.1235   12.1235   13.1235   14.1235",
                " 15.1235   16.1235   17.1235   18.1235   19.1235 ]",
            ],
            TensorText.Lines<double>([2, 10], values, 65));
        // What fits stays on one line; more columns are a large tensor's.
        Assert.Single(TensorText.Lines<double>([1, 10], [.. Enumerable.Range(0, 10).Select(i => (double)i)], 65));
        Assert.Contains("…", TensorText.Lines<double>([2, 13], [.. Enumerable.Range(0, 26).Select(i => i + 0.123456)], 65)[0], StringComparison.Ordinal);
        // One column always stands, however narrow the line.
        Assert.Equal(["[1.5", " 2.5]"], TensorText.Lines<double>([2], [1.5, 2.5], 3));
    }

    [Fact]
    public void Blocks_of_more_than_two_axes_stand_apart() => Assert.Equal("[1  2]|[3  4]||[5  6]|[7  8]", Text([2, 2, 2], 1, 2, 3, 4, 5, 6, 7, 8));
}
