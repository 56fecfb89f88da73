using System.Buffers.Binary;

namespace Backprop.Pictures;

/// <summary>Finds what is wrong with a file before it is decoded: the decoder reads over checksums, and fills up what was cut
/// off.</summary>
internal static class PictureDamage
{
    private const string CutOff = "it is cut off; fetch or write it again";

    /// <summary>What is wrong, in words; null where nothing was found.</summary>
    public static string? Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0) return "it is empty";
        if (bytes.StartsWith(Png.Signature)) return OfPng(bytes[Png.Signature.Length..]);
        if (bytes.StartsWith<byte>([0xFF, 0xD8, 0xFF])) return OfJpeg(bytes);
        if (bytes.StartsWith("BM"u8)) return OfBmp(bytes);
        return $"it begins with {Convert.ToHexString(bytes[..Math.Min(4, bytes.Length)])}; it is no PNG, JPEG or BMP file";
    }

    /// <summary>Each part has a length, a kind, a content and a checksum; the last one is IEND.</summary>
    private static string? OfPng(ReadOnlySpan<byte> parts)
    {
        while (parts.Length >= 12)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(parts);
            if (length > parts.Length - 12) return CutOff;
            int end = (int)length + 8;
            if (Crc32.Of(parts[4..end]) != BinaryPrimitives.ReadUInt32BigEndian(parts[end..]))
                return "it is damaged: a checksum is wrong; fetch or write it again";
            if (parts[4..8].SequenceEqual("IEND"u8)) return null;
            parts = parts[(end + 4)..];
        }
        return CutOff;
    }

    /// <summary>The end of the picture comes after its last scan; within one the two bytes cannot stand.</summary>
    private static string? OfJpeg(ReadOnlySpan<byte> bytes) =>
        bytes.LastIndexOf<byte>([0xFF, 0xD9]) > bytes.LastIndexOf<byte>([0xFF, 0xDA]) ? null : CutOff;

    private static string? OfBmp(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 54) return CutOff;
        long start = BinaryPrimitives.ReadUInt32LittleEndian(bytes[10..]), width = BinaryPrimitives.ReadInt32LittleEndian(bytes[18..]);
        long height = Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(bytes[22..])), bits = BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]);
        // 0 and 3 are not packed; rows are filled up to four bytes.
        bool plain = BinaryPrimitives.ReadUInt32LittleEndian(bytes[30..]) is 0 or 3;
        return plain && bytes.Length < start + (width * bits + 31) / 32 * 4 * height ? CutOff : null;
    }
}
