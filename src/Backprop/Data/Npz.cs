using System.IO.Compression;
using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Data;

/// <summary>Reads <c>.npz</c> files, NumPy's archives of arrays by name.</summary>
public static class Npz
{
    private const string Ending = ".npy";

    // The first moment that a zip archive can say: equal arrays give equal files.
    private static readonly DateTimeOffset Start = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads all arrays, compressed or not, in the order of the archive.</summary>
    /// <param name="file">The path.</param>
    /// <exception cref="DataException">It is no such archive, is cut off, or an array holds no numbers.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyDictionary<string, Tensor<T>> Read<T>(string file) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        using var stream = File.OpenRead(file);
        return Read<T>(stream, file);
    }

    internal static OrderedDictionary<string, Tensor<T>> Read<T>(Stream stream, string file) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var arrays = new OrderedDictionary<string, Tensor<T>>();
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            foreach (var entry in archive.Entries)
            {
                if (!entry.FullName.EndsWith(Ending, StringComparison.Ordinal)) throw new DataException(file, $"it holds '{entry.FullName}', which is no {Ending} file");
                using var content = entry.Open();
                using var bytes = new MemoryStream();
                content.CopyTo(bytes);
                if (!arrays.TryAdd(entry.FullName[..^Ending.Length], Npy.Read<T>(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), $"{file}, {entry.FullName}")))
                    throw new DataException(file, $"it holds '{entry.FullName}' twice");
            }
        }
        catch (InvalidDataException error)
        {
            throw new DataException(file, $"it is no .npz archive, or it is damaged; {error.Message}", cause: error);
        }
        return arrays;
    }

    /// <summary>Writes arrays as <c>numpy.savez</c> does, not compressed.</summary>
    internal static void Write<T>(Stream stream, IEnumerable<(string Name, Tensor<T> Array)> arrays) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, array) in arrays)
        {
            var entry = archive.CreateEntry(name + Ending, CompressionLevel.NoCompression);
            entry.LastWriteTime = Start;
            using var content = new BufferedStream(entry.Open(), 1 << 16);
            Npy.Write(content, array);
        }
    }
}
