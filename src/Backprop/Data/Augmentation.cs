using System.Numerics;
using Backprop.Randomness;
using Backprop.Tensors;

namespace Backprop.Data;

/// <summary>Changes pictures a little, anew each time that training meets them: shifted, turned, mirrored, with noise. A network that never
/// sees the same picture twice learns what does not matter.</summary>
/// <remarks>
/// <para>A picture is first mirrored, then turned about its centre, then shifted, all in one step; values between pixels are bilinear, and
/// beyond the edge stands <see cref="Fill"/>. All its channels change alike. Noise comes last.</para>
/// <para>Draws, for one picture after the other and only those that were asked for: rows to shift down, columns to shift right, the angle,
/// whether it is mirrored, then the noise of every number in its order.</para>
/// </remarks>
public sealed class Augmentation
{
    private const int MostShift = 10_000;

    /// <summary>Says what may happen to a picture.</summary>
    /// <param name="shift">By up to how many pixels it is shifted, up or down and left or right, each whole number equally likely; 0 to
    /// 10,000. 2 suits pictures of 28×28.</param>
    /// <param name="turn">By up to how many degrees it is turned, either way, each angle equally likely; 0 to 180. 10 suits digits.</param>
    /// <param name="flip">Whether one of two is mirrored, left for right. Not for digits and letters.</param>
    /// <param name="noise">The deviation of the Gaussian noise that is added to every number; 0 or more, in the unit of the data that
    /// train, so that 0.1 suits standardised ones.</param>
    /// <param name="fill">What stands beyond the edge of a picture, in the same unit: what black is, if the paper is black.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public Augmentation(int shift = 0, double turn = 0, bool flip = false, double noise = 0, double fill = 0)
    {
        Needed(shift is >= 0 and <= MostShift, nameof(shift), shift, $"it is a number of pixels, 0 to {MostShift}");
        Needed(turn is >= 0 and <= 180, nameof(turn), turn, "it is an angle in degrees, 0 to 180");
        Needed(noise >= 0 && double.IsFinite(noise), nameof(noise), noise, "it is a deviation, 0 or more");
        Needed(double.IsFinite(fill), nameof(fill), fill, "it is the number of a pixel");
        (Shift, Turn, Flip, Noise, Fill) = (shift, turn, flip, noise, fill);
    }

    /// <summary>By up to how many pixels a picture is shifted in each direction.</summary>
    public int Shift { get; }

    /// <summary>By up to how many degrees it is turned.</summary>
    public double Turn { get; }

    /// <summary>Whether one of two is mirrored, left for right.</summary>
    public bool Flip { get; }

    /// <summary>The deviation of the noise.</summary>
    public double Noise { get; }

    /// <summary>What stands beyond the edge of a picture.</summary>
    public double Fill { get; }

    /// <summary>The settings in words, those that do something: <c>shift=2,turn=10,flip,noise=0.1,fill=-0.42</c>.</summary>
    public override string ToString()
    {
        var words = new List<string>();
        if (Shift > 0) words.Add(FormattableString.Invariant($"shift={Shift}"));
        if (Turn > 0) words.Add(FormattableString.Invariant($"turn={Turn}"));
        if (Flip) words.Add("flip");
        if (Noise > 0) words.Add(FormattableString.Invariant($"noise={Noise}"));
        if (Fill != 0 && (Shift > 0 || Turn > 0)) words.Add(FormattableString.Invariant($"fill={Fill}"));
        return string.Join(',', words);
    }

    /// <summary>Changes pictures as training would.</summary>
    /// <param name="pictures">[N, C, H, W], or [N, H, W] with one channel.</param>
    /// <param name="random">Draws everything.</param>
    /// <returns>A tensor of its own of the same shape.</returns>
    /// <exception cref="ShapeException">The tensor has other axes.</exception>
    public Tensor<T> Apply<T>(Tensor<T> pictures, Random random) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(random);
        Check(pictures.Shape);
        var changed = pictures.Copy();
        ApplyTo(changed, random, new T[pictures.Shape[^2] * pictures.Shape[^1]]);
        return changed;
    }

    /// <summary>Refuses data that are no pictures.</summary>
    internal static void Check(Shape shape)
    {
        if (shape.Rank is not (3 or 4))
            throw new ShapeException("Augmentation", $"{shape} came; pictures are [N, C, H, W], or [N, H, W] with one channel", shape);
    }

    /// <summary>Changes pictures where they stand.</summary>
    /// <param name="pictures">What is changed.</param>
    /// <param name="random">Draws everything.</param>
    /// <param name="plane">Room for one channel of a picture.</param>
    internal void ApplyTo<T>(Tensor<T> pictures, Random random, Span<T> plane) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = pictures.Shape[0], height = pictures.Shape[^2], width = pictures.Shape[^1], size = count == 0 ? 0 : pictures.Length / count;
        T fill = T.CreateChecked(Fill), noise = T.CreateChecked(Noise);
        var all = pictures.Writable;
        for (int i = 0; i < count; i++)
        {
            var picture = all.Slice(i * size, size);
            var motion = Draw(random, height, width);
            for (int start = 0; start < size && !motion.IsNone; start += height * width)
            {
                picture.Slice(start, height * width).CopyTo(plane);
                motion.Move<T>(plane, picture.Slice(start, height * width), fill);
            }
            for (int at = 0; at < size && Noise > 0; at++) picture[at] += noise * T.CreateChecked(random.NextGaussian());
        }
    }

    private PictureMotion Draw(Random random, int height, int width)
    {
        int down = Shift > 0 ? random.Next(-Shift, Shift + 1) : 0, right = Shift > 0 ? random.Next(-Shift, Shift + 1) : 0;
        double degrees = Turn > 0 ? Turn * (2 * random.NextDouble() - 1) : 0;
        bool mirrored = Flip && random.Next(2) == 1;
        return new PictureMotion(height, width, down, right, degrees, mirrored);
    }

    private static void Needed(bool allowed, string name, double came, string needed)
    {
        if (!allowed) throw new ArgumentOutOfRangeException(name, FormattableString.Invariant($"Augmentation: {name} {came} came; {needed}."));
    }
}
