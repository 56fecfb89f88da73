using Backprop.Tensors;

namespace Backprop.Saving;

// Writing the file.
public sealed partial class SavedModel<T>
{
    /// <summary>The metadata's keys that are the format's own.</summary>
    private static readonly string[] OwnKeys =
        [SavedFormat.Key, "network", "task", "loss", "classes", "transforms", "tied", "frozen", SafetensorsFile.ChecksumKey];

    /// <summary>Writes the file: first beside it, then flushed to the disk, then renamed, so that it is there whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    /// <returns>The SHA-256 of the file in hexadecimal digits: equal for equal models.</returns>
    /// <exception cref="NotSupportedException">A layer or a transform is not of the library and could not be read back, or the class names
    /// are not as many as the outputs.</exception>
    /// <exception cref="ArgumentException">A note's key is one of the format's own.</exception>
    /// <exception cref="IOException">The file exists and may not be replaced, or cannot be written.</exception>
    public string Save(string path, bool overwrite = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var content = Content();
        content.Save(path, overwrite);
        return content.Metadata[SafetensorsFile.ChecksumKey];
    }

    private Safetensors Content()
    {
        var content = new Safetensors();
        var texts = content.Metadata;
        texts[SavedFormat.Key] = $"{SavedFormat.Model}";
        texts["network"] = NetworkDescription.Write(Model, Input);
        if (Task.Length > 0) texts["task"] = Task;
        if (Loss.Length > 0) texts["loss"] = Loss;
        if (ClassNames.Count > 0) texts["classes"] = JsonTexts.List(ClassNames);
        if (InputTransforms.Count + TargetTransforms.Count > 0) texts["transforms"] = TransformList.Write(InputTransforms, TargetTransforms);
        var parameters = Model.Parameters;
        var tied = Tied();
        if (tied.Count > 0) texts["tied"] = JsonTexts.Pairs(tied);
        string[] frozen = [.. parameters.Names.Where(name => !parameters[name].Trainable)];
        if (frozen.Length > 0) texts["frozen"] = JsonTexts.List(frozen);
        foreach (var (key, text) in Notes)
            texts[key] = !OwnKeys.Contains(key) ? text
                : throw new ArgumentException($"SavedModel: the note '{key}' has one of the format's own keys, {string.Join(", ", OwnKeys)}; give it another.");
        texts[SafetensorsFile.ChecksumKey] = "";
        foreach (string name in parameters.Names) content.Add(name, parameters[name]);
        ThrowUnlessReadable(content);
        return content;
    }

    /// <summary>Reads the description back: what cannot be loaded must be found out now, not when the model is needed.</summary>
    private static void ThrowUnlessReadable(Safetensors content)
    {
        try
        {
            Build(content, "the model");
            ReadTransforms(content, "the model");
        }
        catch (Data.DataException error)
        {
            throw new NotSupportedException($"SavedModel: the model could not be loaded again, so it is not saved; {error.Message}", error);
        }
    }

    /// <summary>Paths of parameters that another path leads to as well, each with that first path.</summary>
    private List<(string Path, string First)> Tied()
    {
        var first = new Dictionary<Parameter<T>, string>();
        var tied = new List<(string, string)>();
        foreach (var (path, parameter) in Model.OwnParameters())
            if (!first.TryAdd(parameter, path)) tied.Add((path, first[parameter]));
        return tied;
    }
}
