namespace Backprop.Cli.Tests;

public class HelpTests
{
    [Theory]
    [InlineData("backprop.txt", "--help")]
    [InlineData("train.txt", "train", "--help")]
    [InlineData("predict.txt", "predict", "-h")]
    [InlineData("evaluate.txt", "evaluate", "--help")]
    [InlineData("data.txt", "data", "--help")]
    [InlineData("data-get.txt", "data", "get", "--help")]
    [InlineData("export.txt", "export", "--help")]
    [InlineData("import.txt", "import", "--help")]
    [InlineData("new.txt", "new", "--help")]
    [InlineData("explain.txt", "explain", "--help")]
    [InlineData("report.txt", "report", "--help")]
    [InlineData("replay.txt", "replay", "--help")]
    [InlineData("check.txt", "check", "--help")]
    [InlineData("museum.txt", "museum", "--help")]
    [InlineData("compare.txt", "compare", "--help")]
    [InlineData("worksheet.txt", "worksheet", "--help")]
    [InlineData("grade.txt", "grade", "--help")]
    public void Help_is_as_written_down(string file, params string[] args)
    {
        var run = Run.Of(args);
        Assert.Equal(0, run.Code);
        Assert.Equal("", run.Error);
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, "tests", "Backprop.Cli.Tests", "Help", file)), Trimmed(run.Output));
    }

    [Fact]
    public async Task Help_keeps_to_the_width_of_the_terminal()
    {
        using var output = new StringWriter();
        await CommandLine.RunAsync(["train", "--help"], new Terminal(output, TextWriter.Null, width: 72), TestContext.Current.CancellationToken);
        Assert.All(output.ToString().Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 72));
    }

    /// <summary>Wrapped lines keep the space at which they were broken.</summary>
    private static string Trimmed(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()));
}
