using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Backprop.Data;

namespace Backprop.Lessons.Worksheets;

/// <summary>What a learner has filled in, as a file: <c>backprop-answers/1</c>.</summary>
/// <param name="Worksheet">The <see cref="Worksheets.Worksheet.Id"/> of the sheet.</param>
/// <param name="Settings">How the sheet was asked for.</param>
/// <param name="Learner">Whose answers they are; may be empty.</param>
/// <param name="Answers">What was typed, by the number of the blank; what is empty is not there.</param>
public sealed record AnswerSheet(string Worksheet, WorksheetSettings Settings, string Learner, IReadOnlyDictionary<int, string> Answers)
{
    /// <summary>The format that is read and written.</summary>
    public const string Format = "backprop-answers/1";

    /// <summary>The answers that are right.</summary>
    public static AnswerSheet KeyOf(Worksheet worksheet)
    {
        ArgumentNullException.ThrowIfNull(worksheet);
        return new(worksheet.Id, worksheet.Settings, "key", worksheet.Blanks.ToDictionary(blank => blank.Number, blank => blank.Answer));
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="json">The text.</param>
    /// <param name="file">What the file is called in messages.</param>
    /// <exception cref="DataException">It is no answers file, or not whole.</exception>
    public static AnswerSheet Parse(string json, string file)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement, file);
        }
        catch (JsonException error)
        {
            throw new DataException(file, $"this is no answers file; it is not JSON, line {error.LineNumber + 1}");
        }
    }

    /// <summary>The file's text.</summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteString("worksheet", Worksheet);
            json.WriteNumber("blanks", Settings.Blanks);
            json.WriteNumber("seed", Settings.Seed);
            json.WriteNumber("digits", Settings.Digits);
            json.WriteString("learner", Learner);
            json.WriteStartArray("answers");
            foreach (var (blank, value) in Answers.OrderBy(answer => answer.Key))
            {
                json.WriteStartObject();
                json.WriteNumber("blank", blank);
                json.WriteString("value", value);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static AnswerSheet Read(JsonElement root, string file)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out var format) || format.ValueKind != JsonValueKind.String)
            throw new DataException(file, $"this is no answers file; \"format\": \"{Format}\" is needed");
        if (format.GetString() != Format) throw new DataException(file, $"$.format is \"{format.GetString()}\", \"{Format}\" is needed");
        var settings = new WorksheetSettings(Whole("blanks", 1), Whole("seed", 0), Whole("digits", 1));
        if (settings.Digits > WorksheetSettings.MostDigits)
            throw new DataException(file, $"$.digits is {settings.Digits}, 1 to {WorksheetSettings.MostDigits} is needed");
        string id = Text("worksheet"), learner = root.TryGetProperty("learner", out _) ? Text("learner") : "";
        if (!root.TryGetProperty("answers", out var list) || list.ValueKind != JsonValueKind.Array)
            throw new DataException(file, $"$.answers is needed, a list of {{\"blank\": 1, \"value\": \"0.5\"}}");
        var answers = new Dictionary<int, string>();
        foreach (var (i, one) in list.EnumerateArray().Index())
        {
            if (one.ValueKind != JsonValueKind.Object || !one.TryGetProperty("blank", out var number) || number.ValueKind != JsonValueKind.Number
                || !number.TryGetInt32(out int blank) || blank < 1)
                throw new DataException(file, $"$.answers[{i}].blank is needed, a number from 1 on");
            string value = one.TryGetProperty("value", out var typed) ? typed.ValueKind switch
            {
                JsonValueKind.String => typed.GetString()!,
                JsonValueKind.Number => typed.GetRawText(),
                JsonValueKind.Null => "",
                _ => throw new DataException(file, $"$.answers[{i}].value is neither text nor a number"),
            } : "";
            if (string.IsNullOrWhiteSpace(value)) continue;
            if (!answers.TryAdd(blank, value.Trim())) throw new DataException(file, $"$.answers[{i}].blank is {blank}, which has an answer already");
        }
        return new AnswerSheet(id, settings, learner, answers);

        string Text(string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!
            : throw new DataException(file, $"$.{name} is needed, a text");

        int Whole(string name, int least) =>
            root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int whole) && whole >= least ? whole
                : throw new DataException(file, $"$.{name} is needed, a whole number from {least} on");
    }
}
