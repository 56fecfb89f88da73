using System.Text.Json;
using Backprop.Lessons.Museum;

namespace Backprop.Cli.Tests;

public class MuseumTests
{
    public static TheoryData<string> Names => [.. Catalogue.Exhibits.Select(exhibit => exhibit.Name)];

    [Theory]
    [InlineData("list.txt")]
    [InlineData("tanh-slope-at-z.txt", "tanh-slope-at-z")]
    [InlineData("all-weights-zero.txt", "all-weights-zero", "--answer")]
    public void A_page_is_as_written_down(string file, params string[] args)
    {
        var run = Run.Of(["museum", .. args]);
        Assert.Equal(0, run.Code);
        Assert.Equal("", run.Error);
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, "tests", "Backprop.Cli.Tests", "Museum", file)).ReplaceLineEndings("\n"), run.Output);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_answer_is_on_a_page_of_eighty_columns(string name)
    {
        var run = Run.Of("museum", name, "--answer");
        Assert.Equal(0, run.Code);
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains("\nThe doctor", run.Output, StringComparison.Ordinal);
        Assert.Contains("\n  − ", run.Output, StringComparison.Ordinal);
        Assert.Contains("\n  + ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_answer_comes_when_it_is_asked_for()
    {
        string page = Run.Of("museum", "bias-not-summed").Output, answered = Run.Of("museum", "bias-not-summed", "--answer").Output;
        Assert.DoesNotContain("The doctor", page, StringComparison.Ordinal);
        Assert.EndsWith("\n  backprop museum bias-not-summed --answer\n", page, StringComparison.Ordinal);
        Assert.StartsWith(page[..page.IndexOf("\n\n  backprop museum", StringComparison.Ordinal)], answered, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_as_JSON_has_every_exhibit()
    {
        var run = Run.Of("museum", "--json");
        Assert.Equal(0, run.Code);
        Assert.Empty(Schema.Of("museum").Errors(run.Output));
        var exhibits = JsonDocument.Parse(run.Output).RootElement.GetProperty("exhibits").EnumerateArray();
        Assert.Equal(Catalogue.Exhibits.Select(exhibit => exhibit.Name), exhibits.Select(exhibit => exhibit.GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData("tanh-slope-at-z")]
    [InlineData("all-weights-zero")]
    public void A_page_as_JSON_has_what_the_text_has(string name)
    {
        var run = Run.Of("museum", name, "--answer", "--format", "json");
        Assert.Empty(Schema.Of("museum").Errors(run.Output));
        var page = JsonDocument.Parse(run.Output).RootElement.GetProperty("exhibits").EnumerateArray().Single();
        Assert.Equal(Catalogue.Find(name)!.Code, page.GetProperty("code").EnumerateArray().Select(line => line.GetString()));
        Assert.Equal(
            Catalogue.Find(name)!.Mending.Select(line => (line.IsRight, line.Number, line.Text)),
            page.GetProperty("answer").GetProperty("lines").EnumerateArray().Select(
                line => (line.GetProperty("isRight").GetBoolean(), line.GetProperty("number").GetInt32(), line.GetProperty("text").GetString()!)));
        Assert.False(JsonDocument.Parse(Run.Of("museum", name, "--json").Output).RootElement.GetProperty("exhibits")[0].TryGetProperty("answer", out _));
    }

    [Theory]
    [InlineData("museum tanh-slope", "there is no exhibit 'tanh-slope'; did you mean tanh-slope-at-z?")]
    [InlineData("museum louvre", "there is no exhibit 'louvre'; backprop museum lists them")]
    [InlineData("museum --answer", "--answer belongs to an exhibit: backprop museum NAME --answer")]
    [InlineData("museum --anwser", "there is no option '--anwser'; did you mean --answer?")]
    [InlineData("museum half-gradient too", "'too' is one word too many; backprop museum --help lists what there is")]
    public void A_wrong_word_is_answered_in_one_line(string line, string message) => Assert.Equal($"backprop: {message}", Run.Of(line.Split(' ')).Refusal);
}
