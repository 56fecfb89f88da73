using System.Numerics;

namespace Backprop.Data;

/// <summary>Where each pixel of a moved picture comes from: mirrored first, then turned counter-clockwise about the centre, then
/// shifted.</summary>
internal readonly struct PictureMotion
{
    private readonly int height, width, down, right;
    private readonly double sine, cosine;
    private readonly bool mirrored;

    public PictureMotion(int height, int width, int down, int right, double degrees, bool mirrored)
    {
        (this.height, this.width, this.down, this.right, this.mirrored) = (height, width, down, right, mirrored);
        (sine, cosine) = SineAndCosine(degrees);
    }

    /// <summary>Whether the picture stays as it is.</summary>
    public bool IsNone => down == 0 && right == 0 && sine == 0 && cosine > 0 && !mirrored;

    /// <summary>Moves one channel.</summary>
    /// <param name="from">The pixels as they were.</param>
    /// <param name="to">The pixels as they become.</param>
    /// <param name="fill">What stands beyond the edge.</param>
    public void Move<T>(ReadOnlySpan<T> from, Span<T> to, T fill) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (sine == 0 && cosine > 0) Shift(from, to, fill);
        else Turn(from, to, fill);
    }

    private void Shift<T>(ReadOnlySpan<T> from, Span<T> to, T fill) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                to[y * width + x] = Pixel(from, y - down, x - right, fill);
    }

    /// <summary>Turns back from each new pixel to the place that it comes from, and takes the four pixels around by how near they
    /// are.</summary>
    private void Turn<T>(ReadOnlySpan<T> from, Span<T> to, T fill) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double middleY = (height - 1) / 2.0, middleX = (width - 1) / 2.0;
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                double v = y - down - middleY, u = x - right - middleX;
                // Rows count downwards, so that this is the clockwise turn.
                double row = middleY + cosine * v + sine * u, column = middleX + cosine * u - sine * v;
                int top = (int)Math.Floor(row), left = (int)Math.Floor(column);
                T below = T.CreateChecked(row - top), beside = T.CreateChecked(column - left);
                T upper = Between(Pixel(from, top, left, fill), Pixel(from, top, left + 1, fill), beside);
                T lower = Between(Pixel(from, top + 1, left, fill), Pixel(from, top + 1, left + 1, fill), beside);
                to[y * width + x] = Between(upper, lower, below);
            }
    }

    private T Pixel<T>(ReadOnlySpan<T> from, int y, int x, T fill) where T : unmanaged =>
        (uint)y < (uint)height && (uint)x < (uint)width ? from[y * width + (mirrored ? width - 1 - x : x)] : fill;

    private static T Between<T>(T a, T b, T share) where T : IFloatingPointIeee754<T> => a + (b - a) * share;

    /// <summary>Taylor's series of an eighth of the angle, then the double angle three times: the same bits on every machine.</summary>
    private static (double Sine, double Cosine) SineAndCosine(double degrees)
    {
        double angle = degrees * (double.Pi / 180) / 8, sine = 0, term = angle;
        for (int n = 1; n <= 15; n += 2)
        {
            sine += term;
            term *= -(angle * angle) / ((n + 1) * (n + 2));
        }
        double cosine = Math.Sqrt(1 - sine * sine);
        for (int i = 0; i < 3; i++) (sine, cosine) = (2 * sine * cosine, 1 - 2 * sine * sine);
        return (sine, cosine);
    }
}
