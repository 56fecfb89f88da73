using Backprop.Data;
using StbImageSharp;

namespace Backprop.Pictures;

/// <summary>Reads PNG, JPEG and BMP files, known by their content and not by their names.</summary>
internal static class PictureDecoder
{
    // 400 MB of decoded numbers; a damaged header may ask for far more.
    private const long MostPixels = 100_000_000;

    private static readonly string[] Endings = [".png", ".jpg", ".jpeg", ".bmp"];

    /// <summary>Whether a file has the name of a picture.</summary>
    public static bool IsNamedSo(string file) => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a picture.</summary>
    /// <exception cref="DataException">The file is none, is damaged or is cut off.</exception>
    public static Picture Read(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        if (PictureDamage.Of(bytes) is { } damage) throw new DataException(file, damage);
        try
        {
            using var stream = new MemoryStream(bytes);
            if (ImageInfo.FromStream(stream) is { } info && (long)info.Width * info.Height > MostPixels)
                throw new DataException(file, $"it has {info.Height}×{info.Width} pixels; at most {MostPixels:N0} are read");
            var decoded = ImageResult.FromMemory(bytes, ColorComponents.RedGreenBlueAlpha);
            return Picture.Of(decoded.Height, decoded.Width, decoded.Data);
        }
        // The decoder throws whatever the place in question throws.
        catch (Exception error) when (error is not (DataException or OutOfMemoryException))
        {
            throw new DataException(file, "it cannot be decoded; it is damaged, or of a kind that is not read", cause: error);
        }
    }
}
