using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Pictures;

/// <summary>Writes PNG files: pictures that a browser shows.</summary>
/// <remarks>Source: Portable Network Graphics Specification (W3C, second edition), §§5, 9, 11.</remarks>
public static class Png
{
    private const byte Grey = 0, Rgb = 2;

    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>A picture as the bytes of a PNG file, with 8 bits for each pixel's grey, or red, green and blue.</summary>
    /// <param name="picture">[H, W] or [1, H, W] for grey, [3, H, W] for colours; at least one pixel.</param>
    /// <param name="black">The number that is shown black; what lies beyond it is black too.</param>
    /// <param name="white">The number that is shown white; it may lie below <paramref name="black"/>: then the picture is its
    /// negative.</param>
    /// <remarks>Numbers between are rounded to the nearest of 256 steps. Equal pictures give equal bytes.</remarks>
    /// <exception cref="ShapeException">The tensor is no picture.</exception>
    /// <exception cref="ArgumentException">A number is NaN, or black and white are the same or not finite.</exception>
    public static byte[] Write<T>(Tensor<T> picture, double black = 0, double white = 255) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(picture);
        var shape = picture.Shape;
        if (shape.Rank is not (2 or 3) || shape.Elements == 0 || (shape.Rank == 3 && shape[0] is not (1 or 3)))
            throw new ShapeException("Png", $"{shape} came; a picture is [H, W], [1, H, W] or [3, H, W] with at least one pixel", shape);
        if (!double.IsFinite(white - black) || white == black)
            throw new ArgumentException(FormattableString.Invariant($"Png: black {black} and white {white} came; two different finite numbers are needed."));

        int height = shape[^2], width = shape[^1], channels = shape.Elements / (height * width);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, channels == 1 ? Grey : Rgb);

        using var file = new MemoryStream();
        file.Write(Signature);
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Packed(Rows(picture.Values, height, width, channels, black, white)));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>Row after row, pixel by pixel with its channels side by side; before each row a byte that says "not filtered".</summary>
    private static byte[] Rows<T>(ReadOnlySpan<T> values, int height, int width, int channels, double black, double white)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        byte[] rows = new byte[height * (1 + width * channels)];
        int at = 0;
        for (int y = 0; y < height; y++)
        {
            at++;
            for (int x = 0; x < width; x++)
                for (int channel = 0; channel < channels; channel++)
                {
                    double value = double.CreateChecked(values[(channel * height + y) * width + x]);
                    if (double.IsNaN(value)) throw new ArgumentException($"Png: NaN stands at row {y}, column {x} of the picture; a pixel is a number.");
                    rows[at++] = (byte)Math.Clamp(Math.Round((value - black) / (white - black) * 255, MidpointRounding.AwayFromZero), 0, 255);
                }
        }
        return rows;
    }

    private static byte[] Packed(byte[] rows)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal)) zlib.Write(rows);
        return packed.ToArray();
    }

    /// <summary>The length of the content, the kind, the content, and the checksum of the last two.</summary>
    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> content)
    {
        byte[] chunk = [0, 0, 0, 0, .. kind, .. content, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.Of(chunk.AsSpan(4, chunk.Length - 8)));
        file.Write(chunk);
    }
}
