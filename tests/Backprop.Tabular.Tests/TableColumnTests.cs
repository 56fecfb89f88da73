namespace Backprop.Tabular.Tests;

public class TableColumnTests
{
    private static TableColumn Column(params string[] cells) => Text.Table($"c,i\n{string.Concat(cells.Select(cell => $"{cell},0\n"))}", header: true).Columns[0];

    [Theory]
    [InlineData("1", 1)]
    [InlineData("-2.5e-3", -0.0025)]
    [InlineData("+.5", 0.5)]
    [InlineData("\" 7 \"", 7)]
    public void Numbers_are_written_with_a_point_and_an_exponent(string cell, double number) => Assert.Equal([number], Column(cell).Numbers);

    [Theory]
    [InlineData("1.000.5")]
    [InlineData("\"1,5\"")]
    [InlineData("\"1,000\"")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e39")]
    [InlineData("5 cm")]
    public void What_looks_otherwise_is_text(string cell) => Assert.False(Column(cell).HoldsNumbers);

    [Fact]
    public void A_column_is_of_numbers_when_more_than_half_of_its_cells_are()
    {
        Assert.True(Column("1", "2", "x").HoldsNumbers);
        Assert.False(Column("1", "x").HoldsNumbers);
        Assert.True(Column("1", "", "").HoldsNumbers);
        Assert.False(Column("", "").HoldsNumbers);
        Assert.True(Column("1", "NA", "?", "nan", "N/A", "Null").HoldsNumbers);
    }

    [Fact]
    public void A_text_or_an_empty_cell_among_numbers_is_refused()
    {
        Assert.Equal("data.csv, row 3: '5 cm' in column 'c'; a number is needed", Text.Refusal(() => Column("1", "5 cm", "3").Numbers));
        Assert.Equal("data.csv, row 3: 'NA' in column 'c'; a number is needed", Text.Refusal(() => Column("1", "NA", "3").Numbers));
        Assert.Equal("data.csv, row 3: an empty cell in column 'c'; a number is needed", Text.Refusal(() => Column("1", "", "3").Numbers));
        Assert.Equal("data.csv, row 3: an empty cell in column 'c'; a value is needed", Text.Refusal(() => Column("x", "", "y").Texts));
    }

    [Fact]
    public void A_missing_value_is_an_empty_cell_or_among_numbers_a_word_that_says_so()
    {
        var numbers = Column("1", "", "NA", "?", "2");
        Assert.Equal([false, true, true, true, false], Enumerable.Range(0, 5).Select(numbers.IsMissing));
        Assert.Equal(2, numbers.Filled);
        var texts = Column("x", "", "NA", "?");
        Assert.Equal([false, true, false, false], Enumerable.Range(0, 4).Select(texts.IsMissing));
        Assert.Equal(3, texts.Filled);
        Assert.Equal(0, Column("NA", "", "?").Filled);
    }

    [Theory]
    [InlineData("\"1,5\"")]
    [InlineData("\"-1.000,5\"")]
    [InlineData("\"1,000\"")]
    public void A_comma_in_a_number_is_answered_with_what_is_needed(string cell) => Assert.Equal(
        $"data.csv, row 2: '{cell.Trim('"')}' in column 'c'; a number with a decimal point and without separators of thousands is needed, as in 1234.5",
        Text.Refusal(() => Column(cell, "1", "2").Numbers));

    [Fact]
    public void Without_a_header_a_column_is_called_by_its_position() =>
        Assert.Equal(
            "data.csv, row 2: 'x' in column 1; a number is needed",
            Text.Refusal(() => Text.Table("0,1\n0,x\n0,3\n").Columns[1].Numbers));

    [Fact]
    public void A_long_cell_is_cut_in_messages() =>
        Assert.Equal($"data.csv, row 2: '{new string('x', 39)}…' in column 'c'; a number is needed", Text.Refusal(() => Column(new string('x', 80), "1", "2").Numbers));
}
