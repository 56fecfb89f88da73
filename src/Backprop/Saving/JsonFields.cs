using System.Text.Json;
using Backprop.Data;
using Backprop.Tensors;

namespace Backprop.Saving;

/// <summary>The fields of a JSON object, read by name; what has the wrong type, and what nobody asked for, is refused with its path.</summary>
/// <param name="element">The object.</param>
/// <param name="path">Where it stands: <c>network.layers[1]</c>.</param>
/// <param name="file">For messages.</param>
/// <param name="networkFile">Whether it is part of a network file, where numbers stand beside the settings of a layer.</param>
/// <param name="toRead">Whether the network is there to be read, so that each time step stands on the tape by itself if nothing else is said.</param>
internal sealed class JsonFields(JsonElement element, string path, string file, bool networkFile = false, bool toRead = false)
{
    private readonly HashSet<string> read = [];

    /// <summary>Where the object stands.</summary>
    public string Path => path;

    /// <summary>Whether it is part of a network file.</summary>
    public bool IsNetworkFile => networkFile;

    /// <summary>Whether the network is there to be read.</summary>
    public bool IsToRead => toRead;

    /// <summary>The names of all fields.</summary>
    public IEnumerable<string> Names => element.EnumerateObject().Select(entry => entry.Name);

    /// <summary>Reads a text as an object.</summary>
    /// <exception cref="DataException">It is no JSON, or no object.</exception>
    public static JsonFields Parse(string json, string path, string file, bool networkFile = false, bool toRead = false)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = !networkFile });
            return Of(document.RootElement.Clone(), path, file, networkFile, toRead);
        }
        catch (JsonException error)
        {
            throw new DataException(file, $"{path} is no JSON ({error.Message.TrimEnd('.')})", cause: error);
        }
    }

    /// <summary>Whether an optional field is there; asking makes it a known one.</summary>
    public bool Has(string name)
    {
        read.Add(name);
        return element.TryGetProperty(name, out _);
    }

    public string Text(string name) => Field(name, JsonValueKind.String, "a text").GetString()!;

    public string Text(string name, string otherwise) => Has(name) ? Text(name) : otherwise;

    public bool Flag(string name, bool otherwise) =>
        !Has(name) ? otherwise
        : Field(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } flag ? flag.GetBoolean()
        : throw Wrong(name, "true or false");

    /// <summary>Whether a layer has a bias: true if nothing is said; a network file may give its numbers instead of true.</summary>
    public bool HasBias() => (networkFile && Has("bias") && Field("bias").ValueKind == JsonValueKind.Array) || Flag("bias", true);

    /// <summary>Numbers in nested lists, as many deep as they have axes.</summary>
    public (Shape Shape, double[] Values) Nested(string name) => JsonNested.Numbers(Field(name), $"{path}.{name}", file);

    /// <summary>Texts in nested lists.</summary>
    public (Shape Shape, string[] Values) NestedTexts(string name) => JsonNested.Texts(Field(name), $"{path}.{name}", file);

    /// <summary>Whether a field is there and is a list.</summary>
    public bool IsList(string name) => Has(name) && Field(name).ValueKind == JsonValueKind.Array;

    /// <summary>Whether a field is there and is an object.</summary>
    public bool IsObject(string name) => Has(name) && Field(name).ValueKind == JsonValueKind.Object;

    public int Whole(string name) => Field(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out int value) ? value
        : throw Wrong(name, "a whole number");

    public int Size(string name) => Whole(name) is >= 1 and var size ? size : throw Wrong(name, "a whole number from 1 on");

    public int? WholeIfAny(string name) => Has(name) ? Whole(name) : null;

    /// <summary>One whole number for both, or [rows, columns].</summary>
    public (int Rows, int Columns) Pair(string name)
    {
        if (Field(name).ValueKind != JsonValueKind.Array) return (Whole(name), Whole(name));
        int[] both = Wholes(name);
        return both.Length == 2 ? (both[0], both[1]) : throw Wrong(name, "a whole number or [rows, columns]");
    }

    public (int Rows, int Columns) Pair(string name, (int, int) otherwise) => Has(name) ? Pair(name) : otherwise;

    public double Number(string name) => Field(name, JsonValueKind.Number, "a number").GetDouble();

    public double Number(string name, double otherwise) => Has(name) ? Number(name) : otherwise;

    /// <summary>A field as it stands.</summary>
    public string Raw(string name) => Field(name).GetRawText();

    public int[] Wholes(string name) =>
        [.. Items(name, "whole numbers", item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out int value) ? value : null as int?)];

    public double[] Numbers(string name) =>
        [.. Items(name, "numbers", item => item.ValueKind == JsonValueKind.Number ? item.GetDouble() : null as double?)];

    /// <summary>Numbers, with null where one was not finite.</summary>
    public double[] NumbersOrNaN(string name) => [.. Items(
        name, "numbers", item => item.ValueKind == JsonValueKind.Number ? item.GetDouble() : item.ValueKind == JsonValueKind.Null ? double.NaN : null as double?)];

    public JsonFields Object(string name) => Of(Field(name), $"{path}.{name}", file, networkFile, toRead);

    public IReadOnlyList<JsonFields> Objects(string name) =>
        [.. Field(name, JsonValueKind.Array, "a list").EnumerateArray().Select((item, i) => Of(item, $"{path}.{name}[{i}]", file, networkFile, toRead))];

    public IReadOnlyList<string> Texts(string name) =>
        [.. Field(name, JsonValueKind.Array, "a list of texts").EnumerateArray()
            .Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Wrong(name, "a list of texts"))];

    /// <summary>Refuses the fields that were not read.</summary>
    public void Finish()
    {
        foreach (var field in element.EnumerateObject())
            if (!read.Contains(field.Name))
                throw new DataException(file, $"{path}.{field.Name} is unknown; there can be {string.Join(", ", read.Order(StringComparer.Ordinal))}");
    }

    /// <summary>An error in this object.</summary>
    public DataException Error(string problem, Exception? cause = null) => new(file, $"{path}: {problem}", cause: cause);

    /// <summary>An error in one field.</summary>
    public DataException ErrorAt(string name, string problem) => new(file, $"{path}.{name} {problem}");

    /// <summary>A field that is not what it should be.</summary>
    public DataException Wrong(string name, string needed) => new(file, $"{path}.{name} is {Shown(element.GetProperty(name))}, {needed} is needed");

    /// <summary>An element as messages show it: cut where it is long.</summary>
    public static string Shown(JsonElement value) => value.GetRawText() is { Length: > 40 } text ? text[..40] + "…" : value.GetRawText();

    private static JsonFields Of(JsonElement element, string path, string file, bool networkFile, bool toRead) => element.ValueKind == JsonValueKind.Object
        ? new JsonFields(element, path, file, networkFile, toRead) : throw new DataException(file, $"{path} is {Shown(element)}, an object {{…}} is needed");

    private JsonElement Field(string name)
    {
        read.Add(name);
        return element.TryGetProperty(name, out var value) ? value : throw new DataException(file, $"{path}.{name} is missing");
    }

    private JsonElement Field(string name, JsonValueKind kind, string needed) =>
        Field(name) is var value && value.ValueKind == kind ? value : throw Wrong(name, needed);

    private IEnumerable<TItem> Items<TItem>(string name, string needed, Func<JsonElement, TItem?> read) where TItem : struct =>
        Field(name, JsonValueKind.Array, $"a list of {needed}").EnumerateArray().Select(item => read(item) ?? throw Wrong(name, $"a list of {needed}"));
}
