using System.IO.Compression;
using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Data;

/// <summary>An open <c>.npz</c> file: what arrays it holds, and those that are asked for. A <c>.npy</c> file is one with a single array
/// without a name.</summary>
internal sealed class NpzFile : IDisposable
{
    private const string Ending = ".npy";

    // A header of version 1 has at most 65,545 bytes.
    private const int HeaderBytes = 1 << 17;

    private readonly ZipArchive? archive;
    private readonly string file;

    private NpzFile(string file, ZipArchive? archive) => (this.file, this.archive) = (file, archive);

    /// <summary>What an array is, without its numbers; the header is null where the array holds none, a text say.</summary>
    public sealed record Entry(string Name, NpyHeader? Header)
    {
        public override string ToString() =>
            $"{Name} {(Header is null ? "(no numbers)" : $"{Header.Shape} {(Header.IsWhole ? "of whole numbers" : "of fractions")}")}";
    }

    /// <summary>The arrays in the order of the file.</summary>
    public IReadOnlyList<Entry> Arrays { get; private init; } = [];

    /// <summary>Opens a file and looks what it holds.</summary>
    /// <exception cref="DataException">It is neither kind of file.</exception>
    public static NpzFile Open(string file)
    {
        byte[] beginning = new byte[2];
        using (var stream = File.OpenRead(file))
            if (stream.ReadAtLeast(beginning, 2, throwOnEndOfStream: false) < 2) throw new DataException(file, "it is empty");
        if (beginning[0] == 0x93) return new NpzFile(file, null) { Arrays = [new("", HeaderOf(File.OpenRead(file), file))] };
        ZipArchive? archive = null;
        try
        {
            archive = ZipFile.OpenRead(file);
            return new NpzFile(file, archive)
            {
                Arrays = [.. archive.Entries.Where(entry => entry.FullName.EndsWith(Ending, StringComparison.Ordinal))
                    .Select(entry => new Entry(entry.FullName[..^Ending.Length], HeaderOf(entry.Open(), $"{file}, {entry.FullName}")))],
            };
        }
        catch (InvalidDataException error)
        {
            archive?.Dispose();
            throw new DataException(file, $"it is no .npz archive, or it is damaged; {error.Message}", cause: error);
        }
        catch
        {
            archive?.Dispose();
            throw;
        }
    }

    /// <summary>The numbers of an array.</summary>
    /// <exception cref="DataException">It is damaged.</exception>
    public Tensor<T> Read<T>(Entry array) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (archive is null) return Npy.Read<T>(file);
        string name = array.Name + Ending;
        try
        {
            using var content = archive.Entries.First(entry => entry.FullName == name).Open();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            return Npy.Read<T>(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), $"{file}, {name}");
        }
        catch (InvalidDataException error)
        {
            throw new DataException(file, $"its array {array.Name} is damaged; {error.Message}", cause: error);
        }
    }

    public void Dispose() => archive?.Dispose();

    private static NpyHeader? HeaderOf(Stream stream, string name)
    {
        using (stream)
        {
            byte[] beginning = new byte[HeaderBytes];
            int length = stream.ReadAtLeast(beginning, HeaderBytes, throwOnEndOfStream: false);
            return NpyHeader.HoldsNumbers(beginning.AsSpan(0, length)) ? NpyHeader.Read(beginning.AsSpan(0, length), name).Header : null;
        }
    }
}
