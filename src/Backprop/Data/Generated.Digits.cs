using System.Numerics;
using Backprop.Randomness;
using Backprop.Tensors;

namespace Backprop.Data;

// Pictures of digits.
public static partial class Generated
{
    private const int DigitKinds = 10, LeastSide = 8, MostSide = 256;

    /// <summary>Small pictures of the digits 0 to 9, drawn by a pen that shifts, turns, slants, trembles and presses differently each
    /// time.</summary>
    /// <param name="count">The number of pictures, 1 or more; every digit comes equally often, to within one, in an order drawn by
    /// chance.</param>
    /// <param name="random">Draws everything; the same state gives the same bits.</param>
    /// <param name="side">Pixels in height and in width, 8 to 256.</param>
    /// <param name="distortion">How differently a digit is drawn each time, 0 to 2: 0 always draws it the same, 1 shifts it by up to 3/32
    /// of the side,
    /// turns it by up to 23°, slants it by up to 17°, scales each direction by up to 12 %, moves every point of the pen by about 3 % of
    /// the digit
    /// and changes the pen's width by up to 30 %; other values change these in proportion.</param>
    /// <param name="noise">The deviation of the Gaussian noise that is added to every pixel, 0 or more; pixels are kept within 0 … 1
    /// afterwards.</param>
    /// <remarks>
    /// <para>Shapes: inputs [count, 1, side, side] with 0 for paper and 1 for ink; targets [count], named "0" to "9".</para>
    /// <para>A pixel's ink is how far the pen covers it: the pen's half width plus ½ less the pixel's distance from the line, within 0 …
    /// 1.</para>
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public static DataSet<T> Digits<T>(int count, Random random, int side = 16, double distortion = 1, double noise = 0.2)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(random);
        Within("Digits", count >= 1, nameof(count), count, "the number of pictures is 1 or more");
        Within("Digits", side is >= LeastSide and <= MostSide, nameof(side), side, $"pictures have {LeastSide} to {MostSide} pixels on a side");
        Within("Digits", distortion is >= 0 and <= 2, nameof(distortion), distortion, "it is 0 to 2, 1 suits most uses");
        NoiseWithin("Digits", noise);

        int[] digits = [.. Enumerable.Range(0, count).Select(i => i % DigitKinds)];
        random.Permute<int>(digits);
        Shape shape = [count, 1, side, side];
        var pixels = new T[shape.Elements];
        for (int i = 0; i < count; i++)
        {
            var pen = new DigitPen(digits[i], side, distortion, random);
            for (int at = 0; at < side * side; at++)
            {
                double ink = pen.Ink(at % side, at / side);
                if (noise > 0) ink = Math.Clamp(ink + noise * random.NextGaussian(), 0, 1);
                pixels[i * side * side + at] = T.CreateChecked(ink);
            }
        }
        return new DataSet<T>(
            Nn<T>.Tensor(shape, pixels), new Indices([count], digits), ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    }
}
