using System.Text;

namespace Backprop.Tabular.Tests;

public class TableTests
{
    [Fact]
    public void A_table_has_named_columns_and_rows()
    {
        var table = Text.Table("a,b\n1,x\n2,y\n");
        Assert.Equal("a: 1 2 | b: x y", Text.Cells(table));
        Assert.Equal(2, table.Rows);
        Assert.Equal("data.csv", table.Source);
    }

    [Fact]
    public void Quotes_hold_separators_quotes_and_line_breaks()
    {
        var table = Text.Table("\"a\",\"b,c\"\r\n1,\"x \"\"y\"\"\"\r\n2,\"p\r\nq\"\r\n3,z\r\n");
        Assert.Equal(["x \"y\"", "p\r\nq", "z"], table.Columns[1].Cells);
        Assert.Equal("b,c", table.Columns[1].Name);
        Assert.Equal([2, 3, 5], Enumerable.Range(0, 3).Select(table.LineOf));
    }

    [Fact]
    public void A_byte_order_mark_and_windows_line_ends_do_not_show()
    {
        byte[] bytes = [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes("größe,b\r\n1,2\r\n")];
        Assert.Equal("größe: 1 | b: 2", Text.Cells(Table.Read(new MemoryStream(bytes), "data.csv")));
    }

    [Fact]
    public void Spaces_around_cells_and_empty_lines_do_not_count()
    {
        var table = Text.Table("\na , \"b c\"\n\n 1, 2 \n");
        Assert.Equal("a: 1 | b c: 2", Text.Cells(table));
        Assert.Equal(4, table.LineOf(0));
    }

    [Theory]
    [InlineData("a;b\n1;2\n", "data.csv")]
    [InlineData("a\tb\n1\t2\n", "data.csv")]
    [InlineData("a|b\n1|2\n", "data.txt")]
    [InlineData("a\tb\n1\t2\n", "data.TSV")]
    [InlineData("\uFEFF\"a\"\t\"b\"\r\n\"1\"\t2\r\n", "data.tab")]
    [InlineData("\uFEFF\"a\";\"b\"\r\n\"1\";2\r\n", "data.csv")]
    public void The_separator_follows_from_the_text_and_the_name(string text, string source) =>
        Assert.Equal("a: 1 | b: 2", Text.Cells(Text.Table(text, source: source)));

    [Fact]
    public void Commas_in_a_tsv_file_are_text() =>
        Assert.Equal("a,b: 1,2 | c: 3", Text.Cells(Text.Table("a,b\tc\n1,2\t3\n", source: "data.tsv")));

    [Fact]
    public void A_file_may_have_spaces_and_any_letters_in_its_path()
    {
        string folder = Directory.CreateTempSubdirectory("Übungs daten ").FullName;
        try
        {
            string path = Path.Combine(folder, "größen 数.csv");
            File.WriteAllText(path, "a\n1\n");
            Assert.Equal("a: 1", Text.Cells(Table.Read(path)));
            Assert.Equal(path, Table.Read(path).Source);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "data.csv, row 3: 1 cell found; 2 needed, as in row 1")]
    [InlineData("a,b\n\n1,2,3\n", "data.csv, row 3: 3 cells found; 2 needed, as in row 1")]
    [InlineData("", "data.csv: the file is empty; a table with at least one row is needed")]
    [InlineData("\n \n", "data.csv: the file is empty; a table with at least one row is needed")]
    [InlineData("a,a\n1,2\n", "data.csv, row 1: columns 0 and 1 are both called 'a'; names that differ are needed")]
    public void What_is_no_table_is_refused(string text, string message) => Assert.Equal(message, Text.Refusal(text));

    [Theory]
    [InlineData("a,b\n1,2\n3,\"4\n5,6\n", 3)]
    [InlineData("a,b\n1,2\n3,4\"x\n", 3)]
    [InlineData("a,b\n1,\"2\"x\n3,4\n", 2)]
    public void A_wrong_quote_is_refused_with_its_row(string text, int row) => Assert.StartsWith($"data.csv, row {row}: a quote inside a cell", Text.Refusal(text));

    [Fact]
    public void A_header_alone_is_refused() =>
        Assert.Equal("data.csv: a header and no row; at least one row of data is needed", Text.Refusal("a,b\n", header: true));

    [Theory]
    [InlineData(new byte[] { 0x50, 0x4B, 0x00, 0x00, 0x0A })]
    [InlineData(new byte[] { 0x61, 0x2C, 0xE4, 0x0A })]
    public void Bytes_that_are_no_text_are_refused(byte[] bytes) =>
        Assert.Equal(
            "data.csv: bytes that are no UTF-8 text; a CSV or TSV file saved as UTF-8 is needed",
            Text.Refusal(() => Table.Read(new MemoryStream(bytes), "data.csv")));

    [Fact]
    public void Selected_rows_keep_their_lines_and_their_columns_kinds()
    {
        var table = Text.Table("a,b\n1,x\n2,y\n?,z\n");
        var part = table.Select(2, 0);
        Assert.Equal("a: ? 1 | b: z x", Text.Cells(part));
        Assert.Equal([4, 2], Enumerable.Range(0, 2).Select(part.LineOf));
        Assert.True(table.Select(2).Columns[0].HoldsNumbers);
        Assert.Same(part, part.Columns[1].Table);
        Assert.Equal("Table: row 3 is outside 0 … 2. (Parameter 'rows')", Assert.Throws<ArgumentOutOfRangeException>(() => table.Select(0, 3)).Message);
    }

    [Fact]
    public void A_column_is_found_by_name_then_by_position()
    {
        var table = Text.Table("1,a,b\n5,6,7\n", header: true);
        Assert.Equal(0, table.Column("1").Index);
        Assert.Equal(2, table.Column("2").Index);
        Assert.Equal(1, table.Column("a").Index);
    }

    [Fact]
    public void A_missing_column_is_answered_with_those_that_are_there()
    {
        Assert.Equal("data.csv: no column 'c'; there are a, b", Text.Refusal(() => Text.Table("a,b\n1,2\n").Column("c")));
        Assert.Equal("data.csv: no column '2'; there are a, b", Text.Refusal(() => Text.Table("a,b\n1,2\n").Column("2")));
        Assert.Equal(
            "data.csv: no column 'c'; there are the columns 0 to 1, for no header was found (--header yes says that there is one)",
            Text.Refusal(() => Text.Table("1,2\n3,4\n").Column("c")));
    }

    [Fact]
    public void Many_columns_are_not_all_listed()
    {
        string names = string.Join(",", Enumerable.Range(0, 20).Select(i => $"c{i}"));
        string message = Text.Refusal(() => Text.Table($"{names}\n{names.Replace("c", "", StringComparison.Ordinal)}\n").Column("x"));
        Assert.EndsWith("c10, c11 and 8 more", message, StringComparison.Ordinal);
    }
}
