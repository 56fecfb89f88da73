using static Backprop.Saving.CheckpointKeys;

namespace Backprop.Saving;

// Writing the file.
public sealed partial class Checkpoint<T>
{
    /// <summary>Writes the file: first beside it, then flushed to the disk, then renamed, so that it is there whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    /// <exception cref="NotSupportedException">The random numbers come from a generator whose state cannot be read.</exception>
    /// <exception cref="ArgumentException">A note's key is one of the format's own.</exception>
    /// <exception cref="IOException">The file exists and may not be replaced, or cannot be written.</exception>
    public void Save(string path, bool overwrite = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Content().Save(path, overwrite);
    }

    private Safetensors Content()
    {
        var content = new Safetensors();
        var texts = content.Metadata;
        texts[SavedFormat.Key] = $"{SavedFormat.Checkpoint}";
        if (Input is not null) texts[Network] = NetworkDescription.Write(Model, Input);
        texts[CheckpointKeys.Optimizer] = DescribeOptimizer();
        if (Random is not null) texts[CheckpointKeys.Random] = RandomStates.Of(Random);
        var masks = Model.OwnMasks().ToArray();
        if (masks.Length > 0) texts[Masks] = Object(masks.Select(own => (own.Path, (double)own.Masks.Step)));
        string[] frozen = [.. parameters.Names.Where(name => !parameters[name].Trainable)];
        if (frozen.Length > 0) texts[Frozen] = JsonTexts.List(frozen);
        if (Training.Length > 0) texts[CheckpointKeys.Training] = Training;
        foreach (var (key, text) in Notes)
            texts[key] = !Own.Contains(key) ? text
                : throw new ArgumentException($"Checkpoint: the note '{key}' has one of the format's own keys, {string.Join(", ", Own)}; give it another.");
        texts[SafetensorsFile.ChecksumKey] = "";

        foreach (string name in parameters.Names) content.Add(InModel + name, parameters[name]);
        foreach (var (memory, arrays) in Optimizer.State.Memory)
            for (int i = 0; i < arrays.Count; i++)
                if (arrays[i].Length > 0)
                    content.Add($"{InOptimizer}{memory}/{Optimizer.Parameters.Names[i]}", SavedTensor.Of<T>(Optimizer.Parameters[i].Shape, arrays[i]));
        if (Schedule is not null)
        {
            texts[CheckpointKeys.Schedule] = NameOf(Schedule);
            double[] seen = [.. Schedule.Memory];
            content.Add(CheckpointKeys.Schedule, SavedTensor.Of<double>([seen.Length], seen));
        }
        foreach (var (name, tensor) in TrainingTensors) content.Add(InTraining + name, tensor);
        return content;
    }

    /// <summary>Kind, settings and counts: <c>{"type":"adam","settings":{"learningRate":0.001,…},"learningRate":0.0005,"steps":12,"updates":[12,12]}</c>.</summary>
    private string DescribeOptimizer() => JsonTexts.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("type", Optimizer.Type);
        json.WritePropertyName("settings");
        json.WriteRawValue(SettingsText());
        json.WriteNumber("learningRate", Optimizer.LearningRate);
        json.WriteNumber("steps", Optimizer.Steps);
        json.WriteStartArray("updates");
        foreach (long count in Optimizer.State.Updates) json.WriteNumberValue(count);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>The settings that an optimizer is made with, by which another one is known.</summary>
    private string SettingsText() => JsonTexts.Of(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("learningRate", Optimizer.InitialLearningRate);
        foreach (var (key, value) in Optimizer.Settings)
            if (value is bool flag) json.WriteBoolean(key, flag);
            else json.WriteNumber(key, (double)value);
        json.WriteEndObject();
    });

    private static string NameOf(Optimizers.Schedule schedule) => schedule.GetType().Name;

    private static string Object(IEnumerable<(string Key, double Number)> pairs) => JsonTexts.Of(json =>
    {
        json.WriteStartObject();
        foreach (var (key, number) in pairs) json.WriteNumber(key, number);
        json.WriteEndObject();
    });
}
