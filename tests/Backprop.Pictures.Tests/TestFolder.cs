using System.Buffers.Binary;
using System.IO.Compression;

namespace Backprop.Pictures.Tests;

/// <summary>A folder of pictures that a test writes, and that goes with it.</summary>
internal sealed class TestFolder : IDisposable
{
    /// <summary>A grey JPEG of 3×4 pixels, all 200.</summary>
    public static readonly byte[] Jpeg = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeX"
        + "BkeFxlZ2P/wAALCAADAAQBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABv/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8ASP/Z");

    public string Path { get; } = Directory.CreateTempSubdirectory("backprop-pictures-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public string Write(string name, byte[] content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    /// <summary>A grey picture, all of one brightness.</summary>
    public string Grey(string name, byte brightness, int height = 2, int width = 3) =>
        Write(name, Png.Write(Nn<float>.Tensor([height, width], [.. Enumerable.Repeat((float)brightness, height * width)])));

    /// <summary>A picture of two pixels, the left one red and the right one blue.</summary>
    public string RedAndBlue(string name) => Write(name, Png.Write(Nn<float>.Tensor([3, 1, 2], 255, 0, 0, 0, 0, 255)));

    /// <summary>A PNG file of pixels with red, green, blue and opacity, in one row.</summary>
    public static byte[] Rgba(params byte[] pixels)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal)) zlib.Write([0, .. pixels]);
        byte[] header = [0, 0, 0, (byte)(pixels.Length / 4), 0, 0, 0, 1, 8, 6, 0, 0, 0];
        return [.. Png.Signature, .. Part("IHDR"u8, header), .. Part("IDAT"u8, packed.ToArray()), .. Part("IEND"u8, [])];
    }

    /// <summary>A BMP file of 24 bits, its rows from below.</summary>
    public static byte[] Bmp(int width, params (byte Red, byte Green, byte Blue)[] pixels)
    {
        int row = (width * 3 + 3) / 4 * 4, height = pixels.Length / width;
        byte[] file = new byte[54 + row * height];
        (file[0], file[1], file[10], file[14], file[26], file[28]) = ((byte)'B', (byte)'M', 54, 40, 1, 24);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        for (int i = 0; i < pixels.Length; i++)
        {
            int at = 54 + (height - 1 - i / width) * row + i % width * 3;
            (file[at], file[at + 1], file[at + 2]) = (pixels[i].Blue, pixels[i].Green, pixels[i].Red);
        }
        return file;
    }

    private static byte[] Part(ReadOnlySpan<byte> kind, byte[] content)
    {
        byte[] part = [0, 0, 0, 0, .. kind, .. content, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(part, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(part.AsSpan(part.Length - 4), Crc32.Of(part.AsSpan(4, part.Length - 8)));
        return part;
    }
}
