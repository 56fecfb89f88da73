using System.IO.Compression;

namespace Backprop.Cli.Tests;

/// <summary>IDX folders made by formula: pictures that are bright at the top or at the bottom.</summary>
internal static class Pictures
{
    public static void Write(TemporaryFolder folder, string part, int count, int side = 12, int classes = 2, bool gzip = false)
    {
        string end = gzip ? ".gz" : "";
        folder.Write($"{part}-images-idx3-ubyte{end}", Packed(Images(count, side), gzip));
        folder.Write($"{part}-labels-idx1-ubyte{end}", Packed(Labels(count, classes), gzip));
    }

    public static byte[] Images(int count, int side) =>
    [
        0, 0, 8, 3, .. Size(count), .. Size(side), .. Size(side),
        .. from picture in Enumerable.Range(0, count)
           from row in Enumerable.Range(0, side)
           from column in Enumerable.Range(0, side)
           select (byte)((row < side / 2 == (picture % 2 == 0) ? 200 : 20) + (7 * picture + 3 * row + column) % 50),
    ];

    public static byte[] Labels(int count, int classes = 2) => [0, 0, 8, 1, .. Size(count), .. Enumerable.Range(0, count).Select(picture => (byte)(picture % classes))];

    private static byte[] Size(int size) => [(byte)(size >> 24), (byte)(size >> 16), (byte)(size >> 8), (byte)size];

    private static byte[] Packed(byte[] bytes, bool gzip)
    {
        if (!gzip) return bytes;
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest)) stream.Write(bytes);
        return packed.ToArray();
    }
}
