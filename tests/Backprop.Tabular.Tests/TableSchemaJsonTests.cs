namespace Backprop.Tabular.Tests;

public class TableSchemaJsonTests
{
    private static TableSchema Schema()
    {
        var table = Text.Table("größe,kind,class\n1,oak,old\n2,\"fir \"\"x\"\"\",young\n");
        return TableSchema.Of(Target.Of(table.Column("class")));
    }

    [Fact]
    public void A_schema_comes_back_as_it_was()
    {
        var schema = Schema();
        var back = TableSchemaJson.Read(TableSchemaJson.Write(schema), "model");
        Assert.Equal(TableSchemaJson.Write(schema), TableSchemaJson.Write(back));
        Assert.Equal(schema.InputNames, back.InputNames);
        Assert.Equal(schema.Classes, back.Classes);
    }

    [Fact]
    public void The_text_can_be_read_by_people() =>
        Assert.Equal(
            """{"features":[{"name":"größe","index":0},{"name":"kind","index":1,"values":["fir \"x\"","oak"]}],"targetName":"class","targetIndex":2,"task":"classification","classes":["old","young"],"hasHeader":true,"columnCount":3}""",
            TableSchemaJson.Write(Schema()));

    [Theory]
    [InlineData("no JSON")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"features":[],"targetName":"class","targetIndex":2,"task":"classification","classes":[],"hasHeader":true,"columnCount":3}""")]
    [InlineData("""{"features":[{"index":0}],"targetName":"class","targetIndex":2,"task":"classification","classes":[],"hasHeader":true,"columnCount":3}""")]
    [InlineData("""{"features":[{"name":"x","index":0}],"targetName":"class","targetIndex":2,"task":"dreaming","classes":[],"hasHeader":true,"columnCount":3}""")]
    public void What_is_no_schema_is_refused(string text) =>
        Assert.StartsWith("model: its description of the table", Text.Refusal(() => TableSchemaJson.Read(text, "model")));
}
