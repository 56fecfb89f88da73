using System.Text.Json;
using Backprop.Data;
using Backprop.Saving;

namespace Backprop.Importing;

/// <summary>Which array or layer of another program's is which of ours: JSON, <c>{"features.0": "conv1", "fc.weight": "output.weight", "extra": null}</c>.</summary>
/// <remarks>A name is that of an array or of a layer with all its arrays; what belongs to <c>null</c> is left out.</remarks>
public static class WeightMap
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Ours, or null for what is left out, by theirs.</returns>
    /// <exception cref="DataException">It is no JSON object of texts.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyDictionary<string, string?> Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path), new JsonDocumentOptions { AllowDuplicateProperties = false });
            if (json.RootElement.ValueKind != JsonValueKind.Object) throw Wrong(path, JsonFields.Shown(json.RootElement));
            return json.RootElement.EnumerateObject().ToDictionary(
                entry => entry.Name, entry => entry.Value.ValueKind switch
                {
                    JsonValueKind.String => entry.Value.GetString(),
                    JsonValueKind.Null => null,
                    _ => throw Wrong(path, $"'{entry.Name}': {JsonFields.Shown(entry.Value)}"),
                });
        }
        catch (JsonException error)
        {
            throw new DataException(path, $"it is no JSON; {error.Message}", cause: error);
        }
    }

    private static DataException Wrong(string path, string came) =>
        new(path, $"{came} came; a mapping is an object of names, {{\"theirs\": \"ours\", …}}, or null for what is left out");
}
