using Backprop.Lessons.Worksheets;

namespace Backprop.Lessons.Tests.Worksheets;

public sealed class TypedNumberTests
{
    [Theory]
    [InlineData("0.38", 0.38, 0.01)]
    [InlineData("0,38", 0.38, 0.01)]
    [InlineData(" −0.3750 ", -0.375, 0.0001)]
    [InlineData("-12", -12, 1)]
    [InlineData("+.5", 0.5, 0.1)]
    [InlineData("3.", 3, 1)]
    [InlineData("1.50e-3", 0.0015, 1e-5)]
    [InlineData("2E3", 2000, 1000)]
    public void A_number_is_read_with_its_last_digit(string text, double value, double unit)
    {
        var number = TypedNumber.Parse(text)!;
        Assert.Equal(value, number.Value);
        Assert.Equal(unit, number.Unit, unit * 1e-12);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("1.234,5")]
    [InlineData("1 000")]
    [InlineData("0x1F")]
    [InlineData("NaN")]
    [InlineData("1e999")]
    [InlineData("1/3")]
    public void What_is_no_number_is_none(string text) => Assert.Null(TypedNumber.Parse(text));

    [Theory]
    [InlineData("0.38", 0.3751, true)]
    [InlineData("0.38", 0.3849, true)]
    [InlineData("0.38", 0.3851, false)]
    [InlineData("0.3775", 0.3775, true)]
    [InlineData("0.3775", 0.37756, false)]
    [InlineData("12", 12.4, true)]
    [InlineData("0", 0.0004, false)]
    [InlineData("0", 0, true)]
    [InlineData("2", 2.4, false)]
    [InlineData("0.30000000000000004", 0.3, true)]
    [InlineData("4.4e-4", 0.000438568, true)]
    public void It_stands_for_what_rounds_to_it(string text, double number, bool stands) => Assert.Equal(stands, TypedNumber.Parse(text)!.Stands(number));

    [Theory]
    [InlineData("0.3776", true)]
    [InlineData("0.3774", true)]
    [InlineData("0.3777", false)]
    [InlineData("0.38", false)]
    public void One_unit_of_the_last_digit_asked_is_allowed(string text, bool right) => Assert.Equal(right, TypedNumber.Parse(text)!.IsWithin(0.3775, 4));
}
