using System.IO.Compression;
using System.Numerics;
using Backprop.Data;
using Backprop.Saving;
using Backprop.Tensors;

namespace Backprop.Importing;

/// <summary>An array of another program's.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Values">Its numbers; null where they are of a kind that no parameter has.</param>
internal sealed record ForeignArray<T>(string Name, Shape Shape, T[]? Values)
{
    public override string ToString() => $"{Name} {Shape}";
}

/// <summary>Arrays that another program wrote: a safetensors file or a NumPy archive.</summary>
/// <typeparam name="T">float or double: what the numbers become.</typeparam>
public sealed class WeightFile<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private WeightFile(string path, IReadOnlyList<ForeignArray<T>> arrays, bool isOwn)
    {
        Path = path;
        Arrays = arrays;
        IsOwn = isOwn;
        if (arrays.Count == 0) throw new DataException(path, "it holds no array");
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The names of the arrays, in the order of the file.</summary>
    public IEnumerable<string> Names => Arrays.Select(array => array.Name);

    /// <summary>The arrays, in the order of the file.</summary>
    internal IReadOnlyList<ForeignArray<T>> Arrays { get; }

    /// <summary>Whether the file says that it is a model of this library.</summary>
    internal bool IsOwn { get; }

    /// <summary>Reads a file, by what it begins with: a zip archive is NumPy's, anything else must be safetensors.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataException">It is neither, cut off, damaged, or empty.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static WeightFile<T> Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] start = new byte[9];
        using (var stream = File.OpenRead(path))
        {
            stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        }
        bool safetensors = start[8] == '{';
        if (!safetensors && start is [(byte)'P', (byte)'K', 3 or 5, ..]) return OfArchive(path);
        if (!safetensors && start is [0x89, (byte)'H', (byte)'D', (byte)'F', ..]) throw new DataException(path, $"it is HDF5; {KerasWay}");
        if (!safetensors && start is [0x80, >= 2 and <= 5, ..]) throw new DataException(path, $"it is a pickle; {PyTorchWay}");
        if (!safetensors) throw new DataException(path, "it is neither a safetensors file nor a NumPy archive (.npz)");
        var content = Safetensors.Load(path);
        return new WeightFile<T>(
            path, [.. content.Names.Select(name => new ForeignArray<T>(name, content[name].Shape, content[name].IsReal ? content[name].ToArray<T>() : null))],
            content.Metadata.TryGetValue(SavedFormat.Key, out string? format) && format.StartsWith("backprop-", StringComparison.Ordinal));
    }

    // How the numbers of files that are not read here become one that is.
    private const string
        PyTorchWay = "in PyTorch write the weights by safetensors.torch.save_file(model.state_dict(), FILE)",
        KerasWay = "in Keras write the weights by numpy.savez(FILE, **{w.path: w.numpy() for w in model.weights})";

    private static WeightFile<T> OfArchive(string path)
    {
        try
        {
            // What torch.save and Keras write are zip archives too.
            using var archive = ZipFile.OpenRead(path);
            if (archive.Entries.Any(entry => entry.Name == "data.pkl"))
                throw new DataException(path, $"it is a checkpoint of PyTorch's, which holds programs; {PyTorchWay}");
            if (archive.Entries.Any(entry => entry.Name.EndsWith(".h5", StringComparison.Ordinal)))
                throw new DataException(path, $"it is a Keras file with HDF5 in it; {KerasWay}");
        }
        catch (InvalidDataException error)
        {
            throw new DataException(path, $"it is no .npz archive, or it is damaged; {error.Message}", cause: error);
        }
        var arrays = Npz.Read<T>(path).Select(array => new ForeignArray<T>(array.Key, array.Value.Shape, array.Value.Values.ToArray()));
        return new WeightFile<T>(path, [.. arrays], isOwn: false);
    }
}
