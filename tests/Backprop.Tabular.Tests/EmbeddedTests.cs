namespace Backprop.Tabular.Tests;

public class EmbeddedTests
{
    private const string Towns = "town,size,class\nUlm,3,a\nBonn,4,b\n,5,a\nUlm,6,b\n";

    private static TableSchema Schema(string column, int? size = null, MissingPolicy missing = MissingPolicy.Fill) =>
        TableSchema.Of(Target.Of(Text.Table(Towns).Column("class")), new TableRules
        {
            Embedded = new Dictionary<string, int?> { [column] = size },
            Missing = missing,
        });

    [Fact]
    public void A_value_is_its_place_among_the_sorted_ones_counted_from_1()
    {
        var schema = Schema("town", 2);
        Assert.Equal(["town", "size"], schema.InputNames);
        Assert.Equal(["", "Bonn", "Ulm"], schema.Features[0].Values!);
        Assert.Equal([3, 3, 2, 4, 1, 5, 3, 6], schema.Inputs(Text.Table(Towns)));
        var (place, feature) = Assert.Single(schema.Embedded);
        Assert.Equal((0, 2, 4), (place, feature.Embedding, feature.Vocabulary));
    }

    [Fact]
    public void A_text_that_did_not_train_is_token_0_where_it_may_be()
    {
        var later = Text.Table("town,size\nKiel,1\nBonn,2\nKiel,3\n");
        var inputs = Schema("town").Read(later, UnknownPolicy.Ignore);
        Assert.Equal([0, 1, 2, 2, 0, 3], inputs.Values);
        Assert.Equal(["Kiel in 'town'"], inputs.Unknown);
        Assert.Equal(
            "data.csv, row 2: 'Kiel' in column 'town'; one of (missing), Bonn, Ulm is needed, as in training; --unknown ignore takes it for none of them",
            Text.Refusal(() => Schema("town").Inputs(later)));
    }

    [Fact]
    public void An_unknown_text_that_is_not_embedded_is_0_everywhere() =>
        Assert.Equal([0, 0, 0, 1], Schema("size").Read(Text.Table("town,size\nKiel,3\n"), UnknownPolicy.Ignore).Values);

    [Fact]
    public void Numbers_can_be_embedded_and_are_then_values_as_they_stand() => Assert.Equal(["3", "4", "5", "6"], Schema("size").Features[1].Values!);

    [Fact]
    public void Any_number_of_texts_can_be_embedded()
    {
        string rows = string.Concat(Enumerable.Range(0, 500).Select(i => $"n{i},{i}\n"));
        var feature = TableSchema.Of(Target.Of(Text.Table($"name,t\n{rows}").Column("t")), new TableRules { Embedded = new Dictionary<string, int?> { ["name"] = null } }).Features[0];
        Assert.Equal((501, Feature.UsualSize(501)), (feature.Vocabulary, feature.Embedding));
    }

    // 1.6·3^0.56 = 2.96, 1.6·11^0.56 = 6.13, 1.6·151^0.56 = 26.6, as fastai's emb_sz_rule gives them.
    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 3)]
    [InlineData(11, 6)]
    [InlineData(151, 27)]
    [InlineData(1_000_000, 600)]
    public void The_usual_size_grows_more_slowly_than_the_values(int tokens, int size) => Assert.Equal(size, Feature.UsualSize(tokens));
}
