using System.Globalization;
using System.Text.RegularExpressions;
using Backprop.Explaining;
using Backprop.Tensors;

namespace Backprop.Tests.Explaining;

public partial class TapeTextTests
{
    private const double Wide = -123.456789;

    private static readonly string Indent = new(' ', 15);

    private static string Text(Shape shape, double value, Detail detail, string numbers = "1") => TapeText.Of<double>(
        [new ReadStep<double>(Phase.Forward, "z1", "x·W1 + b1", "[0]", numbers, value, shape, [.. Enumerable.Repeat(value, shape.Elements)])], detail);

    [Theory]
    [InlineData(0.5)]
    [InlineData(Wide)]
    [InlineData(-1.23456e-300)]
    public void Every_number_is_whole_whatever_the_shape(double value)
    {
        string whole = NumberText.Of(value);
        foreach (int rows in (int[])[1, 2, 7, 12, 13])
            for (int columns = 1; columns <= 12; columns++)
                foreach (string line in Text([rows, columns], value, Detail.Results).Split('\n'))
                {
                    Assert.True(line.Length <= 80, line);
                    Assert.DoesNotMatch("[^ ]…", line);
                    if (line.StartsWith(Indent + "[", StringComparison.Ordinal))
                        Assert.All(Number().Matches(line), number => Assert.Equal(whole, number.Value));
                }
    }

    [Fact]
    public void Columns_that_do_not_fit_are_summed_up()
    {
        string[] lines = Text([2, 7], Wide, Detail.Results).Split('\n');
        Assert.Equal(Indent + "[−123.457  −123.457  −123.457  −123.457  −123.457  −123.457  …]", lines[1]);
        Assert.Equal(Indent + "… [2, 7]: −123.457 … −123.457, mean −123.457", lines[3]);
    }

    [Theory]
    [InlineData("·")]
    [InlineData(" · ")]
    [InlineData(", ")]
    [InlineData(" + ")]
    public void A_long_line_goes_on_in_the_next_one_and_loses_no_number(string separator)
    {
        string numbers = string.Join(separator, Enumerable.Range(0, 30).Select(i => (i + 0.12345).ToString(CultureInfo.InvariantCulture)));
        string text = Text([1], 0.5, Detail.Both, numbers);
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Assert.Contains(Squeezed(numbers), Squeezed(text), StringComparison.Ordinal);
    }

    private static string Squeezed(string text) => Space().Replace(text, "");

    [GeneratedRegex(@"−?\d[\d.]*(e-?\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
