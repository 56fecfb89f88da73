using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Backprop.Data;

namespace Backprop.Saving;

/// <summary>The bytes of a safetensors file, and the checksum that Backprop's own files carry.</summary>
/// <remarks>The checksum is the SHA-256 of the whole file, as lower-case hexadecimal digits in the metadata; while it is computed, zeros stand in its
/// place. So it covers the descriptions as well as the numbers.</remarks>
internal static class SafetensorsFile
{
    /// <summary>The metadata's key of the checksum; where it is there, <see cref="Write"/> fills it in.</summary>
    public const string ChecksumKey = "sha256";

    // What the reference implementation allows; a length beyond it comes from a file of another kind.
    private const long LongestHeader = 100_000_000;

    private static readonly string NoChecksum = new('0', 2 * SHA256.HashSizeInBytes);

    public static void Write(Stream stream, Safetensors content)
    {
        bool withChecksum = content.Metadata.ContainsKey(ChecksumKey);
        if (withChecksum) content.Metadata[ChecksumKey] = NoChecksum;
        byte[] header = SafetensorsHeader.Write(content);
        if (withChecksum)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(LengthOf(header));
            hash.AppendData(header);
            foreach (string name in content.Names) hash.AppendData(content[name].Bytes);
            content.Metadata[ChecksumKey] = Convert.ToHexStringLower(hash.GetCurrentHash());
            header = SafetensorsHeader.Write(content);
        }
        stream.Write(LengthOf(header));
        stream.Write(header);
        foreach (string name in content.Names) stream.Write(content[name].Bytes);
    }

    public static Safetensors Read(Stream stream, string file)
    {
        byte[] length = new byte[8];
        if (stream.Length < 10) throw new DataException(file, $"it has {stream.Length} bytes, too few for a safetensors file");
        stream.ReadExactly(length);
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(length);
        int first = stream.ReadByte();
        stream.Position--;
        if (headerLength is < 2 or > LongestHeader || first != '{')
            throw new DataException(file, "it is no safetensors file: it begins with neither a header's length nor a header");
        if (headerLength > (ulong)(stream.Length - 8))
            throw new DataException(file, $"it is cut off within its header: {stream.Length} bytes came, the header alone needs {headerLength + 8}");
        byte[] header = new byte[headerLength];
        stream.ReadExactly(header);

        var metadata = new Dictionary<string, string>();
        var places = SafetensorsHeader.Read(header, stream.Length - stream.Position, metadata, file);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string? checksum = metadata.GetValueOrDefault(ChecksumKey);
        hash.AppendData(length);
        hash.AppendData(checksum is null ? header : WithoutChecksum(header, checksum));
        var tensors = new List<(string Name, SavedTensor Tensor)>();
        foreach (var place in places)
        {
            if (place.End - place.Begin > Array.MaxLength)
                throw new DataException(file, $"'{place.Name}' has {place.End - place.Begin} bytes, more than {Array.MaxLength}, the most that fit one array");
            byte[] bytes = new byte[place.End - place.Begin];
            stream.ReadExactly(bytes);
            hash.AppendData(bytes);
            tensors.Add((place.Name, new SavedTensor(place.Type, place.Shape, bytes)));
        }
        var content = new Safetensors { ChecksumHolds = checksum is null ? null : Convert.ToHexStringLower(hash.GetCurrentHash()) == checksum };
        foreach (var (key, text) in metadata) content.Metadata[key] = text;
        foreach (var (name, tensor) in tensors) content.Add(name, tensor);
        return content;
    }

    private static byte[] LengthOf(byte[] header)
    {
        byte[] length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        return length;
    }

    /// <summary>The header as it was when the checksum was computed.</summary>
    private static byte[] WithoutChecksum(byte[] header, string checksum)
    {
        byte[] copy = [.. header];
        int at = copy.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"\"{ChecksumKey}\":\"{checksum}\""));
        if (at >= 0 && checksum.Length == NoChecksum.Length)
            Encoding.UTF8.GetBytes(NoChecksum, copy.AsSpan(at + ChecksumKey.Length + 4));
        return copy;
    }
}
