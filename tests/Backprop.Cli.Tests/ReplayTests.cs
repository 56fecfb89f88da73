using System.Text.Json;
using Backprop.Cli.Replays;
using Backprop.Lessons.Replays;

namespace Backprop.Cli.Tests;

public class ReplayTests
{
    [Fact]
    public void Without_a_name_the_lessons_are_listed()
    {
        var run = Run.Of("replay");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.All(ReplayLessons.All, lesson => Assert.Contains($"{lesson.Publication.Author}, {lesson.Publication.Title}", run.Output, StringComparison.Ordinal));
        Assert.EndsWith("backprop replay NAME runs one of them, backprop replay --all runs them all.\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lesson_is_written_with_its_figures_its_errata_and_their_number()
    {
        var run = Run.Of("replay", "mazur");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("\n                   published    ours           difference\nforward pass\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("\n  E_total          0.298371109  0.29837110876  −2.4e-10\n", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            """

            erratum: E after 1 step
              published  0.291027924
              right      0.291027774
              ours       0.29102777369
              variant    0.29102792391
              cause      the output weights were updated before the hidden deltas were
                         computed by them

            """,
            run.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n\n25 figures, 25 reproduced, 7 errata explained\n", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void All_lessons_run_one_after_the_other()
    {
        var run = Run.Of("replay", "--all");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.All(ReplayLessons.All, lesson => Assert.Contains($"{lesson.Name}: {lesson.Summary}\n", run.Output, StringComparison.Ordinal));
        Assert.Matches(@"\n(\d+) figures, \1 reproduced, \d+ errata explained\n$", run.Output);
    }

    [Theory]
    [InlineData("mazur", 25, 7)]
    [InlineData("trask-learning-rates", 74, 10)]
    [InlineData("gomez", 59, 0)]
    public void Json_fits_its_schema(string name, int figures, int errata)
    {
        var run = Run.Of("replay", name, "--json");
        Assert.Equal(0, run.Code);
        Assert.Empty(Schema.Of("replay").Errors(run.Output));
        var root = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal((figures, figures, errata, errata), (Number("figures"), Number("reproduced"), Number("errata"), Number("explained")));
        var lesson = root.GetProperty("lessons")[0];
        Assert.Equal(figures, lesson.GetProperty("groups").EnumerateArray().Sum(group => group.GetProperty("figures").GetArrayLength()));
        Assert.Equal(errata, lesson.GetProperty("errata").GetArrayLength());

        int Number(string field) => root.GetProperty(field).GetInt32();
    }

    [Fact]
    public void A_changed_figure_gives_a_negative_verdict_and_is_marked()
    {
        var (code, text) = OfPlanted("2.7183", json: false, 2.71828, new Erratum("second", new("1"), new("2"), 2, "none", [3]));
        Assert.Equal(1, code);
        Assert.Contains("\n  e  2.7193     2.71828  −0.0010  NOT REPRODUCED\n", OfPlanted("2.7193", json: false, 2.71828).Text, StringComparison.Ordinal);
        Assert.Contains("\nerratum: second  NOT EXPLAINED\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n1 figures, 1 reproduced, 0 of 1 erratum explained\n", text, StringComparison.Ordinal);
        Assert.Equal(1, OfPlanted("2.7193", json: false, 2.71828).Code);
        Assert.Equal(0, OfPlanted("2.7183", json: false, 2.71828).Code);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_number_that_is_none_is_not_reproduced_and_written_in_words(double ours)
    {
        Assert.Equal(1, OfPlanted("1.5", json: false, ours).Code);
        var (code, json) = OfPlanted("1.5", json: true, ours);
        Assert.Equal(1, code);
        Assert.Empty(Schema.Of("replay").Errors(json));
        Assert.Contains($"\"ours\": \"{(double.IsNaN(ours) ? "NaN" : "Infinity")}\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_shows_how_far_it_is() => Assert.Contains("trask-addition: sequence", Run.OnTerminal(80, "replay", "trask-addition").Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("there is no lesson 'mazure'; did you mean mazur?", "mazure")]
    [InlineData("there is no lesson 'xyz'; there are mazur, cs231n-circuits, cs231n-layers, cs231n-optimizers, micrograd, trask-two-layer, trask-xor, "
        + "trask-learning-rates, trask-addition, gomez, numpy", "xyz")]
    [InlineData("'mazur' and --all contradict each other; leave one out", "mazur", "--all")]
    [InlineData("--json writes what a run came to; give a NAME or --all", "--json")]
    [InlineData("'gomez' is one word too many; backprop replay --help lists what there is", "mazur", "gomez")]
    [InlineData("there is no option '--al'; did you mean --all?", "--al")]
    public void What_does_not_fit_is_refused(string message, params string[] args) => Assert.Equal($"backprop: {message}", Run.Of(["replay", .. args]).Refusal);

    private static (int Code, string Text) OfPlanted(string published, bool json, double ours, params Erratum[] errata)
    {
        using var output = new StringWriter { NewLine = "\n" };
        int code = ReplayRun.Execute([new Planted(published, ours, errata)], json, new Terminal(output, TextWriter.Null), TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }

    private sealed class Planted(string published, double ours, Erratum[] errata) : ReplayLesson
    {
        public override string Name => "planted";

        public override string Summary => "a figure as it is asked for";

        public override Publication Publication { get; } = new("Nobody", "Nothing", 2000, "https://example.org");

        protected override void Play(ReplaySheet sheet)
        {
            sheet.Begin("group");
            sheet.Add("e", published, ours);
            foreach (var erratum in errata) sheet.Add(erratum);
        }
    }
}
