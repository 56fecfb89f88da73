using System.Text.Json;
using Backprop.Health;
using Backprop.Saving;

namespace Backprop.Training;

// As the text of a note. What a newer version adds is passed over.
public sealed partial record TrainingRecord
{
    /// <summary>The record as one JSON object; docs/model-file.md says its fields.</summary>
    public string Write() => JsonTexts.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("version", Version);
        json.WriteString("data", Data);
        if (DataFile.Length > 0) json.WriteString("dataFile", DataFile);
        if (Form.Length > 0) json.WriteString("form", Form);
        json.WriteStartObject("options");
        foreach (var (name, text) in Options) json.WriteString(name, text);
        json.WriteEndObject();
        Write(json, "train", Train);
        Write(json, "test", Test);
        if (Validation is { } validation) Write(json, "validation", validation);
        json.WriteString("weights", Weights);
        if (BestEpoch is { } best) json.WriteNumber("bestEpoch", best);
        EpochTable.Write(json, "history", History);
        TrainingWarningJson.WriteField(json, Warnings);
        json.WriteEndObject();
    });

    /// <summary>Reads what <see cref="Write()"/> gave.</summary>
    /// <param name="text">The note.</param>
    /// <param name="file">The file that it comes from, for the message.</param>
    /// <exception cref="Backprop.Data.DataException">It is no such record.</exception>
    public static TrainingRecord Read(string text, string file)
    {
        var fields = JsonFields.Parse(text, Key, file);
        var options = fields.Object("options");
        return new TrainingRecord
        {
            Version = fields.Text("version"),
            Data = fields.Text("data"),
            DataFile = fields.Text("dataFile", ""),
            Form = fields.Text("form", ""),
            Options = options.Names.ToDictionary(name => name, options.Text),
            Train = Part(fields.Object("train")),
            Test = Part(fields.Object("test")),
            Validation = fields.Has("validation") ? Part(fields.Object("validation")) : null,
            Weights = fields.Text("weights"),
            BestEpoch = fields.WholeIfAny("bestEpoch"),
            History = EpochTable.Read(fields.Object("history")),
            Warnings = TrainingWarningJson.ReadField(fields, file),
        };
    }

    private static void Write(Utf8JsonWriter json, string name, RecordedPart part)
    {
        json.WriteStartObject(name);
        json.WriteNumber("samples", part.Samples);
        json.WriteString("fingerprint", part.Fingerprint);
        json.WriteEndObject();
    }

    private static RecordedPart Part(JsonFields fields) => new(fields.Size("samples"), fields.Text("fingerprint"));
}
