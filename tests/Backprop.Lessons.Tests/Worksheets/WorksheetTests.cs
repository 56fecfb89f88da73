using Backprop.Explaining;
using Backprop.Lessons.Networks;
using Backprop.Lessons.Worksheets;
using Backprop.Saving;

namespace Backprop.Lessons.Tests.Worksheets;

public sealed class WorksheetTests
{
    public static TheoryData<string> Lessons => [.. NetworkLessons.Names];

    internal static NetworkStep Step(string name, string? change = null, string to = "")
    {
        string text = NetworkLessons.Text(name);
        if (change is not null) Assert.Contains(change, text, StringComparison.Ordinal);
        return new NetworkStep(NetworkFile<double>.Parse(change is null ? text : text.Replace(change, to, StringComparison.Ordinal), name));
    }

    private static IEnumerable<Worksheet> Some(NetworkStep step) =>
        from seed in Enumerable.Range(0, 8)
        from digits in new[] { 2, 4, 6 }
        select Worksheet.Make(step, new WorksheetSettings(8, seed, digits));

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Twelve_blanks_lie_in_all_parts_of_the_step_in_the_order_of_calculation(string name)
    {
        using var step = Step(name);
        for (int seed = 0; seed < 8; seed++)
        {
            var sheet = Worksheet.Make(step, new WorksheetSettings(12, seed));
            Assert.Equal(Enumerable.Range(1, 12), sheet.Blanks.Select(blank => blank.Number));
            Assert.Equal(sheet.Blanks.OrderBy(blank => blank.Entry.Order), sheet.Blanks);
            Assert.Equal([Phase.Forward, Phase.Loss, Phase.Backward, Phase.Update], sheet.Blanks.Select(blank => blank.Entry.Line.Phase).Distinct());
        }
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Whatever_a_blank_needs_is_printed_or_an_earlier_blank_or_a_copy_of_one(string name)
    {
        using var step = Step(name);
        foreach (var sheet in Some(step))
            foreach (var blank in sheet.Blanks)
                foreach (var needed in step.Form.NeedsOf(blank.Entry))
                {
                    Assert.True(needed.Order < blank.Entry.Order);
                    Assert.True(IsThere(sheet, needed), $"seed {sheet.Settings.Seed}: {blank.Entry.Name} needs {needed.Name}");
                }

        // A copy is the same number as something that it needs, and that is a blank or a copy of one.
        bool IsThere(Worksheet sheet, FormEntry<double> needed) => !sheet.Copies.Contains(needed) || step.Form.NeedsOf(needed).Any(source =>
            !sheet.Prints(source) && Math.Abs(Math.Abs(source.Value) - Math.Abs(needed.Value)) < 1e-12 && IsThere(sheet, source));
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void No_number_on_the_sheet_is_an_answer(string name)
    {
        using var step = Step(name);
        foreach (var sheet in Some(step))
        {
            double[] shown =
            [
                .. step.Form.Entries.Where(sheet.Prints).Select(entry => entry.Value), .. step.Given.SelectMany(given => given.Values),
                step.Network.Optimizer.LearningRate, 0, 1, 2,
            ];
            foreach (var blank in sheet.Blanks)
                Assert.DoesNotContain(shown, number => Math.Abs(Math.Abs(number) - Math.Abs(blank.Entry.Value)) < Math.Pow(10, -blank.Decimals));
        }
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void An_answer_has_two_digits_at_least(string name)
    {
        using var step = Step(name);
        foreach (var blank in Some(step).SelectMany(sheet => sheet.Blanks))
            Assert.True(blank.Answer.TrimStart('-', '0', '.').Length >= 2, blank.Answer);
    }

    [Fact]
    public void Equal_settings_make_the_equal_sheet_and_others_another()
    {
        using NetworkStep one = Step("mazur"), again = Step("mazur"), other = Step("mazur", "\"learningRate\": 0.5", "\"learningRate\": 0.6");
        var settings = new WorksheetSettings(12, 3);
        Assert.Equal(Worksheet.Make(one, settings).Id, Worksheet.Make(again, settings).Id);
        Assert.Equal(Names(Worksheet.Make(one, settings)), Names(Worksheet.Make(again, settings)));
        string[] ids = [.. new[] { settings, settings with { Seed = 4 }, settings with { Blanks = 11 }, settings with { Digits = 5 } }
            .Select(each => Worksheet.Make(one, each).Id), Worksheet.Make(other, settings).Id];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.NotEqual(Names(Worksheet.Make(one, settings)), Names(Worksheet.Make(one, settings with { Seed = 4 })));

        static IEnumerable<string> Names(Worksheet sheet) => sheet.Blanks.Select(blank => blank.Entry.Line.Kind + blank.Entry.Name);
    }

    [Fact]
    public void All_that_a_step_begins_with_is_given_the_masks_of_dropout_too()
    {
        using var step = Step("mazur", "{ \"type\": \"sigmoid\" },\n    { \"type\": \"linear\", \"name\": \"output\"",
            "{ \"type\": \"dropout\", \"rate\": 0.5 },\n    { \"type\": \"linear\", \"name\": \"output\"");
        Assert.Equal(["x", "y", "W1", "b1", "W2", "b2", "mask"], step.Given.Select(given => given.Symbol));
        var mask = step.Given[^1];
        Assert.Equal("dropout1", mask.Path);
        double[] before = [.. Line("hidden")], after = [.. Line("dropout1")];
        Assert.Equal(before.Zip(mask.Values, (value, factor) => value * factor), after);

        IEnumerable<double> Line(string path) => step.Form.Lines.First(line => line.Path == path && line.Kind == FormKind.Value).Entries.Select(entry => entry.Value);
    }

    [Fact]
    public void More_blanks_than_there_can_be_are_refused()
    {
        using var step = Step("mazur");
        var error = Assert.Throws<ArgumentException>(() => Worksheet.Make(step, new WorksheetSettings(1000)));
        Assert.Matches("^1000 blanks were asked for; this step has [0-9]+ numbers that can be asked to 4 decimals", error.Message);
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("rmsprop")]
    public void What_an_optimizer_works_with_gives_no_answer_away(string optimizer)
    {
        using var step = Step("mazur", "\"sgd\"", $"\"{optimizer}\"");
        Assert.Contains(step.Form.Lines, line => line.Kind == FormKind.Quantity);
        foreach (var sheet in Some(step))
            foreach (var blank in sheet.Blanks)
                Assert.DoesNotContain(step.Form.Entries.Where(sheet.Prints), entry => Math.Abs(Math.Abs(entry.Value) - Math.Abs(blank.Entry.Value)) < Math.Pow(10, -blank.Decimals));
    }
}
