using Backprop.Data;
using Backprop.Optimizers;
using Backprop.Tensors;
using static Backprop.Saving.CheckpointKeys;

namespace Backprop.Saving;

// Reading the file.
public sealed partial class Checkpoint<T>
{
    /// <summary>Sets everything to what a file holds. Where the file does not fit, nothing is changed.</summary>
    /// <param name="path">A file that <see cref="Save"/> wrote of the same model, optimizer and schedule, in the same kind of number.</param>
    /// <exception cref="DataException">It is another file, cut off, damaged, of a newer version, or of another training.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public void Restore(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Read(SavedFormat.Checkpoint.Load(path), path)();
    }

    /// <summary>Holds a file against this training. Gives what sets everything to it.</summary>
    internal Action Read(Safetensors content, string file)
    {
        if (content.Metadata.TryGetValue(Network, out string? network) && !Describes(network, file))
            throw new DataException(file, "it is of another network; go on with the one that it was saved with");
        string[] known = [.. parameters.Names.Select(name => InModel + name)];
        if (content.Names.FirstOrDefault(name => name.StartsWith(InModel, StringComparison.Ordinal) && !known.Contains(name)) is { } unknown)
            throw new DataException(file, $"it holds '{unknown[InModel.Length..]}', for which this network has no place");
        T[][] values = [.. parameters.Names.Select((name, i) => Numbers(content, known[i], parameters[i].Shape, file))];
        var (state, learningRate) = ReadOptimizer(content, file);
        var restoreRandom = RandomStates.Restoring(Random, TextIfAny(content, CheckpointKeys.Random), file);
        var masks = ReadMasks(content, file);
        var seen = ReadSchedule(content, file);
        string[] frozen = content.Metadata.TryGetValue(Frozen, out string? list) ? JsonTexts.ReadList(list, Frozen, file) : [];
        return () =>
        {
            try
            {
                if (Schedule is not null) Schedule.Memory = seen;
            }
            catch (ArgumentException error)
            {
                throw new DataException(file, $"its schedule is another one; {error.Message}", cause: error);
            }
            Optimizer.State = state;
            Optimizer.LearningRate = learningRate;
            for (int i = 0; i < values.Length; i++)
            {
                parameters[i].Set(values[i]);
                parameters[i].Trainable = !frozen.Contains(parameters.Names[i]);
            }
            foreach (var (path, own) in Model.OwnMasks()) own.Step = masks[path];
            restoreRandom();
        };
    }

    private (OptimizerState<T> State, double LearningRate) ReadOptimizer(Safetensors content, string file)
    {
        var fields = JsonFields.Parse(Text(content, CheckpointKeys.Optimizer, file), CheckpointKeys.Optimizer, file);
        string type = fields.Text("type"), settings = fields.Raw("settings"), here = SettingsText();
        if (type != Optimizer.Type || settings != here)
            throw new DataException(file, $"it was saved with the optimizer {type} {settings}, this training has {Optimizer.Type} {here}; go on with the same");
        var changed = Optimizer.Parameters;
        var memory = Optimizer.State.Memory.Keys.ToDictionary(name => name, IReadOnlyList<T[]> (name) =>
            [.. changed.Names.Select((path, i) => $"{InOptimizer}{name}/{path}" is var full && content.Names.Contains(full)
                ? Numbers(content, full, changed[i].Shape, file) : [])]);
        var state = new OptimizerState<T>((long)fields.Number("steps"), [.. fields.Numbers("updates").Select(count => (long)count)], memory);
        double learningRate = fields.Number("learningRate");
        fields.Finish();
        try
        {
            state.Check(Optimizer, [.. memory.Keys]);
        }
        catch (ArgumentException error)
        {
            throw new DataException(file, $"what its optimizer remembers does not fit; {error.Message}", cause: error);
        }
        return (state, learningRate);
    }

    private Dictionary<string, long> ReadMasks(Safetensors content, string file)
    {
        var steps = new Dictionary<string, long>();
        var fields = JsonFields.Parse(TextIfAny(content, Masks) is { Length: > 0 } text ? text : "{}", Masks, file);
        foreach (var (path, _) in Model.OwnMasks()) steps[path] = (long)fields.Number(path);
        fields.Finish();
        return steps;
    }

    private double[] ReadSchedule(Safetensors content, string file)
    {
        string saved = TextIfAny(content, CheckpointKeys.Schedule), here = Schedule is null ? "" : NameOf(Schedule);
        if (saved != here)
            throw new DataException(
                file, $"it was saved with {(saved.Length > 0 ? $"the schedule {saved}" : "no schedule")}, this training has "
                + $"{(here.Length > 0 ? here : "none")}; go on with the same");
        return here.Length > 0 ? content[CheckpointKeys.Schedule].ToArray<double>() : [];
    }

    private static T[] Numbers(Safetensors content, string name, Shape shape, string file)
    {
        if (!content.Names.Contains(name)) throw new DataException(file, $"'{name}' is missing, which this network has");
        var tensor = content[name];
        string type = SavedTensor.TypeOf<T>();
        return tensor.Shape == shape && tensor.Type == type ? tensor.ToArray<T>()
            : throw new DataException(file, $"'{name}' is {tensor.Shape} of {tensor.Type}, this training needs {shape} of {type}");
    }

    /// <summary>Whether a description, with the shape of one sample that stands in it, is that of this model.</summary>
    private bool Describes(string network, string file) =>
        network == NetworkDescription.Write(Model, [.. JsonFields.Parse(network, Network, file).Wholes("input")]);

    private static string TextIfAny(Safetensors content, string key) => content.Metadata.TryGetValue(key, out string? text) ? text : "";

    private static string Text(Safetensors content, string key, string file) =>
        content.Metadata.TryGetValue(key, out string? text) ? text : throw new DataException(file, $"its metadata has no '{key}'");
}
