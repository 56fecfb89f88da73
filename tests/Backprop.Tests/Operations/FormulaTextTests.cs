using Backprop.Operations;

namespace Backprop.Tests.Operations;

public class FormulaTextTests
{
    [Theory]
    [InlineData("tanh({0})", "-2", "tanh(-2)")]
    [InlineData("tanh({0})", "(−2)", "tanh(−2)")]
    [InlineData("|{0}|", "(−2)", "|−2|")]
    [InlineData("{0}²", "−2", "(−2)²")]
    [InlineData("({0})²", "−2", "(−2)²")]
    [InlineData("{0} + 1", "−2", "−2 + 1")]
    [InlineData("1 − {0}", "−2", "1 − (−2)")]
    [InlineData("1 − {0}", "2", "1 − 2")]
    [InlineData("{0} if {0} > 0", "−2", "−2 if (−2) > 0")]
    public void A_negative_number_stands_in_brackets_where_its_sign_could_be_misread(string formula, string number, string expected) =>
        Assert.Equal(expected, formula.WithNumber("{0}", number));

    [Theory]
    [InlineData("1 − {y}²", "(1 − {y}²)")]
    [InlineData("{y}(1 − {y})", "{y}(1 − {y})")]
    [InlineData("−{y}/{1}", "(−{y}/{1})")]
    [InlineData("1/{1}", "1/{1}")]
    public void A_sum_stands_in_brackets_as_a_factor(string formula, string expected) => Assert.Equal(expected, formula.AsFactor());

    [Theory]
    [InlineData(0.01, "0.01")]
    [InlineData(-2, "−2")]
    [InlineData(double.NegativeInfinity, "−∞")]
    public void Constants_are_written_short(double number, string expected) => Assert.Equal(expected, FormulaText.Of(number));
}
