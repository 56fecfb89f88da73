using System.Text.Json;
using Backprop.Lessons.Networks;

namespace Backprop.Cli.Tests;

public sealed class CheckFormTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Lessons => [.. NetworkLessons.Names];

    public void Dispose() => folder.Dispose();

    private Run Against(string name, string text, params string[] more)
    {
        File.WriteAllText(folder["mine"], text);
        return Run.Of(["check", name, "--against", folder["mine"], .. more]);
    }

    [Theory, MemberData(nameof(Lessons))]
    public void The_template_lists_what_explain_shows_in_the_same_order(string name)
    {
        string json = Run.Of("check", name, "--template").Output;
        Assert.Empty(Schema.Of("form").Errors(json));
        string[] rows = [.. Run.Of("check", name, "--template", "--format", "csv").Output.TrimEnd('\n').Split('\n').Skip(1)];
        using var document = JsonDocument.Parse(json);
        Assert.Equal(rows.Length, document.RootElement.GetProperty("entries").GetArrayLength());
        string[] explained = [.. Run.Of("explain", name, "--format", "csv").Output.TrimEnd('\n').Split('\n').Skip(1).Where(row => !row.Contains(" before,", StringComparison.Ordinal)
            && !row.Contains(",through-time,", StringComparison.Ordinal))];
        Assert.Equal(explained.Length, rows.Length);
        Assert.All(rows.Zip(explained), pair => Assert.StartsWith(pair.First.Split(',')[0] + "," + pair.First.Split(',')[1] + ",", pair.Second["1,".Length..], StringComparison.Ordinal));
        Assert.All(rows, row => Assert.EndsWith(",", row, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Lessons))]
    public void What_explain_says_is_right(string name)
    {
        var run = Against(name, string.Join('\n', Run.Of("explain", name, "--format", "csv").Output.Split('\n').Where(row => !row.Contains(" before,", StringComparison.Ordinal)
            && !row.Contains(",through-time,", StringComparison.Ordinal))));
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.EndsWith(" right, 0 wrong\nEvery number is right to the digits given.\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_wrong_number_is_named_with_its_cause()
    {
        var run = Against("mazur", "symbol;index;value\nz1;[0,0];0,3775\nδ1;[0,0];0,0363503\n∂L/∂w1;;0,00181752\n");
        Assert.Equal(1, run.Code);
        Assert.Equal($"""
            3 numbers of yours: 1 right, 1 right for your own earlier ones, 1 wrong

            The first wrong number is δ1[0,0], hidden (backward, line 3 of {folder["mine"]})
              δ1 = ∂L/∂a1 · a1(1 − a1)
              yours 0,0363503   right 0.00877135
              likely cause: the derivative of σ(z1) is left out

            """.ReplaceLineEndings("\n"), run.Output);
    }

    [Fact]
    public void Conventions_are_said_and_are_no_mistakes()
    {
        var run = Against("mazur", "symbol;index;value\nδ2;[1,1];-0,1385\nδ2;[1,2];0,0381\n∂L/∂W2;[2,1];-0,0226\nL;;0,2984\n");
        Assert.Equal(0, run.Code);
        Assert.Equal(3, run.Output.Split("no mistake, only another way of writing: ").Length - 1);
    }

    [Fact]
    public void Json_is_as_its_schema_says()
    {
        var run = Against("mazur", """{"format":"backprop-form/1","entries":[{"symbol":"L","value":0.5967},{"symbol":"z1","index":"[0,0]","value":"0,38"}]}""", "--json");
        Assert.Equal(1, run.Code);
        Assert.Empty(Schema.Of("review").Errors(run.Output));
        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal("L", document.RootElement.GetProperty("firstMistake").GetProperty("name").GetString());
        Assert.Equal("the factor ½ is left out", document.RootElement.GetProperty("firstMistake").GetProperty("likelyCause").GetString());
    }

    [Fact]
    public void The_ending_of_the_file_says_the_form_of_a_template()
    {
        Assert.Equal(0, Run.Of("check", "ann", "--template", "--output", folder["form.csv"]).Code);
        Assert.StartsWith("phase,symbol,path,index,formula,value\n", File.ReadAllText(folder["form.csv"]), StringComparison.Ordinal);
        Assert.Equal(0, Run.Of("check", "ann", "--template", "--output", folder["form.json"]).Code);
        Assert.StartsWith("{", File.ReadAllText(folder["form.json"]), StringComparison.Ordinal);
        Assert.EndsWith("there is no value in it; fill in some, or all", Run.Of("check", "ann", "--against", folder["form.csv"]).Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--template writes a form and --against reads one; leave one out", "--template", "--against", "x.csv")]
    [InlineData("--format csv is for --template; text or json is needed", "--format", "csv")]
    [InlineData("--format text: a template is json or csv", "--template", "--format", "text")]
    [InlineData("--output is for --template", "--output", "x.json")]
    [InlineData("x.csv: there is no such file; --template writes one to fill in", "--against", "x.csv")]
    public void What_does_not_go_together_is_refused(string message, params string[] args) =>
        Assert.Contains(message, Run.Of(["check", "mazur", .. args]).Refusal, StringComparison.Ordinal);
}
