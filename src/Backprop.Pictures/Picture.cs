namespace Backprop.Pictures;

/// <summary>A picture from a file.</summary>
/// <param name="Height">Pixels from top to bottom, 1 or more.</param>
/// <param name="Width">Pixels from left to right, 1 or more.</param>
/// <param name="Channels">1 for grey, 3 for red, green and blue.</param>
/// <param name="Pixels">Row after row, the channels of a pixel side by side.</param>
/// <param name="WasTransparent">Whether it was laid over white.</param>
internal sealed record Picture(int Height, int Width, int Channels, byte[] Pixels, bool WasTransparent)
{
    /// <summary>Of a decoder's red, green, blue and opacity: laid over white, as a page shows it, and grey where no pixel has a
    /// colour.</summary>
    public static Picture Of(int height, int width, ReadOnlySpan<byte> rgba)
    {
        bool transparent = false, grey = true;
        byte[] rgb = new byte[height * width * 3];
        for (int pixel = 0; pixel < height * width; pixel++)
        {
            var four = rgba.Slice(4 * pixel, 4);
            int opacity = four[3];
            transparent |= opacity < 255;
            for (int channel = 0; channel < 3; channel++)
                rgb[3 * pixel + channel] = (byte)((four[channel] * opacity + 255 * (255 - opacity) + 127) / 255);
            grey &= rgb[3 * pixel] == rgb[3 * pixel + 1] && rgb[3 * pixel] == rgb[3 * pixel + 2];
        }
        var picture = new Picture(height, width, 3, rgb, transparent);
        return grey ? picture.ToGrey() : picture;
    }

    /// <summary>Its brightness alone.</summary>
    public Picture ToGrey()
    {
        if (Channels == 1) return this;
        byte[] grey = new byte[Height * Width];
        // The shares of red, green and blue in 65,536 parts, whose sum is exact: grey stays the same grey.
        for (int i = 0; i < grey.Length; i++)
            grey[i] = (byte)((19595 * Pixels[3 * i] + 38470 * Pixels[3 * i + 1] + 7471 * Pixels[3 * i + 2] + 32768) >> 16);
        return this with { Channels = 1, Pixels = grey };
    }
}
