using System.Globalization;
using System.Text.RegularExpressions;
using Backprop.Explaining;
using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

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
        string[] lines = Text([7, 7], Wide, Detail.Results).Split('\n');
        Assert.Equal(Indent + "[−123.457  −123.457  −123.457  −123.457  −123.457  −123.457  …]", lines[1]);
        Assert.Equal(Indent + "… [7, 7]: −123.457 … −123.457, mean −123.457", lines[7]);
        // A small matrix has all of them, on two lines each.
        Assert.Equal([Indent + "[−123.457  −123.457  −123.457  −123.457", Indent + " −123.457  −123.457  −123.457]"], Text([2, 7], Wide, Detail.Results).Split('\n')[1..3]);
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

    [Fact]
    public void Remarks_say_where_shown_terms_do_not_add_up_and_how_many_entries_there_are()
    {
        var x = Tensor([1, 3], 1, 1, 1);
        var w = Parameter([3, 2], 1.0 / 3, 0.5, 1.0 / 3, 0.25, 1.0 / 3, 0.25);
        using var tape = Record([w], x);
        _ = x.MatMul(w);
        var reader = TapeReader<double>.Attach(tape, new() { Number = value => NumberText.Operand(value, 3) });
        string text = TapeText.Of(reader.Steps, 3);
        Assert.Contains("= 1·0.333 + 1·0.333 + 1·0.333 = 1\n               rounded for display only: the terms as shown add up to 0.999\n", text, StringComparison.Ordinal);
        Assert.EndsWith("               1 of 2 entries worked out", text, StringComparison.Ordinal);
        Assert.DoesNotContain("add up", TapeText.Of(reader.Steps), StringComparison.Ordinal);
        var all = TapeReader<double>.Attach(tape, new() { Entries = 2 }).Steps;
        Assert.False(Assert.Single(all).IsExcerpt);
        Assert.Empty(TapeText.Remarks(all[0], all[0].Worked[1], 6));
    }
}
