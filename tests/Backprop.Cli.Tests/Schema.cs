using System.Text.Json;
using System.Text.RegularExpressions;

namespace Backprop.Cli.Tests;

/// <summary>Holds JSON documents against a schema in docs, by those words of JSON Schema that our schemas use; another word is an error of the schema.</summary>
internal sealed class Schema
{
    private static readonly string[] Remarks = ["$schema", "$defs", "title", "description"];

    private readonly JsonElement root;

    private Schema(JsonElement root) => this.root = root;

    public static Schema Of(string name) =>
        new(JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", $"{name}.schema.json"))).RootElement);

    /// <summary>What does not fit, with its place; empty if all does.</summary>
    public IReadOnlyList<string> Errors(string json)
    {
        var errors = new List<string>();
        using var document = JsonDocument.Parse(json);
        Check(root, document.RootElement, "$", errors);
        return errors;
    }

    private void Check(JsonElement schema, JsonElement value, string place, List<string> errors)
    {
        foreach (var word in schema.EnumerateObject())
        {
            bool fits = word.Name switch
            {
                "$ref" => Fits(root.GetProperty("$defs").GetProperty(word.Value.GetString()!["#/$defs/".Length..]), value, place, errors),
                "type" => IsOf(word.Value.GetString()!, value),
                "const" => JsonElement.DeepEquals(word.Value, value),
                "enum" => word.Value.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)),
                "anyOf" => word.Value.EnumerateArray().Any(one => Fits(one, value, place, [])),
                "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() >= word.Value.GetDouble(),
                "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= word.Value.GetInt32(),
                "maxItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= word.Value.GetInt32(),
                "pattern" => value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, word.Value.GetString()!),
                "items" => value.ValueKind != JsonValueKind.Array
                    || value.EnumerateArray().Select((item, i) => Fits(word.Value, item, $"{place}[{i}]", errors)).ToArray().All(good => good),
                "required" => value.ValueKind != JsonValueKind.Object || word.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
                "properties" => value.ValueKind != JsonValueKind.Object || FieldsFit(schema, value, place, errors),
                "patternProperties" or "additionalProperties" => schema.TryGetProperty("properties", out _) || value.ValueKind != JsonValueKind.Object
                    || FieldsFit(schema, value, place, errors),
                _ => Remarks.Contains(word.Name) ? true : throw new NotSupportedException($"The schema says '{word.Name}', which this test does not know."),
            };
            if (!fits) errors.Add($"{place}: {word.Name} {word.Value.GetRawText()}");
        }
    }

    private bool Fits(JsonElement schema, JsonElement value, string place, List<string> errors)
    {
        int before = errors.Count;
        Check(schema, value, place, errors);
        return errors.Count == before;
    }

    private bool FieldsFit(JsonElement schema, JsonElement value, string place, List<string> errors)
    {
        int before = errors.Count;
        foreach (var field in value.EnumerateObject())
            if (For(schema, field.Name) is not { } own) continue;
            else if (own.ValueKind == JsonValueKind.False) errors.Add($"{place}.{field.Name} is unknown");
            else Check(own, field.Value, $"{place}.{field.Name}", errors);
        return errors.Count == before;
    }

    private static JsonElement? For(JsonElement schema, string name)
    {
        if (schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out var own)) return own;
        if (schema.TryGetProperty("patternProperties", out var patterns))
            foreach (var pattern in patterns.EnumerateObject())
                if (Regex.IsMatch(name, pattern.Name)) return pattern.Value;
        return schema.TryGetProperty("additionalProperties", out var others) ? others : null;
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDouble() % 1 == 0,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => throw new NotSupportedException($"The schema says the type '{type}', which this test does not know."),
    };
}
