using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Saving;

/// <summary>Named tensors in one file: the safetensors format, which other frameworks read and write.</summary>
/// <remarks>
/// Eight bytes with the length of the header, little-endian; the header, JSON: each tensor's kind of number, shape and place, and texts under
/// <c>__metadata__</c>; the numbers. Source: github.com/huggingface/safetensors, "Format".
/// </remarks>
public sealed class Safetensors
{
    private readonly Dictionary<string, SavedTensor> tensors = new(StringComparer.Ordinal);
    private readonly List<string> names = [];

    /// <summary>The names of the tensors, in the order of the file.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>The texts beside the tensors.</summary>
    public IDictionary<string, string> Metadata { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists the names.</exception>
    public SavedTensor this[string name] => tensors.TryGetValue(name, out var tensor) ? tensor
        : throw new KeyNotFoundException($"There is no tensor '{name}'; there are {string.Join(", ", names)}.");

    /// <summary>Whether the file's own checksum agrees with its content; null where it has none or was not read from a file.</summary>
    internal bool? ChecksumHolds { get; init; }

    /// <summary>Adds a tensor; its numbers are copied.</summary>
    /// <param name="name">The name, not given before.</param>
    /// <param name="tensor">The numbers: float becomes F32, double F64.</param>
    /// <exception cref="ArgumentException">The name is empty, <c>__metadata__</c>, or given already.</exception>
    public void Add<T>(string name, Tensor<T> tensor) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name == SafetensorsHeader.MetadataKey || tensors.ContainsKey(name))
            throw new ArgumentException($"Safetensors: the name '{name}' {(tensors.ContainsKey(name) ? "is given already" : "is the format's own")}.", nameof(name));
        Add(name, SavedTensor.Of(tensor.Shape, tensor.Values));
    }

    /// <summary>Writes the file: first beside it, then flushed to the disk, then renamed, so that it is there whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    /// <exception cref="IOException">The file exists and may not be replaced, or cannot be written.</exception>
    public void Save(string path, bool overwrite = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        WholeFile.Write(path, overwrite, stream => SafetensorsFile.Write(stream, this));
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="Data.DataException">It is no safetensors file, or not a whole one.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Safetensors Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return SafetensorsFile.Read(stream, path);
    }

    internal void Add(string name, SavedTensor tensor)
    {
        tensors.Add(name, tensor);
        names.Add(name);
    }
}
