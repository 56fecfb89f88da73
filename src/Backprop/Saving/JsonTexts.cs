using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Backprop.Saving;

/// <summary>JSON written as text that a person can read: letters as they are, quotes as \".</summary>
internal static class JsonTexts
{
    /// <summary>What a writer writes, as text.</summary>
    public static string Of(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) write(json);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>A list of texts, <c>["a","b"]</c>.</summary>
    public static string List(IEnumerable<string> texts) => Of(json =>
    {
        json.WriteStartArray();
        foreach (string text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    });

    /// <summary>Texts by keys, <c>{"a":"b"}</c>.</summary>
    public static string Pairs(IEnumerable<(string Key, string Text)> pairs) => Of(json =>
    {
        json.WriteStartObject();
        foreach (var (key, text) in pairs) json.WriteString(key, text);
        json.WriteEndObject();
    });

    /// <summary>Reads what <see cref="List"/> wrote.</summary>
    public static string[] ReadList(string text, string path, string file) =>
        [.. JsonFields.Parse($"{{\"list\":{text}}}", path, file).Texts("list")];

    /// <summary>Reads what <see cref="Pairs"/> wrote.</summary>
    public static IReadOnlyList<(string Key, string Text)> ReadPairs(string text, string path, string file)
    {
        var fields = JsonFields.Parse(text, path, file);
        return [.. fields.Names.Select(name => (name, fields.Text(name)))];
    }
}
