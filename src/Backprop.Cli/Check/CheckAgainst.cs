using System.Globalization;
using System.Text;
using System.Text.Json;
using Backprop.Cli.Networks;
using Backprop.Cli.Worksheets;
using Backprop.Explaining;
using Backprop.Lessons.Worksheets;
using Backprop.Tabular;

namespace Backprop.Cli.Check;

/// <summary><c>backprop check NETWORK --against FILE</c>: somebody's own numbers beside ours.</summary>
internal static class CheckAgainst
{
    private const int ShownDigits = 6;

    public static int Execute(NetworkWords words, string path, bool asJson, Terminal terminal)
    {
        if (path == "-" && words.Network == "-")
            throw new InputException("--against - and a network from - came; only one of them can be piped in");
        if (Directory.Exists(path)) throw new InputException($"{path}: this is a folder; --against needs a file");
        if (path != "-" && !File.Exists(path)) throw new InputException($"{path}: there is no such file; --template writes one to fill in");
        string text = path == "-" ? terminal.Input.ReadToEnd() : File.ReadAllText(path, Encoding.UTF8);
        using var step = WorksheetRun.Open(words, terminal);
        var review = ReviewedAnswers.Of(step.Form, FormAnswers.Parse(text, path), path);
        terminal.Output.Write(asJson ? Json(review) : Text(review, path));
        return review.FirstMistake is null ? ExitCode.Done : ExitCode.Negative;
    }

    private static string Text(ReviewedAnswers review, string file)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Wording.Count(review.Answers.Count, "number", "numbers")} of yours: {review.Count(Mark.Right)} right");
        if (review.Count(Mark.FollowThrough) is > 0 and var followed)
            text.Append(CultureInfo.InvariantCulture, $", {followed} right for your own earlier ones");
        text.Append(CultureInfo.InvariantCulture, $", {review.Count(Mark.Wrong)} wrong\n");
        foreach (string convention in review.Conventions)
            text.Append(CultureInfo.InvariantCulture, $"no mistake, only another way of writing: {convention}\n");
        if (review.FirstMistake is not { } first) return text.Append("Every number is right to the digits given.\n").ToString();
        var line = first.Entry.Line;
        string path = line.Path.Length > 0 ? $", {line.Path}" : "";
        text.Append(CultureInfo.InvariantCulture, $"\nThe first wrong number is {first.Entry.Name}{path} ({Words.Of(line.Phase)}, {first.Answer.Place} of {file})\n")
            .Append(CultureInfo.InvariantCulture, $"  {(line.Phase == Phase.Update ? line.Formula : $"{line.Symbol} = {line.Formula}")}\n")
            .Append(CultureInfo.InvariantCulture, $"  yours {first.Answer.Typed.Replace('-', '−')}   right {NumberText.Of(first.Right, ShownDigits)}\n")
            .Append(CultureInfo.InvariantCulture, $"  likely cause: {first.Cause ?? "unknown; none of the usual slips gives this number"}\n");
        return text.ToString();
    }

    private static string Json(ReviewedAnswers review) => JsonText.Of(json =>
    {
        json.WriteString("format", "backprop-review/1");
        json.WriteNumber("right", review.Count(Mark.Right));
        json.WriteNumber("followThrough", review.Count(Mark.FollowThrough));
        json.WriteNumber("wrong", review.Count(Mark.Wrong));
        json.WriteStartArray("conventions");
        foreach (string convention in review.Conventions) json.WriteStringValue(convention);
        json.WriteEndArray();
        json.WritePropertyName("firstMistake");
        if (review.FirstMistake is { } first) Write(json, first);
        else json.WriteNullValue();
        json.WriteStartArray("entries");
        foreach (var answer in review.Answers) Write(json, answer);
        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, ReviewedAnswer answer)
    {
        var line = answer.Entry.Line;
        json.WriteStartObject();
        json.WriteString("place", answer.Answer.Place);
        json.WriteString("phase", Words.Of(line.Phase));
        json.WriteString("symbol", line.Symbol);
        json.WriteString("path", line.Path);
        json.WriteString("index", line.Tensor.Shape.Position(answer.Entry.Index));
        json.WriteString("name", answer.Entry.Name);
        json.WriteNumber("value", answer.Answer.Number.Value);
        JsonText.Write(json, "right", answer.Right);
        json.WriteString("mark", GradeJson.Word(answer.Mark));
        json.WriteString("likelyCause", answer.Cause);
        json.WriteEndObject();
    }
}
