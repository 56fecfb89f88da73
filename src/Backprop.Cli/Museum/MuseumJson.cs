using System.Text.Json;
using Backprop.Cli.Check;
using Backprop.Lessons.Museum;

namespace Backprop.Cli.Museum;

/// <summary>The museum as one JSON document, <c>backprop-museum/1</c>.</summary>
internal static class MuseumJson
{
    /// <summary>All exhibits by name, room and title.</summary>
    public static string List() => Document(json =>
    {
        foreach (var exhibit in Catalogue.Exhibits)
        {
            json.WriteStartObject();
            WriteSign(json, exhibit);
            json.WriteEndObject();
        }
    });

    /// <summary>One exhibit with all that is on its page.</summary>
    public static string Of(Exhibit exhibit, bool withAnswer) => Document(json =>
    {
        json.WriteStartObject();
        WriteSign(json, exhibit);
        json.WriteStartArray("code");
        foreach (string line in exhibit.Code) json.WriteStringValue(line);
        json.WriteEndArray();
        json.WriteNumber("learningRate", exhibit.Rate);
        json.WriteStartArray("measured");
        foreach (var symptom in Symptoms.Of(exhibit)) Write(json, symptom);
        json.WriteEndArray();
        json.WriteString("question", exhibit.Question);
        if (withAnswer) WriteAnswer(json, exhibit);
        json.WriteEndObject();
    });

    private static void WriteSign(Utf8JsonWriter json, Exhibit exhibit)
    {
        json.WriteString("name", exhibit.Name);
        json.WriteString("room", Words.Of(exhibit.Room));
        json.WriteString("title", exhibit.Title);
    }

    private static void Write(Utf8JsonWriter json, Symptom symptom)
    {
        json.WriteStartObject();
        json.WriteString("what", symptom.What);
        json.WriteBoolean("isShare", symptom.IsShare);
        JsonText.Write(json, "withFault", symptom.WithFault);
        JsonText.Write(json, "mended", symptom.Mended);
        json.WriteEndObject();
    }

    private static void WriteAnswer(Utf8JsonWriter json, Exhibit exhibit)
    {
        json.WriteStartObject("answer");
        json.WriteStartObject("doctor");
        json.WriteNumber("step", exhibit.ExaminedStep);
        CheckJson.Write(json, exhibit.Claim().Examine());
        json.WriteEndObject();
        json.WriteStartArray("lines");
        foreach (var line in exhibit.Mending)
        {
            json.WriteStartObject();
            json.WriteBoolean("isRight", line.IsRight);
            json.WriteNumber("number", line.Number);
            json.WriteString("text", line.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("why", exhibit.Why);
        json.WriteString("seen", exhibit.Seen);
        json.WriteEndObject();
    }

    private static string Document(Action<Utf8JsonWriter> writeExhibits) => JsonText.Of(json =>
    {
        json.WriteString("format", "backprop-museum/1");
        json.WriteStartArray("exhibits");
        writeExhibits(json);
        json.WriteEndArray();
    });
}
