using System.Text.Json;
using Backprop.Lessons.Worksheets;

namespace Backprop.Cli.Worksheets;

/// <summary>The marks of a class as one JSON document, <c>backprop-grade/1</c>.</summary>
internal static class GradeJson
{
    public static string Of(GradeBook book) => JsonText.Of(json => Write(json, book));

    /// <summary>A mark as a word.</summary>
    public static string Word(Mark mark) => mark switch
    {
        Mark.Right => "right",
        Mark.FollowThrough => "followThrough",
        Mark.Wrong => "wrong",
        _ => "notAnswered",
    };

    private static void Write(Utf8JsonWriter json, GradeBook book)
    {
        json.WriteString("format", "backprop-grade/1");
        json.WriteString("worksheet", book.Worksheet.Id);
        json.WriteNumber("blanks", book.Worksheet.Blanks.Count);
        json.WriteStartArray("learners");
        foreach (var sheet in book.Sheets) Write(json, sheet);
        json.WriteEndArray();
        json.WriteStartArray("refused");
        foreach (var (file, reason) in book.Refused)
        {
            json.WriteStartObject();
            json.WriteString("file", file);
            json.WriteString("reason", reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("commonest");
        foreach (var blank in book.Worksheet.Blanks)
            if (book.CommonestAt(blank.Number) is { } at) Write(json, blank, at);
        json.WriteEndArray();
        json.WriteString("commonestMistake", book.CommonestMistake?.Mistake);
        json.WriteNumber("asCommon", book.CommonestMistake?.AsCommon ?? 0);
    }

    private static void Write(Utf8JsonWriter json, Blank blank, CommonMistake at)
    {
        json.WriteStartObject();
        json.WriteNumber("blank", blank.Number);
        json.WriteString("mistake", at.Mistake);
        json.WriteNumber("count", at.Count);
        json.WriteNumber("asCommon", at.AsCommon);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, GradedSheet sheet)
    {
        json.WriteStartObject();
        json.WriteString("learner", sheet.Learner);
        json.WriteString("file", sheet.File);
        json.WriteNumber("marks", sheet.Marks);
        json.WriteNumber("of", sheet.Answers.Count);
        json.WriteStartArray("answers");
        foreach (var answer in sheet.Answers) Write(json, answer);
        json.WriteEndArray();
        if (sheet.FirstMistake is { } first) json.WriteNumber("firstMistake", first.Blank.Number);
        else json.WriteNull("firstMistake");
        json.WriteString("likelyCause", sheet.FirstMistake?.Remark);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MarkedAnswer answer)
    {
        json.WriteStartObject();
        json.WriteNumber("blank", answer.Blank.Number);
        json.WriteString("name", answer.Blank.Entry.Name);
        json.WriteString("value", answer.Typed);
        json.WriteNumber("right", answer.Blank.Entry.Value);
        json.WriteString("mark", Word(answer.Mark));
        json.WriteNumber("marks", answer.Marks);
        json.WriteString("remark", answer.Remark);
        json.WriteEndObject();
    }
}
