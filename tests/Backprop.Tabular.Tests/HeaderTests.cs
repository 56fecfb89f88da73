namespace Backprop.Tabular.Tests;

public class HeaderTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", true)]
    [InlineData("a,b\n1,x\n2,y\n", true)]
    [InlineData("x,b\nx,y\n", false)]
    [InlineData("1,2\n3,4\n", false)]
    [InlineData("1,b\n2,3\n", true)]
    [InlineData("a,b\nx,1\ny,no\n", false)]
    [InlineData("a,b\nx,1\ny,NA\n", true)]
    [InlineData("a,b\n,\n1,\n", true)]
    [InlineData(",x\n1,y\n", false)]
    [InlineData("a,b\n", false)]
    [InlineData("NaN,1\n2,3\n", false)]
    public void A_text_above_numbers_makes_a_header(string text, bool expected) => Assert.Equal(expected, Text.Table(text).HasHeader);

    [Fact]
    public void The_reason_is_said()
    {
        Assert.Equal("'width' stands above numbers", Text.Table("kind,width\nx,1\n").Header.Reason);
        Assert.Equal("no text in the first row stands above numbers", Text.Table("1,2\n3,4\n").Header.Reason);
        Assert.Equal("it was said so", Text.Table("1,2\n3,4\n", header: true).Header.Reason);
    }

    [Fact]
    public void What_is_said_overrides_the_rule()
    {
        Assert.Equal("1: 3 | 2: 4", Text.Cells(Text.Table("1,2\n3,4\n", header: true)));
        Assert.Equal("0: a 1 | 1: b 2", Text.Cells(Text.Table("a,b\n1,2\n", header: false)));
    }

    [Fact]
    public void A_column_without_a_name_is_called_by_its_position() =>
        Assert.Equal("0: 1 | b: 2", Text.Cells(Text.Table(",b\n1,2\n")));
}
