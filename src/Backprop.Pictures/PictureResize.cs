namespace Backprop.Pictures;

/// <summary>Stretches and shrinks pictures by a triangle over the pixels that each new one covers: bilinear when it grows, a weighted mean
/// when it shrinks.</summary>
/// <remarks>Source: Heckbert, Fundamentals of Texture Mapping and Image Warping (1989), §3; what PyTorch calls bilinear with
/// antialias.</remarks>
internal static class PictureResize
{
    public static Picture To(this Picture picture, int height, int width)
    {
        if (picture.Height == height && picture.Width == width) return picture;
        int channels = picture.Channels;
        double[] values = [.. picture.Pixels.Select(value => (double)value)];
        // Along the rows a pixel is `channels` numbers away from the next; along the columns a whole row.
        values = Along(values, lines: picture.Height, picture.Width, width, channels);
        values = Along(values, lines: 1, picture.Height, height, width * channels);
        byte[] pixels = [.. values.Select(value => (byte)Math.Clamp(Math.Round(value, MidpointRounding.AwayFromZero), 0, 255))];
        return picture with { Height = height, Width = width, Pixels = pixels };
    }

    /// <summary>Resizes one axis: <paramref name="lines"/> times <paramref name="count"/> places, each of <paramref name="width"/> numbers
    /// side by side.</summary>
    private static double[] Along(double[] from, int lines, int count, int newCount, int width)
    {
        if (count == newCount) return from;
        double[] to = new double[lines * newCount * width];
        double scale = (double)count / newCount, reach = Math.Max(1, scale);
        for (int place = 0; place < newCount; place++)
        {
            double centre = (place + 0.5) * scale;
            int first = Math.Max(0, (int)Math.Floor(centre - reach)), last = Math.Min(count - 1, (int)Math.Ceiling(centre + reach) - 1);
            double[] weights = [.. Enumerable.Range(first, last - first + 1).Select(at => Math.Max(0, 1 - Math.Abs(at + 0.5 - centre) / reach))];
            double sum = weights.Sum();
            for (int line = 0; line < lines; line++)
                for (int source = first; source <= last; source++)
                {
                    double share = weights[source - first] / sum;
                    int start = (line * count + source) * width, end = (line * newCount + place) * width;
                    for (int i = 0; i < width; i++) to[end + i] += share * from[start + i];
                }
        }
        return to;
    }
}
