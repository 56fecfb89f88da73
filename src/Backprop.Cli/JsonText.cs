using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Backprop.Cli;

/// <summary>JSON documents that are written field by field.</summary>
internal static class JsonText
{
    /// <summary>One object as indented text: output is UTF-8 and goes into no web page, so that every letter is written as itself.</summary>
    public static string Of(Action<Utf8JsonWriter> fields)
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, NewLine = "\n" };
        using (var json = new Utf8JsonWriter(stream, options))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
