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

    [Theory]
    [InlineData(0.05, 6, "0.05")]
    [InlineData(0.561370121107989, 6, "0.561370")]
    [InlineData(0.561370121107989, 3, "0.561")]
    [InlineData(0.561370121107989, 15, "0.561370121107989")]
    [InlineData(0.30000000000000004, 6, "0.3")]
    [InlineData(0.30000000000000004, 17, "0.30000000000000004")]
    [InlineData(-0.00256630123, 6, "−0.00256630")]
    [InlineData(12345.678, 6, "12345.7")]
    [InlineData(1200, 2, "1200")]
    [InlineData(1234, 2, "1200")]
    [InlineData(999999.6, 6, "1.00000e6")]
    [InlineData(1000000, 6, "1e6")]
    [InlineData(0.00001234567, 6, "1.23457e-5")]
    [InlineData(0.0001, 1, "0.0001")]
    [InlineData(0, 6, "0")]
    [InlineData(double.NaN, 6, "NaN")]
    [InlineData(double.NegativeInfinity, 6, "−∞")]
    public void A_rounded_number_keeps_its_trailing_zeros_and_another_is_written_as_it_is(double number, int digits, string text) =>
        Assert.Equal(text, NumberText.Of(number, digits));

    [Fact]
    public void Single_precision_has_fewer_digits_of_its_own()
    {
        Assert.Equal("0.15", NumberText.Of(0.15f, 6));
        Assert.Equal("0.3", NumberText.Of(0.1f + 0.2f, 6));
        Assert.Equal("0.333333", NumberText.Of(1 / 3f, 6));
        Assert.Equal("(−0.333333)", NumberText.Operand(-1 / 3f, 6));
    }

    [Fact]
    public void Digits_are_1_to_17()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => NumberText.Of(1.0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => NumberText.Of(1.0, 18));
    }

    [Fact]
    public void A_negative_operand_stands_in_parentheses()
    {
        Assert.Equal("(−0.5)", NumberText.Operand(-0.5));
        Assert.Equal("0.5", NumberText.Operand(0.5f));
        Assert.Equal("0", NumberText.Operand(-0.0));
    }
}
