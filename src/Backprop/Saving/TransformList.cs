using System.Text.Json;
using Backprop.Data;

namespace Backprop.Saving;

/// <summary>Fitted transforms as JSON: <c>{"inputs":[{"type":"standardizer","means":[…],"deviations":[…]}],"targets":[]}</c>.</summary>
internal static class TransformList
{
    public static string Write(IReadOnlyList<Transform> inputs, IReadOnlyList<Transform> targets) => JsonTexts.Of(json =>
    {
        json.WriteStartObject();
        Write(json, "inputs", inputs);
        Write(json, "targets", targets);
        json.WriteEndObject();
    });

    public static (Transform[] Inputs, Transform[] Targets) Read(string text, string file)
    {
        var fields = JsonFields.Parse(text, "transforms", file);
        var read = (fields.Objects("inputs").Select(Read).ToArray(), fields.Objects("targets").Select(Read).ToArray());
        fields.Finish();
        return read;
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<Transform> transforms)
    {
        json.WriteStartArray(name);
        foreach (var transform in transforms)
        {
            json.WriteStartObject();
            json.WriteString("type", transform.Type);
            foreach (var (key, values) in transform.Fitted)
            {
                json.WriteStartArray(key);
                foreach (double value in values) json.WriteNumberValue(value);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static Transform Read(JsonFields fields)
    {
        string type = fields.Text("type");
        try
        {
            Transform transform = type switch
            {
                "standardizer" => new Standardizer(fields.Numbers("means"), fields.Numbers("deviations")),
                "min_max" => new MinMaxScaler(fields.Numbers("least"), fields.Numbers("most")),
                _ => throw fields.Error($"the transform '{type}' is unknown here; was the file written by a newer version?"),
            };
            fields.Finish();
            return transform;
        }
        catch (ArgumentException error)
        {
            throw fields.Error(ArgumentText.Of(error), error);
        }
    }
}
