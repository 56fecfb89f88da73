using System.Globalization;
using Backprop.Data;
using Backprop.Lessons.Networks;
using Backprop.Lessons.Worksheets;

namespace Backprop.Lessons.Tests.Worksheets;

public sealed class GradingTests : IDisposable
{
    private readonly NetworkStep step = WorksheetTests.Step("mazur");

    public void Dispose() => step.Dispose();

    public static TheoryData<string> Lessons => [.. NetworkLessons.Names];

    /// <summary>A sheet of Mazur's network that asks all these numbers, and perhaps others.</summary>
    private Worksheet Asking(params string[] names) => Asking(_ => true, names);

    private Worksheet Asking(Func<Worksheet, bool> other, params string[] names) => Enumerable.Range(0, 10_000).Select(seed => Worksheet.Make(step, new WorksheetSettings(12, seed)))
        .First(sheet => names.All(name => sheet.Blanks.Any(blank => blank.Entry.Name == name)) && other(sheet));

    private static Blank At(Worksheet sheet, string name) => sheet.Blanks.First(blank => blank.Entry.Name == name);

    /// <summary>The key with some answers in other words.</summary>
    private static GradedSheet Graded(Worksheet sheet, params (string Name, string Typed)[] changes)
    {
        var key = AnswerSheet.KeyOf(sheet);
        var answers = key.Answers.ToDictionary();
        foreach (var (name, typed) in changes)
            if (typed.Length == 0) answers.Remove(At(sheet, name).Number);
            else answers[At(sheet, name).Number] = typed;
        return new Grading(sheet).Mark(key with { Answers = answers }, "anna.json");
    }

    private static MarkedAnswer Of(GradedSheet graded, string name) => graded.Answers.First(answer => answer.Blank.Entry.Name == name);

    private static string Text(double number) => number.ToString("F4", CultureInfo.InvariantCulture);

