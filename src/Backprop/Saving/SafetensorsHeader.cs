using System.Text.Encodings.Web;
using System.Text.Json;
using Backprop.Data;
using Backprop.Tensors;

namespace Backprop.Saving;

/// <summary>The header of a safetensors file: what lies where.</summary>
internal static class SafetensorsHeader
{
    public const string MetadataKey = "__metadata__";

    // The numbers begin at a multiple of this, as the format asks of writers.
    private const int Alignment = 8;

    /// <summary>JSON that a person can read: quotes inside texts as \", letters as they are.</summary>
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A tensor's place behind the header.</summary>
    public sealed record Place(string Name, string Type, Shape Shape, long Begin, long End);

    public static byte[] Write(Safetensors content)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            json.WriteStartObject();
            if (content.Metadata.Count > 0)
            {
                json.WriteStartObject(MetadataKey);
                foreach (var (key, text) in content.Metadata) json.WriteString(key, text);
                json.WriteEndObject();
            }
            long at = 0;
            foreach (string name in content.Names)
            {
                var tensor = content[name];
                json.WriteStartObject(name);
                json.WriteString("dtype", tensor.Type);
                json.WriteStartArray("shape");
                foreach (int size in tensor.Shape) json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(at);
                json.WriteNumberValue(at += tensor.Bytes.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        while (stream.Length % Alignment != 0) stream.WriteByte((byte)' ');
        return stream.ToArray();
    }

    /// <summary>Reads the header; gives the places in the order of the file.</summary>
    /// <param name="header">The JSON.</param>
    /// <param name="dataLength">The bytes behind it.</param>
    /// <param name="metadata">Takes the texts.</param>
    /// <param name="file">For messages.</param>
    /// <exception cref="DataException">It is no header, or contradicts itself or the length.</exception>
    public static IReadOnlyList<Place> Read(ReadOnlyMemory<byte> header, long dataLength, IDictionary<string, string> metadata, string file)
    {
        var places = new List<Place>();
        try
        {
            using var json = JsonDocument.Parse(header);
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var entry in json.RootElement.EnumerateObject())
            {
                if (!names.Add(entry.Name)) throw new DataException(file, $"its header names '{entry.Name}' twice");
                if (entry.Name != MetadataKey) places.Add(ReadPlace(entry));
                else foreach (var text in entry.Value.EnumerateObject()) metadata[text.Name] = text.Value.GetString() ?? "";
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or ShapeException)
        {
            throw new DataException(file, $"it is no safetensors file, or damaged: its header cannot be read ({error.Message.TrimEnd('.')})", cause: error);
        }
        places.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        long at = 0;
        foreach (var place in places)
        {
            if (place.Begin != at || place.End < place.Begin)
                throw new DataException(file, $"its header puts '{place.Name}' at {place.Begin} … {place.End}, it must begin at {at}: the file is damaged");
            int size = SavedTensor.SizeOf(place.Type);
            if (size > 0 && place.End - place.Begin != (long)size * place.Shape.Elements)
                throw new DataException(
                    file, $"'{place.Name}' {place.Shape} of {place.Type} needs {(long)size * place.Shape.Elements} bytes, its header gives it {place.End - place.Begin}: the file is damaged");
            at = place.End;
        }
        if (at != dataLength)
            throw new DataException(
                file, $"its header tells of {at} bytes of numbers, {dataLength} came: {(dataLength < at ? "it is cut off" : "there is something behind its end")}");
        return places;
    }

    private static Place ReadPlace(JsonProperty entry)
    {
        var offsets = entry.Value.GetProperty("data_offsets");
        if (offsets.GetArrayLength() != 2) throw new FormatException($"'{entry.Name}' has {offsets.GetArrayLength()} offsets, 2 are needed");
        Shape shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
        return new Place(entry.Name, entry.Value.GetProperty("dtype").GetString() ?? "", shape, offsets[0].GetInt64(), offsets[1].GetInt64());
    }
}
