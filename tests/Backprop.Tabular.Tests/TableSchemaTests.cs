namespace Backprop.Tabular.Tests;

public class TableSchemaTests
{
    private const string Trees = "height,kind,crown,class\n10,oak,1.5,old\n4,fir,0.5,young\n8,oak,2,old\n3,elm,1,young\n";

    private static TableSchema Schema(string text, string target, params string[] ignored)
    {
        var table = Text.Table(text);
        return TableSchema.Of(Target.Of(table.Column(target)), new TableRules { Ignored = ignored });
    }

    [Fact]
    public void Numbers_are_one_input_and_texts_one_for_each_value()
    {
        var schema = Schema(Trees, "class");
        Assert.Equal(["height", "kind=elm", "kind=fir", "kind=oak", "crown"], schema.InputNames);
        Assert.Equal(
            [10, 0, 0, 1, 1.5, 4, 0, 1, 0, 0.5, 8, 0, 0, 1, 2, 3, 1, 0, 0, 1],
            schema.Inputs(Text.Table(Trees)));
    }

    [Fact]
    public void Classes_become_their_positions()
    {
        var schema = Schema(Trees, "class");
        Assert.Equal([0, 1, 0, 1], schema.ClassTargets(Text.Table(Trees).Column("class")).Values.ToArray());
    }

    [Fact]
    public void Ignored_and_empty_columns_are_left_out() =>
        Assert.Equal(["crown"], Schema("id,note,crown,class\n1,,2,a\n2,,3,b\n", "class", "id").InputNames);

    [Fact]
    public void A_later_table_may_have_other_columns_in_another_order()
    {
        var schema = Schema(Trees, "class");
        Assert.Equal([2, 0, 1, 0, 1], schema.Inputs(Text.Table("crown,id,kind,height\n1,7,fir,2\n")));
    }

    [Fact]
    public void Without_names_columns_are_found_by_position_with_or_without_the_target()
    {
        var schema = Schema("a,1,2\nb,3,5\na,4,6\n", "0");
        Assert.Equal([7, 8], schema.Inputs(Text.Table("a,7,8\nb,9,10\n"))[..2]);
        Assert.Equal([7, 8], schema.Inputs(Text.Table("7,8\n")));
        Assert.Equal(
            "data.csv: 1 column found; 3 needed as in training, or 2 without the target",
            Text.Refusal(() => schema.Inputs(Text.Table("7\n"))));
    }

    [Fact]
    public void The_target_of_a_later_table_counts_only_when_it_is_complete()
    {
        var schema = Schema(Trees, "class");
        Assert.NotNull(schema.FindTarget(Text.Table(Trees)));
        Assert.Null(schema.FindTarget(Text.Table("height,kind,crown\n1,fir,2\n")));
        Assert.Null(schema.FindTarget(Text.Table("height,kind,crown,class\n1,fir,2,old\n2,fir,3,\n")));
    }

    [Fact]
    public void A_missing_column_is_refused() =>
        Assert.Equal(
            "data.csv: no column 'crown', which the model needs; there are height, kind",
            Text.Refusal(() => Schema(Trees, "class").Inputs(Text.Table("height,kind\n1,fir\n"))));

    [Fact]
    public void A_text_that_was_not_there_in_training_is_refused() =>
        Assert.Equal(
            "data.csv, row 2: 'ash' in column 'kind'; one of elm, fir, oak is needed, as in training; --unknown ignore takes it for none of them",
            Text.Refusal(() => Schema(Trees, "class").Inputs(Text.Table("height,kind,crown\n1,ash,2\n"))));

    [Fact]
    public void A_class_that_was_not_there_in_training_is_refused() =>
        Assert.Equal(
            "data.csv, row 3: 'dead' in column 'class'; one of the classes old, young is needed, as in training",
            Text.Refusal(() => Schema(Trees, "class").ClassTargets(Text.Table("height,class\n1,old\n2,dead\n").Column("class"))));

    [Fact]
    public void Too_many_texts_are_refused()
    {
        string rows = string.Concat(Enumerable.Range(0, 101).Select(i => $"n{i},{i}\n"));
        Assert.Equal(
            "data.csv: column 'name' holds 101 different texts in 101 rows, at most 100 can be inputs of their own; --embed name learns a vector for each, --ignore name leaves the column out",
            Text.Refusal(() => Schema($"name,t\n{rows}", "t")));
    }

    [Fact]
    public void At_least_one_column_must_be_left() =>
        Assert.Equal(
            "data.csv: no column is left beside the target; at least one that the network can read is needed",
            Text.Refusal(() => Schema("a,t\n1,x\n2,y\n", "t", "a")));
}
