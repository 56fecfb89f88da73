using System.Text.Json;
using Backprop.Lessons.Worksheets;

namespace Backprop.Cli.Tests.Worksheets;

public sealed class GradeCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Saves what a learner would: the key with some answers in other words.</summary>
    private string Answers(string learner, params (int Blank, string Typed)[] changes)
    {
        var run = Run.Of("worksheet", "mazur", "--seed", "3", "--key", "--format", "json");
        var key = AnswerSheet.Parse(run.Output, "key");
        var answers = key.Answers.ToDictionary();
        foreach (var (blank, typed) in changes) answers[blank] = typed;
        File.WriteAllText(folder[$"{learner}.json"], (key with { Learner = learner, Answers = answers }).ToJson());
        return folder[$"{learner}.json"];
    }

    /// <summary>Blank 3 is z2[0,1] = 1.2249, blank 4 its σ: Bo has forgotten the bias 0.6 and gone on rightly.</summary>
    private string Bo => Answers("Bo", (3, "0,6249"), (4, "0.6513"), (5, ""), (12, "abc"));

    [Fact]
    public void A_learner_is_marked_with_follow_through_first_mistake_and_cause()
    {
        var run = Run.Of("grade", "mazur", Bo);
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.StartsWith("Bo   9 of 12 marks\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("\n   3  z2[0,1]       0,6249   1.2249  ✗   b2 is left out\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("\n   4  ŷ[0,1]        0.6513   0.7729  ✓f\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("\n   5  L                      0.2984  –\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("✗   this is not a number\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("first mistake: 3, z2[0,1]: b2 is left out\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_becomes_a_table_with_the_commonest_mistake()
    {
        string[] files = [Bo, Answers("Cem", (3, "0.6249")), Answers("Dora")];
        var run = Run.Of(["grade", "mazur", .. files, "--format", "csv"]);
        string[] lines = run.Output.TrimEnd('\n').Split('\n');
        Assert.Equal("learner,file,\"1 z1[0,1]\",\"2 a1[0,0]\",\"3 z2[0,1]\",\"4 ŷ[0,1]\",5 L,\"6 ∂L/∂ŷ[0,0]\",7 ∂L/∂w7,\"8 ∂L/∂a1[0,0]\",\"9 δ1[0,0]\",10 w2,11 w5,12 w7,"
            + "marks,of,first mistake,likely cause", lines[0]);
        Assert.Equal($"Bo,{files[0]},✓,✓,✗,✓f,–,✓,✓,✓,✓,✓,✓,✗,9,12,\"3 z2[0,1]\",b2 is left out", lines[1]);
        Assert.Equal($"Dora,{files[2]},✓,✓,✓,✓,✓,✓,✓,✓,✓,✓,✓,✓,12,12,,", lines[3]);
        Assert.Equal("commonest mistake,,,,b2 is left out,,,,,,,,,this is not a number,,,,\"z2[0,1]: b2 is left out\"", lines[4]);
        Assert.Contains("the commonest first mistake, twice: z2[0,1]: b2 is left out\n", Run.Of(["grade", "mazur", .. files]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_as_common_mistakes_one_is_named_as_one_of_them()
    {
        string[] files = [Answers("Ada", (4, "0.1234")), Answers("Cem", (3, "0.6249"))];
        Assert.Contains("\none of the 2 commonest first mistakes, each once: z2[0,1]: b2 is left out\n", Run.Of(["grade", "mazur", .. files]).Output, StringComparison.Ordinal);
        Assert.Contains(",\"one of 2: z2[0,1]: b2 is left out\"\n", Run.Of(["grade", "mazur", .. files, "--format", "csv"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_in_a_file_begins_with_the_mark_by_which_a_table_program_knows_utf8()
    {
        Run.Of("grade", "mazur", Bo, "--format", "csv", "--output", folder["marks.csv"]);
        Run.Of("explain", "mazur", "--format", "csv", "--output", folder["step.csv"]);
        Run.Of("check", "mazur", "--template", "--output", folder["form.csv"]);
        foreach (string name in new[] { "marks.csv", "step.csv", "form.csv" })
            Assert.Equal([0xEF, 0xBB, 0xBF], File.ReadAllBytes(folder[name])[..3]);
        // As a table program saves it: what is read back begins with the mark too.
        File.WriteAllText(folder["form.csv"], "\uFEFFsymbol,value\nL,0.2984\n");
        Assert.Equal(0, Run.Of("check", "mazur", "--against", folder["form.csv"]).Code);
    }

    [Fact]
    public void Json_is_as_its_schema_says()
    {
        var run = Run.Of("grade", "mazur", Bo, Answers("Dora"), "--format", "json");
        Assert.Empty(Schema.Of("grade").Errors(run.Output));
        using var document = JsonDocument.Parse(run.Output);
        var bo = document.RootElement.GetProperty("learners")[0];
        Assert.Equal(3, bo.GetProperty("firstMistake").GetInt32());
        Assert.Equal("followThrough", bo.GetProperty("answers")[3].GetProperty("mark").GetString());
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("learners")[1].GetProperty("firstMistake").ValueKind);
    }

    [Fact]
    public void A_foreign_file_is_refused_by_name_and_the_others_are_marked()
    {
        string foreign = folder["foreign.json"];
        File.WriteAllText(foreign, Run.Of("worksheet", "cnn", "--seed", "3", "--key", "--format", "json").Output);
        var run = Run.Of("grade", "mazur", foreign, Bo, folder["none.json"]);
        Assert.Equal(1, run.Code);
        Assert.Contains($"{foreign}: these are the answers to another worksheet", run.Error, StringComparison.Ordinal);
        Assert.Contains("none.json: there is no such file", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("Bo   9 of 12 marks", run.Output, StringComparison.Ordinal);
        Assert.Contains("these are the answers to another worksheet", Run.Of("grade", "mazur", foreign).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_to_another_seed_are_for_a_run_of_their_own()
    {
        string other = folder["other.json"];
        File.WriteAllText(other, Run.Of("worksheet", "mazur", "--seed", "4", "--key", "--format", "json").Output);
        Assert.Contains("these answers have 12 blanks, seed 4 and 4 digits, those before have 12 blanks, seed 3", Run.Of("grade", "mazur", Bo, other).Error, StringComparison.Ordinal);
        Assert.Equal(0, Run.Of("grade", "mazur", other).Code);
    }

    [Fact]
    public void A_changed_network_refuses_the_answers_of_before()
    {
        File.WriteAllText(folder["mine.json"], Backprop.Lessons.Networks.NetworkLessons.Text("mazur").Replace("0.15", "0.16", StringComparison.Ordinal));
        Assert.Contains("or the network has been changed since", Run.Of("grade", folder["mine.json"], Bo).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_are_needed() => Assert.StartsWith("backprop: ANSWERS is missing", Run.Of("grade", "mazur").Refusal, StringComparison.Ordinal);
}
