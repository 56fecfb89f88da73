using Backprop.Explaining;

namespace Backprop.Tests.Explaining;

public class ShownSumTests
{
    [Theory]
    [InlineData("0.5·0.3 + 0.1·(−0.5) + 0", 0.1, null)]
    [InlineData("1·(−0.00769891) + 2·0.0128315", 0.0179641, null)]
    [InlineData("0.333333 + 0.333333 + 0.333333", 1, "0.999999")]
    [InlineData("1 + (−0.999999)", 1.23456e-6, "1e-6")]
    [InlineData("0.1234568 + 0.0000001", 0.12345689, null)]
    [InlineData("0.3333334 + 0.6666667", 1, null)]
    [InlineData("0.2 − 0.1·(−0.5)", 0.25, null)]
    [InlineData("0.2 − 0.1·0.333333", 0.1666667, null)]
    [InlineData("−1.5e-7 + 2.5e-7", 1e-7, null)]
    [InlineData("0.5·(−0.4)", 7, null)]
    [InlineData("1 + 2 + … (4 more)", 12, null)]
    [InlineData("σ(0.52) + 1", 7, null)]
    [InlineData("½(1 − 0.5)² + 1", 7, null)]
    [InlineData("0.1 + (−0.1)", 0, null)]
    [InlineData("0.100001 + (−0.1)", 0, "1e-6")]
    public void Terms_as_shown_are_added_as_a_reader_adds_them(string numbers, double sum, string? other) =>
        Assert.Equal(other, ShownSum.Other(numbers, sum));

    [Fact]
    public void Fewer_digits_add_up_less_often()
    {
        Assert.Null(ShownSum.Other(["1.26", "1.26"], 2.52, 3));
        Assert.Equal("2.6", ShownSum.Other(["1.3", "1.3"], 2.52, 2));
    }
}
