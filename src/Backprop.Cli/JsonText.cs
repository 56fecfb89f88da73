using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Backprop.Cli;

/// <summary>JSON documents that are written field by field.</summary>
internal static class JsonText
{
    /// <summary>One object as indented text: output is UTF-8 and goes into no web page, so that every letter is written as itself.</summary>
    public static string Of(Action<Utf8JsonWriter> fields) => Of(fields, indented: true);

    /// <summary>One object in a line.</summary>
    public static string Line(Action<Utf8JsonWriter> fields) => Of(fields, indented: false);

    private static string Of(Action<Utf8JsonWriter> fields, bool indented)
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = indented, NewLine = "\n" };
        using (var json = new Utf8JsonWriter(stream, options))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>A number; what JSON has no number for as "NaN", "Infinity" or "-Infinity".</summary>
    public static void Write<T>(Utf8JsonWriter json, T value) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!T.IsFinite(value)) json.WriteStringValue(T.IsNaN(value) ? "NaN" : T.IsNegative(value) ? "-Infinity" : "Infinity");
        else if (value is float single) json.WriteNumberValue(single);
        else json.WriteNumberValue(double.CreateChecked(value));
    }

    /// <summary>The same as a field.</summary>
    public static void Write<T>(Utf8JsonWriter json, string name, T value) where T : unmanaged, IFloatingPointIeee754<T>
    {
        json.WritePropertyName(name);
        Write(json, value);
    }
}
