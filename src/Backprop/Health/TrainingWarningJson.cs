using System.Text.Json;
using Backprop.Saving;

namespace Backprop.Health;

/// <summary>Warnings as JSON: one form for checkpoints, logs, saved models and reports.</summary>
/// <remarks>An object has <c>kind</c>, <c>epoch</c>, <c>finding</c>, <c>cause</c>, <c>remedy</c>, and, where there is one, <c>layer</c>, <c>timeStep</c>,
/// <c>value</c> and <c>limit</c>.</remarks>
public static class TrainingWarningJson
{
    private const string Key = "warnings";

    /// <summary>Writes the fields of a warning into an object that is open.</summary>
    public static void WriteFields(Utf8JsonWriter json, TrainingWarning warning)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(warning);
        json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(warning.Kind.ToString()));
        json.WriteNumber("epoch", warning.Epoch);
        if (warning.Layer.Length > 0) json.WriteString("layer", warning.Layer);
        if (warning.TimeStep is { } time) json.WriteNumber("timeStep", time);
        if (double.IsFinite(warning.Value)) json.WriteNumber("value", warning.Value);
        if (double.IsFinite(warning.Limit)) json.WriteNumber("limit", warning.Limit);
        json.WriteString("finding", warning.Finding);
        json.WriteString("cause", warning.Cause);
        json.WriteString("remedy", warning.Remedy);
    }

    /// <summary>Writes a list of warnings.</summary>
    public static string Write(IEnumerable<TrainingWarning> warnings)
    {
        ArgumentNullException.ThrowIfNull(warnings);
        return JsonTexts.Of(json =>
        {
            json.WriteStartArray();
            foreach (var warning in warnings)
            {
                json.WriteStartObject();
                WriteFields(json, warning);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="text">The list.</param>
    /// <param name="file">The file that it stands in, for messages.</param>
    /// <exception cref="Data.DataException">It is no list of warnings.</exception>
    public static IReadOnlyList<TrainingWarning> Read(string text, string file)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. JsonFields.Parse($"{{\"{Key}\":{text}}}", "", file).Objects(Key).Select(Of)];
    }

    /// <summary>Writes the list as a field of an object that is open, where there is something in it.</summary>
    internal static void WriteField(Utf8JsonWriter json, IReadOnlyList<TrainingWarning> warnings)
    {
        if (warnings.Count == 0) return;
        json.WritePropertyName(Key);
        json.WriteRawValue(Write(warnings));
    }

    /// <summary>Reads what <see cref="WriteField"/> wrote.</summary>
    internal static IReadOnlyList<TrainingWarning> ReadField(JsonFields fields, string file) => fields.Has(Key) ? Read(fields.Raw(Key), file) : [];

    private static TrainingWarning Of(JsonFields fields)
    {
        string word = fields.Text("kind");
        if (!Enum.TryParse<TrainingWarningKind>(word, ignoreCase: true, out var kind) || !char.IsLetter(word[0]))
            throw fields.Wrong("kind", "a kind of warning");
        var warning = new TrainingWarning(
            kind, fields.Whole("epoch"), fields.Text("layer", ""), fields.WholeIfAny("timeStep"), fields.Number("value", double.NaN),
            fields.Number("limit", double.NaN), fields.Text("finding"), fields.Text("cause"), fields.Text("remedy"));
        fields.Finish();
        return warning;
    }
}
