using Backprop.Explaining;

namespace Backprop.Tests.Explaining;

public class NumberTextTests
{
    [Theory]
    [InlineData(0.162434536, "0.162435")]
    [InlineData(-0.0611756, "−0.0611756")]
    [InlineData(0, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(1, "1")]
    [InlineData(12345.678, "12345.7")]
    [InlineData(999999.4, "999999")]
    [InlineData(999999.6, "1e6")]
    [InlineData(1234567, "1.23457e6")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00009999994, "9.99999e-5")]
    [InlineData(-1.5e-7, "−1.5e-7")]
    [InlineData(1e-300, "1e-300")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "∞")]
    [InlineData(double.NegativeInfinity, "−∞")]
    public void Six_digits_and_exponents_only_for_the_very_small_and_large(double number, string text) => Assert.Equal(text, NumberText.Of(number));

    [Fact]
    public void A_negative_operand_stands_in_parentheses()
    {
        Assert.Equal("(−0.5)", NumberText.Operand(-0.5));
        Assert.Equal("0.5", NumberText.Operand(0.5f));
        Assert.Equal("0", NumberText.Operand(-0.0));
    }
}
