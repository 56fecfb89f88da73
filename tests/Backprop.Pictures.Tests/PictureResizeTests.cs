namespace Backprop.Pictures.Tests;

public class PictureResizeTests
{
    // Brightness 37·i modulo 256, 5 rows of 7.
    private static readonly Picture Wave = new(5, 7, 1, [.. Enumerable.Range(0, 35).Select(i => (byte)(37 * i))], false);

    /// <summary>What PyTorch 1.13 gives: interpolate(x, size, mode="bilinear", antialias=True, align_corners=False), rounded.</summary>
    public static TheoryData<int, int, int[]> Expected => new()
    {
        { 3, 4, [21, 78, 146, 204, 25, 83, 151, 209, 30, 88, 156, 213] },
        { 2, 9, [3, 28, 56, 85, 114, 143, 172, 200, 225, 9, 34, 62, 91, 120, 149, 178, 206, 231] },
        { 8, 3, [32, 111, 190, 33, 112, 192, 35, 114, 193, 37, 116, 195, 39, 118, 197, 41, 120, 199, 42, 122, 201, 44, 123, 202] },
    };

    [Theory, MemberData(nameof(Expected))]
    public void A_picture_is_resized_as_PyTorch_does(int height, int width, int[] expected)
    {
        var resized = Wave.To(height, width);
        Assert.Equal((height, width, 1), (resized.Height, resized.Width, resized.Channels));
        Assert.Equal(expected, resized.Pixels.Select(pixel => (int)pixel));
    }

    [Fact]
    public void Half_the_size_weighs_four_pixels_by_1_3_3_1() =>
        // (3·0 + 3·80 + 160)/7 at the edge, where one of the four is missing, and (80 + 3·160 + 3·240)/7.
        Assert.Equal([57, 183], new Picture(1, 4, 1, [0, 80, 160, 240], false).To(1, 2).Pixels);

    [Fact]
    public void Channels_are_resized_each_for_itself() =>
        Assert.Equal([10, 20, 200, 10, 20, 200, 10, 20, 200], new Picture(1, 2, 3, [10, 20, 200, 10, 20, 200], false).To(1, 3).Pixels);

    [Fact]
    public void The_same_size_changes_nothing() => Assert.Same(Wave, Wave.To(5, 7));
}
