using Backprop.Lessons.Replays;

namespace Backprop.Lessons.Tests.Replays;

public sealed class PublishedNumberTests
{
    [Theory]
    [InlineData("0.5", 0.45)]
    [InlineData("0.5", 0.5499999)]
    [InlineData("0.50", 0.4951)]
    [InlineData("1e-3", 0.0005)]
    [InlineData("1e-3", 0.0014999)]
    [InlineData("-0.038098236", -0.0380982361)]
    [InlineData("3.5084786e-05", 3.50847864e-05)]
    [InlineData("3.5084786E-05", 3.50847856e-05)]
    [InlineData("24.70408163265306", 24.70408163265306)]
    [InlineData("24.70408163265306", 24.704081632653057)]
    [InlineData("12", 12.4)]
    [InlineData("12e3", 12_499)]
    [InlineData("0", 0.5)]
    [InlineData("-.20", -0.1966)]
    public void A_number_within_half_a_unit_of_the_last_digit_agrees(string printed, double ours) => Assert.True(new PublishedNumber(printed).Agrees(ours));

    [Theory]
    [InlineData("0.5", 0.5500001)]
    [InlineData("0.50", 0.4949999)]
    [InlineData("1e-3", 0.0004999)]
    [InlineData("1e-3", 0.0015001)]
    [InlineData("0.291027924", 0.29102777369359933)]
    [InlineData("3.5084786e-05", 3.5101878e-05)]
    [InlineData("24.70408163265306", 24.704081632653068)]
    [InlineData("24.70408163265306", -24.70408163265306)]
    [InlineData("12", 12.6)]
    [InlineData("12e3", 12_501)]
    [InlineData("12", double.NaN)]
    [InlineData("12", double.PositiveInfinity)]
    public void Another_number_does_not(string printed, double ours) => Assert.False(new PublishedNumber(printed).Agrees(ours));

    /// <summary>0.15 as a double is a little below 0.15 and 0.25 is a quarter: only an exact comparison tells the sides of half a unit.</summary>
    [Fact]
    public void Half_a_unit_is_taken_exactly()
    {
        Assert.True(new PublishedNumber("0.2").Agrees(0.25));
        Assert.False(new PublishedNumber("0.2").Agrees(Math.BitIncrement(0.25)));
        Assert.False(new PublishedNumber("0.2").Agrees(0.15));
        Assert.True(new PublishedNumber("0.2").Agrees(Math.BitIncrement(0.15)));
        Assert.True(new PublishedNumber("1e-300").Agrees(1.4e-300));
        Assert.True(new PublishedNumber("0").Agrees(double.Epsilon));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("1,5")]
    [InlineData("1e")]
    [InlineData("NaN")]
    [InlineData("1e-999")]
    public void What_is_no_printed_number_is_refused(string text) => Assert.Throws<FormatException>(() => new PublishedNumber(text));
}
