using System.Buffers.Binary;
using System.IO.Compression;
using Backprop.Tensors;
using StbImageSharp;

namespace Backprop.Pictures.Tests;

public class PngTests
{
    [Fact]
    public void A_grey_pixel_gives_the_bytes_of_the_specification()
    {
        byte[] bytes = Png.Write(Nn<float>.Tensor([1, 1], 255f));
        Assert.Equal("89504E470D0A1A0A", Convert.ToHexString(bytes, 0, 8));
        // 1×1, 8 bits, grey; its checksum as every such file has it.
        Assert.Equal("0000000D49484452000000010000000108000000003A7E9B55", Convert.ToHexString(bytes, 8, 25));
        Assert.Equal("0000000049454E44AE426082", Convert.ToHexString(bytes, bytes.Length - 12, 12));
        int length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(33));
        using var unpacked = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(bytes, 41, length), CompressionMode.Decompress)) zlib.CopyTo(unpacked);
        Assert.Equal([0, 255], unpacked.ToArray());
    }

    [Fact]
    public void A_decoder_reads_the_colours_back_at_their_places()
    {
        float[] pixels = [.. Enumerable.Range(0, 3 * 2 * 4).Select(i => (float)(i * 10))];
        var picture = ImageResult.FromMemory(Png.Write(Nn<float>.Tensor([3, 2, 4], pixels)));
        Assert.Equal((4, 2, ColorComponents.RedGreenBlue), (picture.Width, picture.Height, picture.SourceComp));
        for (int channel = 0; channel < 3; channel++)
            for (int at = 0; at < 8; at++)
                Assert.Equal(pixels[channel * 8 + at], picture.Data[at * 3 + channel]);
    }

    [Fact]
    public void Numbers_are_rounded_between_black_and_white_and_kept_within()
    {
        var picture = Nn<double>.Tensor([1, 2, 3], -5.0, -1, 0, 0.5, 1, double.PositiveInfinity);
        Assert.Equal([0, 0, 128, 191, 255, 255], ImageResult.FromMemory(Png.Write(picture, -1, 1)).Data);
        Assert.Equal([255, 255, 128, 64, 0, 0], ImageResult.FromMemory(Png.Write(picture, 1, -1)).Data);
    }

    [Theory]
    [InlineData(new[] { 2, 4, 4 })]
    [InlineData(new[] { 4 })]
    [InlineData(new[] { 1, 0, 4 })]
    [InlineData(new[] { 1, 1, 4, 4 })]
    public void What_is_no_picture_is_refused(int[] shape)
    {
        var error = Assert.Throws<ShapeException>(() => Png.Write(Nn<float>.Zeros([.. shape])));
        Assert.Equal($"Png: {new Shape(shape)} came; a picture is [H, W], [1, H, W] or [3, H, W] with at least one pixel", error.Message);
    }

    [Fact]
    public void What_is_no_number_is_refused()
    {
        Assert.Equal("Png: NaN stands at row 1, column 0 of the picture; a pixel is a number.",
            Assert.Throws<ArgumentException>(() => Png.Write(Nn<float>.Tensor([2, 1], 0, float.NaN))).Message);
        Assert.Equal("Png: black 1 and white 1 came; two different finite numbers are needed.",
            Assert.Throws<ArgumentException>(() => Png.Write(Nn<float>.Zeros([1, 1]), 1, 1)).Message);
    }
}
