namespace Backprop.Tabular.Tests;

public class MissingTests
{
    private const string Trees = "height,kind,class\n10,oak,old\n?,fir,young\n8,,old\n3,elm,young\nNA,oak,old\n20,fir,\n";

    private static readonly Table Table = Text.Table(Trees);

    private static TableRules Rules(MissingPolicy policy, params string[] ignored) => new() { Missing = policy, Ignored = ignored };

    private static TableSchema Schema(TableRules rules, params int[] train)
    {
        var table = Table.Select(rules.CompleteRows(Table.Column("class")));
        return TableSchema.Of(Target.Of(table.Column("class")), rules, train.Length > 0 ? table.Select(train) : null);
    }

    [Fact]
    public void Rows_with_a_missing_value_are_left_out_under_drop()
    {
        Assert.Equal([0, 3], Rules(MissingPolicy.Drop).CompleteRows(Table.Column("class")));
        Assert.Equal([0, 2, 3], Rules(MissingPolicy.Drop, "kind").CompleteRows(Table.Column("class")).Where(row => row < 5 && row != 1 && row != 4));
        Assert.Equal([0, 1, 2, 3, 4], Rules(MissingPolicy.Drop, "kind", "height").CompleteRows(Table.Column("class")));
    }

    [Fact]
    public void Only_a_missing_target_leaves_a_row_out_under_fill() =>
        Assert.Equal([0, 1, 2, 3, 4], Rules(MissingPolicy.Fill).CompleteRows(Table.Column("class")));

    [Fact]
    public void The_first_missing_value_of_the_file_is_refused_or_every_row_stays()
    {
        Assert.StartsWith("data.csv, row 3: '?' in column 'height'; a number is needed", Text.Refusal(() => Rules(MissingPolicy.Refuse).CompleteRows(Table.Column("class"))));
        Assert.StartsWith("data.csv, row 4: an empty cell in column 'kind'; a value is needed", Text.Refusal(() => Rules(MissingPolicy.Refuse, "height").CompleteRows(Table.Column("class"))));
        Assert.Equal(
            "data.csv, row 7: an empty cell in column 'class'; a value is needed; train with --missing drop, which leaves such rows out",
            Text.Refusal(() => Rules(MissingPolicy.Refuse, "height", "kind").CompleteRows(Table.Column("class"))));
        Assert.Equal([0, 1], Rules(MissingPolicy.Refuse).CompleteRows(Table.Select(0, 3).Column("class")));
    }

    [Fact]
    public void A_table_with_a_gap_in_every_row_is_refused()
    {
        var table = Text.Table("a,b,t\n1,,5\n,2,6\n", header: true);
        Assert.Equal(
            "data.csv: every row has a missing value, so none is left; --missing fill keeps them, --ignore leaves a column out",
            Text.Refusal(() => Rules(MissingPolicy.Drop).CompleteRows(table.Column("t"))));
        Assert.Equal(
            "data.csv: column 't' has no value in any row; a target in some rows is needed",
            Text.Refusal(() => Rules(MissingPolicy.Fill).CompleteRows(Text.Table("a,t\n1,\n2,\n", header: true).Column("t"))));
    }

    [Fact]
    public void Numbers_are_filled_by_the_median_and_texts_by_a_value_of_their_own()
    {
        var schema = Schema(Rules(MissingPolicy.Fill));
        Assert.Equal(["height", "kind=(missing)", "kind=elm", "kind=fir", "kind=oak"], schema.InputNames);
        Assert.Equal(8, schema.Features[0].Fill);
        var inputs = schema.Read(Text.Table("height,kind\n,oak\nnull,\n5,elm\n"));
        Assert.Equal([8, 0, 0, 0, 1, 8, 1, 0, 0, 0, 5, 0, 1, 0, 0], inputs.Values);
        Assert.Equal(3, inputs.Filled);
    }

    [Fact]
    public void The_median_of_an_even_count_lies_between_the_two_in_the_middle() => Assert.Equal(9, Schema(Rules(MissingPolicy.Fill), 0, 1, 2).Features[0].Fill);

    [Fact]
    public void Medians_and_values_come_from_the_rows_that_train()
    {
        var schema = Schema(Rules(MissingPolicy.Fill), 0, 3);
        Assert.Equal(6.5, schema.Features[0].Fill);
        Assert.Equal(["elm", "oak"], schema.Features[1].Values!);
        Assert.Equal(["old", "young"], schema.Classes);
    }

    [Fact]
    public void A_column_without_a_value_in_the_rows_that_train_is_left_out() => Assert.Equal(["kind"], Schema(Rules(MissingPolicy.Fill), 1, 4).Features.Select(feature => feature.Name));

    [Fact]
    public void Later_rows_with_a_missing_value_are_left_out_where_training_left_them_out()
    {
        var schema = Schema(Rules(MissingPolicy.Drop));
        Assert.Equal([1], schema.CompleteRows(Text.Table("height,kind\n?,oak\n5,elm\n6,\n", header: true)));
        Assert.Equal(3, Schema(Rules(MissingPolicy.Fill)).CompleteRows(Text.Table("height,kind\n?,oak\n5,elm\n6,\n", header: true)).Length);
    }

    [Fact]
    public void A_missing_value_is_refused_by_line_and_column_with_the_way_out()
    {
        Assert.Equal(
            "data.csv, row 3: '?' in column 'height'; a number is needed; train with --missing drop (leaves such rows out) or --missing fill (takes the column's median)",
            Text.Refusal(() => TableSchema.Of(Target.Of(Table.Select(0, 1, 3).Column("class"))).Inputs(Table)));
        Assert.Equal(
            "data.csv, row 4: an empty cell in column 'kind'; a value is needed; train with --missing drop (leaves such rows out) or --missing fill (makes it a value of its own)",
            Text.Refusal(() => TableSchema.Of(Target.Of(Table.Select(0, 1, 3).Column("class")), Rules(MissingPolicy.Refuse, "height")).Inputs(Table)));
    }

    [Fact]
    public void A_table_of_numbers_with_commas_is_refused_by_its_first()
    {
        const string Needed = "a number with a decimal point and without separators of thousands is needed, as in 1234.5";
        var table = Text.Table("a;t\n1,5;x\n2,25;y\n");
        Assert.True(table.HasHeader);
        Assert.Equal($"data.csv, row 2: '1,5' in column 'a'; {Needed}", Text.Refusal(() => TableSchema.Of(Target.Of(table.Column("t")))));
        Assert.Equal($"data.csv, row 2: '1,5' in column 'a'; {Needed}", Text.Refusal(() => Target.Of(table.Column("a"))));
    }

    [Theory]
    [InlineData("x,y\n1,2\n?,3\n", true)]
    [InlineData("?,y\nNA,3\n4,5\n", true)]
    [InlineData("?,2\n1,3\n", false)]
    public void A_missing_value_is_no_text_to_a_header(string text, bool header) => Assert.Equal(header, Text.Table(text).HasHeader);
}
