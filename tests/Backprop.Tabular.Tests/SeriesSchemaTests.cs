using Backprop.Data;

namespace Backprop.Tabular.Tests;

public class SeriesSchemaTests
{
    private const string Weather = "day,year,rain,place,sun\n2020-01-01,2020.5,3,A,1.5\n2020-01-02,2021.5,0,B,2.5\n2020-01-03,2022.25,4,A,0.5\n";

    private static SeriesSchema Of(string text, string target = "sun", params string[] ignored)
    {
        var table = Text.Table(text);
        return SeriesSchema.Of(table.Column(target), 2, 1, [.. ignored.Select(table.Column)]);
    }

    private static string[] Names(SeriesSchema schema) => [.. schema.Columns.Select(column => column.Name)];

    [Fact]
    public void Columns_of_numbers_are_read_and_the_target_is_one_of_them()
    {
        var schema = Of(Weather);
        Assert.Equal(["rain", "sun"], Names(schema));
        Assert.Equal(1, schema.Target);
        Assert.Equal(new SeriesColumn("sun", 4), schema.TargetColumn);
        Assert.Equal([3, 1.5, 0, 2.5, 4, 0.5], schema.Values(Text.Table(Weather)));
    }

    [Theory]
    [InlineData("day", "text")]
    [InlineData("place", "text")]
    [InlineData("year", "it rises with every row, as a date does")]
    [InlineData("rain", null)]
    public void What_is_not_read_has_a_reason(string column, string? reason) =>
        Assert.Equal(reason, SeriesSchema.WhyNotRead(Text.Table(Weather).Column(column)));

    [Fact]
    public void An_empty_column_is_not_read() =>
        Assert.Equal("empty", SeriesSchema.WhyNotRead(Text.Table("a,b\n1,\n2,\n").Column("b")));

    [Fact]
    public void A_target_that_rises_with_every_row_is_read() =>
        Assert.Equal(["rain", "year"], Names(Of(Weather, "year", "sun")).Order(StringComparer.Ordinal));

    [Fact]
    public void Columns_are_found_by_name_wherever_they_stand() =>
        Assert.Equal([7, 8, 9, 10], Of(Weather).Values(Text.Table("sun,rain\n8,7\n10,9\n")));

    [Fact]
    public void Without_a_header_columns_are_found_by_position()
    {
        var schema = Of("a,1,5\nb,0,6\nc,2,4\n", "2");
        Assert.False(schema.HasHeader);
        Assert.Equal([1, 5, 3, 4], schema.Values(Text.Table("a,1,5\nb,3,4\n")));
        Assert.EndsWith(": 2 columns found; 3 needed as in training", Assert.Throws<DataException>(() => schema.Values(Text.Table("1,5\n3,4\n"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_column_is_named() =>
        Assert.EndsWith(": no column 'rain', which the model needs; there are sun", Assert.Throws<DataException>(() => Of(Weather).Values(Text.Table("sun\n8\n"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a,t\n1,5\n0,\n2,4\n", "row 3: an empty cell in column 't'; every row of a time series needs a number; fill the gap, or leave the column out")]
    [InlineData("a,t\n1,5\n,6\n2,4\n", "row 3: an empty cell in column 'a'; every row of a time series needs a number; fill the gap, or leave the column out")]
    [InlineData("a,t\n1,5\n0,6\n2,x\n", "row 4: 'x' in column 't'; a number is needed")]
    public void A_gap_is_refused_by_its_line(string text, string said) =>
        Assert.EndsWith(said, Assert.Throws<DataException>(() => Of(text, "t")).Message, StringComparison.Ordinal);

    [Fact]
    public void Written_and_read_it_is_the_same()
    {
        var schema = Of(Weather);
        string text = SeriesSchemaJson.Write(schema);
        var back = SeriesSchemaJson.Read(text, "model");
        Assert.Equal(schema.Columns, back.Columns);
        Assert.Equal(schema with { Columns = [] }, back with { Columns = [] });
        Assert.Equal(text, SeriesSchemaJson.Write(back));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[")]
    [InlineData("""{"columns":[{"name":"a","index":0}],"target":1,"window":2,"horizon":1,"hasHeader":true,"columnCount":1}""")]
    [InlineData("""{"columns":[{"name":"a","index":3}],"target":0,"window":2,"horizon":1,"hasHeader":true,"columnCount":1}""")]
    [InlineData("""{"columns":[{"name":"a","index":0}],"target":0,"window":0,"horizon":1,"hasHeader":true,"columnCount":1}""")]
    public void A_damaged_text_is_refused(string text) =>
        Assert.StartsWith("model: its description of the time series ", Assert.Throws<DataException>(() => SeriesSchemaJson.Read(text, "model")).Message, StringComparison.Ordinal);
}
