using Backprop.Data;
using Backprop.Layers;
using Backprop.Tensors;

namespace Backprop.Saving;

// Reading the file.
public sealed partial class SavedModel<T>
{
    /// <summary>Reads a file that <see cref="Save"/> wrote, in float or in double: the numbers are rounded where T is the narrower.</summary>
    /// <param name="path">The file.</param>
    /// <param name="unrolled">Whether recurrent layers are read unrolled, so that each time step can be read on the tape by itself.</param>
    /// <exception cref="DataException">It is another file, cut off, damaged, or of a newer version.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SavedModel<T> Load(string path, bool unrolled = false)
    {
        var content = SavedFormat.Model.Load(path);
        var (model, input) = Build(content, path, unrolled);
        foreach (string name in model.Parameters.Names) model.Parameters[name].LendValues(content[name].ToArray<T>(), 0);
        var texts = content.Metadata;
        var transforms = ReadTransforms(content, path);
        return new SavedModel<T>(model, input)
        {
            Task = Text("task"),
            Loss = Text("loss"),
            ClassNames = texts.TryGetValue("classes", out string? classes) ? JsonTexts.ReadList(classes, "classes", path) : [],
            InputTransforms = transforms.Inputs,
            TargetTransforms = transforms.Targets,
            Notes = texts.Where(text => !OwnKeys.Contains(text.Key)).ToDictionary(),
            Checksum = texts[SafetensorsFile.ChecksumKey],
        };

        string Text(string key) => texts.TryGetValue(key, out string? text) ? text : "";
    }

    /// <summary>Builds the network that the file describes, its parameters not yet filled, and holds its parameters against the tensors.</summary>
    private static (Layer<T> Model, Shape Input) Build(Safetensors content, string file, bool unrolled = false)
    {
        if (!content.Metadata.TryGetValue("network", out string? network)) throw new DataException(file, "it does not describe its network");
        var (model, input, output) = NetworkDescription.Read<T>(network, file, unrolled);
        if (content.Metadata.TryGetValue("tied", out string? tied)) model = Tie(model, JsonTexts.ReadPairs(tied, "tied", file), file);
        if (content.Metadata.TryGetValue("classes", out string? classes)) CheckClasses(JsonTexts.ReadList(classes, "classes", file).Length, output[^1], file);
        var parameters = model.Parameters;
        foreach (string name in parameters.Names)
        {
            if (!content.Names.Contains(name))
                throw new DataException(
                    file, $"the parameter '{name}' is missing; {(content.Names.Count > 0 ? $"there are {string.Join(", ", content.Names)}" : "the file holds no parameter")}");
            var tensor = content[name];
            if (!tensor.IsReal) throw new DataException(file, $"the parameter '{name}' holds {tensor.Type} numbers, F32 or F64 are needed");
            if (tensor.Shape != parameters[name].Shape)
                throw new DataException(file, $"the parameter '{name}' is {tensor.Shape}, its network needs {parameters[name].Shape}");
        }
        if (content.Names.FirstOrDefault(name => !parameters.Names.Contains(name)) is { } unknown)
            throw new DataException(file, $"it holds '{unknown}', for which its network has no place");
        if (content.Metadata.TryGetValue("frozen", out string? frozen))
            foreach (string name in JsonTexts.ReadList(frozen, "frozen", file))
                (parameters.Names.Contains(name) ? parameters[name] : throw new DataException(file, $"frozen names '{name}', which is no parameter"))
                    .Trainable = false;
        return (model, input);
    }

    /// <summary>Each output is a class; a single output can also be the probability of the second of two.</summary>
    private static void CheckClasses(int names, int outputs, string file)
    {
        if (names > 0 && names != outputs && (names, outputs) != (2, 1))
            throw new DataException(file, $"its classes have {names} names, its network has {outputs} outputs; each needs one name");
    }

    /// <summary>The same network with parameters shared as they were.</summary>
    private static Layer<T> Tie(Layer<T> model, IReadOnlyList<(string Path, string First)> tied, string file)
    {
        var byPath = model.OwnParameters().ToDictionary(entry => entry.Path, entry => entry.Parameter);
        var shared = new Dictionary<Parameter<T>, Parameter<T>>();
        foreach (var (path, first) in tied)
        {
            if (!byPath.TryGetValue(path, out var second) || !byPath.TryGetValue(first, out var kept) || second.Shape != kept.Shape)
                throw new DataException(file, $"'{path}' cannot be the same parameter as '{first}' in its network");
            shared[second] = kept;
        }
        return model.Copy(parameter => shared.GetValueOrDefault(parameter, parameter));
    }

    private static (Transform[] Inputs, Transform[] Targets) ReadTransforms(Safetensors content, string file) =>
        content.Metadata.TryGetValue("transforms", out string? text) ? TransformList.Read(text, file) : ([], []);
}
