namespace Backprop.Pictures;

/// <summary>The checksum of a part of a PNG file.</summary>
/// <remarks>Source: Portable Network Graphics Specification (W3C, second edition), annex D.</remarks>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value => Shifted((uint)value))];

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes) crc = Table[(byte)(crc ^ value)] ^ crc >> 8;
        return ~crc;
    }

    private static uint Shifted(uint crc)
    {
        for (int bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ Polynomial;
        return crc;
    }
}