    private static double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));

    [Theory]
    [MemberData(nameof(Lessons))]
    public void The_key_is_right_throughout(string name)
    {
        using var lesson = WorksheetTests.Step(name);
        for (int seed = 0; seed < 5; seed++)
        {
            var sheet = Worksheet.Make(lesson, new WorksheetSettings(12, seed));
            var graded = new Grading(sheet).Mark(AnswerSheet.Parse(AnswerSheet.KeyOf(sheet).ToJson(), "key.json"), "key.json");
            Assert.All(graded.Answers, answer => Assert.Equal(Mark.Right, answer.Mark));
            Assert.Equal(12, graded.Marks);
            Assert.Null(graded.FirstMistake);
        }
    }

    [Fact]
    public void What_is_right_for_an_own_earlier_mistake_counts_in_full()
    {
        var sheet = Asking("z2[0,1]", "ŷ[0,1]", "L");
        // Mazur's o2 without its bias; what follows is worked out by hand.
        double z = 1.22492140 - 0.60, output = Sigmoid(z), loss = 0.5 * (Math.Pow(0.75136507 - 0.01, 2) + Math.Pow(0.99 - output, 2));
        var graded = Graded(sheet, ("z2[0,1]", Text(z)), ("ŷ[0,1]", Text(output)), ("L", Text(loss)));
        Assert.Equal((Mark.Wrong, 0), (Of(graded, "z2[0,1]").Mark, Of(graded, "z2[0,1]").Marks));
        Assert.StartsWith("b2 is left out", Of(graded, "z2[0,1]").Remark);
        Assert.Equal((Mark.FollowThrough, 1), (Of(graded, "ŷ[0,1]").Mark, Of(graded, "ŷ[0,1]").Marks));
        Assert.Equal(Mark.FollowThrough, Of(graded, "L").Mark);
        Assert.Equal(11, graded.Marks);
        Assert.Equal("z2[0,1]", graded.FirstMistake!.Blank.Entry.Name);
    }

    [Fact]
    public void What_the_sheet_prints_may_be_taken_as_printed_beside_an_own_mistake()
    {
        var sheet = Asking(each => each.Blanks.All(blank => blank.Entry.Name != "∂L/∂a1[0,0]"), "a1[0,0]", "δ1[0,0]");
        double a = 0.7, delta = 0.03635031 * a * (1 - a);
        Assert.Equal(Mark.FollowThrough, Of(Graded(sheet, ("a1[0,0]", "0.7"), ("δ1[0,0]", Text(delta))), "δ1[0,0]").Mark);
    }

    [Fact]
    public void What_follows_right_from_a_wrong_gradient_reaches_the_new_weight()
    {
        var sheet = Asking("∂L/∂w5", "w5");
        var graded = Graded(sheet, ("∂L/∂w5", "0.5"), ("w5", "0.15"));
        Assert.Equal(Mark.Wrong, graded.Answers.First(answer => answer.Blank.Entry.Name == "∂L/∂w5").Mark);
        Assert.Equal(Mark.FollowThrough, graded.Answers.First(answer => answer.Blank.Entry.Name == "w5").Mark);
    }

    [Fact]
    public void An_empty_answer_brings_nothing_and_nothing_follows_from_it()
    {
        var sheet = Asking("z2[0,1]", "ŷ[0,1]");
        var graded = Graded(sheet, ("z2[0,1]", ""), ("ŷ[0,1]", Text(Sigmoid(0.6249))));
        Assert.Equal((Mark.NotAnswered, 0, ""), (Of(graded, "z2[0,1]").Mark, Of(graded, "z2[0,1]").Marks, Of(graded, "z2[0,1]").Typed));
        Assert.Equal(Mark.Wrong, Of(graded, "ŷ[0,1]").Mark);
        Assert.Equal("ŷ[0,1]", graded.FirstMistake!.Blank.Entry.Name);
        Assert.Equal("at z2: b2 is left out", Of(graded, "ŷ[0,1]").Remark);
    }

    [Fact]
    public void A_mistake_that_is_made_again_is_no_follow_through()
    {
        var sheet = Asking("∂L/∂w5", "w5");
        Assert.Equal(Mark.Wrong, Graded(sheet, ("∂L/∂w5", "0.5"), ("w5", "0.65")).Answers.First(answer => answer.Blank.Entry.Name == "w5").Mark);
    }

    [Theory]
    [InlineData("0,7729", Mark.Right)]
    [InlineData("0.7730", Mark.Right)]
    [InlineData("0.7728", Mark.Right)]
    [InlineData("0.7731", Mark.Wrong)]
    [InlineData("−0.7729", Mark.Wrong)]
    [InlineData("0.77", Mark.Wrong)]
    public void One_unit_of_the_last_digit_asked_is_allowed(string typed, Mark mark) =>
        Assert.Equal(mark, Of(Graded(Asking("ŷ[0,1]"), ("ŷ[0,1]", typed)), "ŷ[0,1]").Mark);

    [Fact]
    public void What_is_no_number_is_wrong_and_says_so()
    {
        var answer = Of(Graded(Asking("ŷ[0,1]"), ("ŷ[0,1]", "three quarters")), "ŷ[0,1]");
        Assert.Equal((Mark.Wrong, "this is not a number"), (answer.Mark, answer.Remark));
    }

    [Fact]
    public void Answers_of_another_sheet_are_refused()
    {
        var key = AnswerSheet.KeyOf(Worksheet.Make(step, new WorksheetSettings(12, 1)));
        var grading = new Grading(Worksheet.Make(step, new WorksheetSettings(12, 2)));
        Assert.StartsWith("anna.json: these are the answers to another worksheet", Assert.Throws<DataException>(() => grading.Mark(key, "anna.json")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_to_a_blank_that_is_not_there_is_refused_by_its_number()
    {
        var sheet = Worksheet.Make(step, new WorksheetSettings());
        var key = AnswerSheet.KeyOf(sheet);
        var answers = key with { Answers = new Dictionary<int, string>(key.Answers) { [99] = "1" } };
        Assert.Equal("anna.json: there is an answer to blank 99; this worksheet has the blanks 1 to 12",
            Assert.Throws<DataException>(() => new Grading(sheet).Mark(answers, "anna.json")).Message);
    }

    [Fact]
    public void Answers_whose_settings_are_changed_are_foreign()
    {
        var sheet = Worksheet.Make(step, new WorksheetSettings());
        var key = AnswerSheet.KeyOf(sheet);
        var fewer = AnswerSheet.Parse(key.ToJson().Replace("\"blanks\": 12", "\"blanks\": 5", StringComparison.Ordinal), "anna.json");
        Assert.Equal(5, fewer.Settings.Blanks);
        Assert.Contains("another worksheet", Assert.Throws<DataException>(() => new Grading(sheet).Mark(fewer, "anna.json")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("∂L/∂a1[0,0]", "0.036", "right as far as it goes, with too few digits")]
    [InlineData("z1[0,0]", "0.4", "right as far as it goes, with too few digits")]
    [InlineData("δ1[0,0]", "0", null)]
    [InlineData("z1[0,0]", "0", null)]
    [InlineData("z1[0,0]", "3", null)]
    [InlineData("ŷ[0,1]", "0.5", null)]
    public void With_few_digits_no_cause_is_made_up(string name, string typed, string? cause)
    {
        var answer = Of(Graded(Asking(name), (name, typed)), name);
        Assert.Equal((Mark.Wrong, cause), (answer.Mark, answer.Remark));
    }

    [Fact]
    public void Of_mistakes_that_are_as_common_the_first_in_the_order_of_calculation_is_named_and_how_many_there_are()
    {
        var sheet = Asking("z2[0,1]", "ŷ[0,1]");
        GradedSheet later = Graded(sheet, ("ŷ[0,1]", "x")), first = Graded(sheet, ("z2[0,1]", "0.6249"));
        Assert.Equal(("z2[0,1]: b2 is left out", 1, 2), Parts(new GradeBook(sheet, [later, first], []).CommonestMistake!));
        Assert.Equal(("ŷ[0,1]: this is not a number", 2, 1), Parts(new GradeBook(sheet, [later, first, later], []).CommonestMistake!));
        Assert.Null(new GradeBook(sheet, [], []).CommonestMistake);

        static (string, int, int) Parts(CommonMistake common) => (common.Mistake, common.Count, common.AsCommon);
    }

    [Fact]
    public void An_answer_out_of_range_leaves_the_others_their_marks()
    {
        using var ann = WorksheetTests.Step("rnn");
        var sheet = Enumerable.Range(0, 100).Select(seed => Worksheet.Make(ann, new WorksheetSettings(12, seed))).First(each => each.Blanks.Any(blank => blank.Entry.Name == "ŷ[0,0]"));
        var key = AnswerSheet.KeyOf(sheet);
        var answers = key.Answers.ToDictionary();
        answers[At(sheet, "ŷ[0,0]").Number] = "1.7";
        answers[12] = "9";
        var graded = new Grading(sheet).Mark(key with { Answers = answers }, "anna.json");
        Assert.Equal(10, graded.Marks);
        Assert.Equal(Mark.Wrong, graded.Answers[11].Mark);
    }

    [Theory]
    [InlineData("{", "anna.json: this is no answers file; it is not JSON, line 1")]
    [InlineData("[]", "anna.json: this is no answers file; \"format\": \"backprop-answers/1\" is needed")]
    [InlineData("""{"format":"backprop-network/1"}""", "anna.json: $.format is \"backprop-network/1\", \"backprop-answers/1\" is needed")]
    [InlineData("""{"format":"backprop-answers/1","blanks":0}""", "anna.json: $.blanks is needed, a whole number from 1 on")]
    [InlineData("""{"format":"backprop-answers/1","blanks":2,"seed":1,"digits":99}""", "anna.json: $.digits is 99, 1 to 12 is needed")]
    [InlineData("""{"format":"backprop-answers/1","blanks":2,"seed":1,"digits":4,"worksheet":"a","answers":[{"blank":0,"value":"1"}]}""",
        "anna.json: $.answers[0].blank is needed, a number from 1 on")]
    [InlineData("""{"format":"backprop-answers/1","blanks":2,"seed":1,"digits":4,"worksheet":"a","answers":[{"blank":1,"value":"1"},{"blank":1,"value":"2"}]}""",
        "anna.json: $.answers[1].blank is 1, which has an answer already")]
    [InlineData("""{"format":"backprop-answers/1","blanks":2,"seed":1,"digits":4,"worksheet":"a","answers":[{"blank":1,"value":true}]}""",
        "anna.json: $.answers[0].value is neither text nor a number")]
    public void A_file_that_is_not_whole_is_refused(string json, string message) =>
        Assert.Equal(message, Assert.Throws<DataException>(() => AnswerSheet.Parse(json, "anna.json")).Message);
}
