namespace Backprop.Cli.Tests;

public class CheckTests
{
    public static TheoryData<string> Lessons => [.. Backprop.Lessons.Networks.NetworkLessons.Names];

    [Theory, MemberData(nameof(Lessons))]
    public void Every_lesson_is_right(string name)
    {
        var run = Run.Of("check", name);
        Assert.Equal(0, run.Code);
        Assert.Contains("Every gradient is right: ", run.Output, StringComparison.Ordinal);
        var json = Run.Of("check", name, "--json");
        Assert.Equal(0, json.Code);
        Assert.Empty(Schema.Of("check").Errors(json.Output));
    }
}
