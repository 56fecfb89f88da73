using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Backprop.Lessons.Networks;
using Backprop.Lessons.Worksheets;

namespace Backprop.Cli.Tests.Worksheets;

public partial class WorksheetCommandTests
{
    public static TheoryData<string> Lessons => [.. NetworkLessons.Names];

    private static string Sheet(params string[] args)
    {
        var run = Run.Of(["worksheet", .. args]);
        Assert.Equal((0, ""), (run.Code, run.Error));
        return run.Output;
    }

    private static AnswerSheet Key(params string[] args) => AnswerSheet.Parse(Sheet([.. args, "--key", "--format", "json"]), "key");

    [Theory, MemberData(nameof(Lessons))]
    public void The_page_holds_no_answer(string name)
    {
        for (int seed = 0; seed < 6; seed++)
        {
            string[] words = [name, "--blanks", "10", "--seed", $"{seed}"];
            string page = Sheet(words);
            // Style and script are the same for every sheet.
            string own = StyleOrScript().Replace(WebUtility.HtmlDecode(page), "");
            foreach (string answer in Key(words).Answers.Values)
            {
                string digits = answer.TrimStart('-');
                Assert.DoesNotMatch($"(?<![0-9])({Regex.Escape(digits)}|{Regex.Escape(digits.TrimEnd('0'))}(?![0-9]))", own);
            }
            var inputs = Input().Matches(page);
            Assert.Equal(Enumerable.Range(1, 10).Select(number => $"{number}"), inputs.Select(input => input.Groups["blank"].Value));
            Assert.All(inputs, input => Assert.DoesNotContain("value", input.Value, StringComparison.Ordinal));
        }
    }

    [Theory, MemberData(nameof(Lessons))]
    public void The_form_as_json_is_as_its_schema_says_and_holds_no_answer(string name)
    {
        string json = Sheet(name, "--format", "json");
        Assert.Empty(Schema.Of("worksheet").Errors(json));
        double[] answers = [.. Key(name).Answers.Values.Select(answer => Math.Abs(double.Parse(answer, CultureInfo.InvariantCulture)))];
        using var document = JsonDocument.Parse(json);
        double[] numbers =
        [
            .. from part in new[] { "given", "lines" }
               from line in document.RootElement.GetProperty(part).EnumerateArray()
               from value in line.GetProperty("values").EnumerateArray()
               where value.ValueKind == JsonValueKind.Number
               select Math.Abs(value.GetDouble()),
        ];
        Assert.All(answers, answer => Assert.DoesNotContain(numbers, number => Math.Abs(number - answer) < 0.5e-4 && answer >= 0.001));
        var questions = document.RootElement.GetProperty("questions");
        Assert.Equal(12, questions.GetArrayLength());
        Assert.Equal(4, questions[0].GetProperty("decimals").GetInt32());
    }

    [Fact]
    public void The_page_needs_nothing_else()
    {
        string page = Sheet("mazur");
        Assert.DoesNotMatch("""(src|href)\s*=\s*["'](?!#)""", page);
        Assert.DoesNotMatch(@"https?://|@import|url\(|fetch\(|XMLHttpRequest", page);
        Assert.Contains("Content-Security-Policy", page, StringComparison.Ordinal);
        string sheet = Regex.Match(page, "<script type=\"application/json\" id=\"sheet\">(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;
        Assert.Empty(Schema.Of("answers").Errors(sheet.Replace("}", ",\"answers\":[]}", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_blank_says_its_number_symbol_decimals_and_mark()
    {
        string page = Sheet("mazur", "--seed", "3", "--digits", "5");
        Assert.Equal(12, Regex.Count(page, "<label class=\"blank\"><span class=\"number\">[0-9]+</span><math>.*</math> = <input .* <small>5 decimals, 1 mark</small>"));
    }

    [Fact]
    public void The_key_shows_the_answers_and_has_nothing_to_fill_in()
    {
        string page = Sheet("mazur", "--seed", "3", "--key");
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<input", page, StringComparison.Ordinal);
        Assert.All(Key("mazur", "--seed", "3").Answers.Values, answer => Assert.Contains($"<strong>{answer.Replace('-', '−')}</strong>", page, StringComparison.Ordinal));
        Assert.Empty(Schema.Of("answers").Errors(Sheet("mazur", "--key", "--format", "json")));
    }

    [Fact]
    public void Names_of_a_file_cannot_become_markup()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["bad.json"], NetworkLessons.Text("mazur").Replace("\"mazur\"", "\"<img src=x>\"", StringComparison.Ordinal).Replace("\"hidden\"", "\"<b>&\"", StringComparison.Ordinal)
            .Replace("\"w1\"", "\"<i>\"", StringComparison.Ordinal));
        string page = Sheet(folder["bad.json"], "--blanks", "20");
        Assert.DoesNotMatch("<(img|b|i)>|<img", page);
        Assert.Contains("&lt;img src=x&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_written_whole_and_replaced_only_when_told()
    {
        using var folder = new TemporaryFolder();
        var run = Run.Of("worksheet", "cnn", "--output", folder["sheet.html"]);
        Assert.Equal((0, ""), (run.Code, run.Output));
        Assert.Contains("backprop grade cnn ANSWERS marks what learners save", run.Error, StringComparison.Ordinal);
        Assert.Equal(Sheet("cnn"), File.ReadAllText(folder["sheet.html"]));
        Assert.EndsWith("the file is there already; --force replaces it", Run.Of("worksheet", "cnn", "--output", folder["sheet.html"]).Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mazur: 500 blanks were asked for; this step has", "mazur", "--blanks", "500")]
    [InlineData("that can be asked to 1 decimal without standing elsewhere", "mazur", "--blanks", "500", "--digits", "1")]
    [InlineData("backprop: --digits: '13' came; 1 to 12 are asked", "mazur", "--digits", "13")]
    [InlineData("mazurr: there is no such file; did you mean mazur?", "mazurr")]
    [InlineData("--format: 'pdf' came; html or json is needed", "mazur", "--format", "pdf")]
    public void What_cannot_be_done_is_refused_in_one_line(string message, params string[] args) =>
        Assert.Contains(message, Run.Of(["worksheet", .. args]).Refusal, StringComparison.Ordinal);

    [GeneratedRegex("<style>.*?</style>|<script>.*?</script>", RegexOptions.Singleline)]
    private static partial Regex StyleOrScript();

    [GeneratedRegex("<input [^>]*data-blank=\"(?<blank>[0-9]+)\"[^>]*>")]
    private static partial Regex Input();
}
