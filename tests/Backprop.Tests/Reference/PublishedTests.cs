using Xunit.Sdk;

namespace Backprop.Tests.Reference;

public class PublishedTests
{
    [Theory]
    [InlineData("0.5", 0.5499999)]
    [InlineData("-0.038098236", -0.0380982361)]
    [InlineData("3.5084786e-05", 3.50847864e-05)]
    [InlineData("12", 12.4)]
    public void A_number_that_rounds_to_the_printed_digits_is_the_same(string printed, double actual) => Published.Same(printed, actual);

    [Theory]
    [InlineData("0.5", 0.5500001)]
    [InlineData("0.291027924", 0.29102777369359933)]
    [InlineData("3.5084786e-05", 3.5101878e-05)]
    [InlineData("12", double.NaN)]
    public void Another_number_is_not(string printed, double actual) => Assert.Throws<FailException>(() => Published.Same(printed, actual));
}
