namespace Backprop.Tabular.Tests;

public class TableSchemaJsonTests
{
    private static TableSchema Schema(TableRules? rules = null)
    {
        var table = Text.Table("größe,kind,class\n1,oak,old\n2,\"fir \"\"x\"\"\",young\n");
        return TableSchema.Of(Target.Of(table.Column("class")), rules);
    }

    [Fact]
    public void A_schema_comes_back_as_it_was()
    {
        var schema = Schema(new TableRules
        {
            Missing = MissingPolicy.Fill,
            Unknown = UnknownPolicy.Ignore,
            Embedded = new Dictionary<string, int?> { ["kind"] = 3 },
        });
        Assert.Equal((1.5, 3), (schema.Features[0].Fill, schema.Features[1].Embedding));
        var back = TableSchemaJson.Read(TableSchemaJson.Write(schema), "model");
        Assert.Equal(TableSchemaJson.Write(schema), TableSchemaJson.Write(back));
        Assert.Equal(schema.InputNames, back.InputNames);
        Assert.Equal(schema.Classes, back.Classes);
    }

    [Fact]
    public void The_text_can_be_read_by_people() =>
        Assert.Equal(
            """{"features":[{"name":"größe","index":0},{"name":"kind","index":1,"values":["fir \"x\"","oak"]}],"targetName":"class","targetIndex":2,"task":"classification","classes":["old","young"],"hasHeader":true,"columnCount":3,"missing":"refuse","unknown":"refuse","version":2}""",
            TableSchemaJson.Write(Schema()));

    [Fact]
    public void A_description_of_the_first_version_is_read_and_keeps_its_rules()
    {
        var schema = TableSchemaJson.Read(
            """{"features":[{"name":"height","index":0},{"name":"kind","index":1,"values":["fir","oak"]}],"targetName":"class","targetIndex":2,"task":"classification","classes":["old","young"],"hasHeader":true,"columnCount":3}""",
            "model");
        Assert.Equal((1, MissingPolicy.Refuse, UnknownPolicy.Refuse), (schema.Version, schema.Missing, schema.Unknown));
        Assert.Equal([7, 0, 1], schema.Inputs(Text.Table("height,kind\n7,oak\n")));
        Assert.Throws<Data.DataException>(() => schema.Inputs(Text.Table("height,kind\n,oak\n", header: true)));
    }

    [Fact]
    public void A_newer_version_is_refused_by_naming_both() => Assert.Equal(
        "model: its description of the table has version 3, versions up to 2 are read here; take a newer backprop",
        Text.Refusal(() => TableSchemaJson.Read(TableSchemaJson.Write(Schema() with { Version = 3 }), "model")));

    [Theory]
    [InlineData("no JSON")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"features":[],"targetName":"class","targetIndex":2,"task":"classification","classes":[],"hasHeader":true,"columnCount":3}""")]
    [InlineData("""{"features":[{"index":0}],"targetName":"class","targetIndex":2,"task":"classification","classes":[],"hasHeader":true,"columnCount":3}""")]
    [InlineData("""{"features":[{"name":"x","index":0,"embedding":2}],"targetName":"class","targetIndex":2,"task":"regression","classes":[],"hasHeader":true,"columnCount":3}""")]
    [InlineData("""{"features":[{"name":"x","index":0,"values":["a"],"embedding":0}],"targetName":"class","targetIndex":2,"task":"regression","classes":[],"hasHeader":true,"columnCount":3}""")]
    [InlineData("""{"features":[{"name":"x","index":0}],"targetName":"class","targetIndex":2,"task":"dreaming","classes":[],"hasHeader":true,"columnCount":3}""")]
    public void What_is_no_schema_is_refused(string text) =>
        Assert.StartsWith("model: its description of the table", Text.Refusal(() => TableSchemaJson.Read(text, "model")));
}
