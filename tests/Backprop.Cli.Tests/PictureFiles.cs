
namespace Backprop.Cli.Tests;

/// <summary>Folders of PNG files made by formula: in one class the upper half is bright, in the other the lower half.</summary>
internal static class PictureFiles
{
    private static readonly string[] Classes = ["lower", "upper"];

    /// <summary>Writes pictures under <c>part/class/0.png</c>, one class after the other.</summary>
    public static string Write(TemporaryFolder folder, string part, int count, int side = 12, bool colour = false)
    {
        for (int i = 0; i < count; i++) folder.Write($"{part}/{Classes[i % 2]}/{i:00}.png", Png(i, side, colour));
        return folder[part];
    }

    public static byte[] Png(int picture, int side, bool colour = false)
    {
        int channels = colour ? 3 : 1;
        return Backprop.Pictures.Png.Write(Nn<float>.Tensor([channels, side, side],
        [
            .. from channel in Enumerable.Range(0, channels)
               from row in Enumerable.Range(0, side)
               from column in Enumerable.Range(0, side)
               select (float)((row < side / 2 == (picture % 2 == 1) ? 200 : 20) + (7 * picture + 3 * row + column + 11 * channel) % 50),
        ]));
    }
}
