using Backprop.Data;
using Backprop.Randomness;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Data;

public class AugmentationTests
{
    // Rows 1 2 3, 4 5 6, 7 8 9.
    private static readonly Tensor<double> Nine = Tensor([1, 1, 3, 3], 1, 2, 3, 4, 5, 6, 7, 8, 9);

    private static double[] Moved(int down, int right, double degrees, bool mirrored, double fill = 0)
    {
        double[] to = new double[9];
        new PictureMotion(3, 3, down, right, degrees, mirrored).Move(Nine.Values, to, fill);
        return to;
    }

    [Fact]
    public void A_shift_moves_whole_pixels_and_fills_the_edge()
    {
        Assert.Equal([-1, -1, -1, 2, 3, -1, 5, 6, -1], Moved(1, -1, 0, false, -1));
        Assert.Equal([-1, 7, 8, -1, -1, -1, -1, -1, -1], Moved(-2, 1, 0, false, -1));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0], Moved(0, 3, 0, false));
    }

    [Fact]
    public void A_mirrored_picture_changes_left_and_right()
    {
        Assert.Equal([3, 2, 1, 6, 5, 4, 9, 8, 7], Moved(0, 0, 0, true));
        Assert.Equal([0, 3, 2, 0, 6, 5, 0, 9, 8], Moved(0, 1, 0, true));
    }

    [Fact]
    public void A_quarter_turn_goes_counter_clockwise_and_a_half_turn_upside_down()
    {
        Assert.Equal([3, 6, 9, 2, 5, 8, 1, 4, 7], Moved(0, 0, 90, false).Select(value => Math.Round(value, 12)));
        Assert.Equal([7, 4, 1, 8, 5, 2, 9, 6, 3], Moved(0, 0, -90, false).Select(value => Math.Round(value, 12)));
        Assert.Equal([9, 8, 7, 6, 5, 4, 3, 2, 1], Moved(0, 0, 180, false).Select(value => Math.Round(value, 12)));
    }

    [Fact]
    public void Values_between_pixels_are_bilinear()
    {
        // By 45° the right middle comes from the place √½ to the right and √½ above the centre: 5 + √½·(6 − 5) − √½·(8 − 5).
        double half = Math.Sqrt(0.5);
        Assert.Equal(5 - 2 * half, Moved(0, 0, -45, false)[5], 12);
        Assert.Equal(5 + 4 * half, Moved(0, 0, 45, false)[5], 12);
        // The corner comes from √2 below the centre, between the middle of the lower edge and what is beyond.
        Assert.Equal(8 + (Math.Sqrt(2) - 1) * (-1 - 8), Moved(0, 0, 45, false, -1)[8], 12);
    }

    [Fact]
    public void Angles_are_exact_to_the_last_digits()
    {
        for (int degrees = -180; degrees <= 180; degrees += 5)
        {
            double[] to = new double[4];
            // On a picture that grows by 1 from left to right, a pixel within it says the column that it comes from.
            new PictureMotion(2, 2, 0, 0, degrees, false).Move<double>([0, 1, 0, 1], to, 0.5);
            double radians = degrees * Math.PI / 180, column = 0.5 + 0.5 * Math.Cos(radians) - 0.5 * Math.Sin(radians);
            double row = 0.5 + 0.5 * Math.Cos(radians) + 0.5 * Math.Sin(radians);
            if (column is >= 0 and < 1 && row is >= 0 and < 1) Assert.Equal(column, to[3], 13);
        }
    }

    [Fact]
    public void Draws_come_in_the_order_that_is_said()
    {
        var augmentation = new Augmentation(shift: 1, turn: 30, flip: true, noise: 0.25, fill: -2);
        var two = Tensor([2, 2, 3, 3], [.. Enumerable.Range(0, 36).Select(i => (double)i)]);
        var changed = augmentation.Apply(two, new SeededRandom(7));

        var random = new SeededRandom(7);
        double[] expected = two.Values.ToArray();
        for (int i = 0; i < 2; i++)
        {
            int down = random.Next(-1, 2), right = random.Next(-1, 2);
            double degrees = 30 * (2 * random.NextDouble() - 1);
            var motion = new PictureMotion(3, 3, down, right, degrees, random.Next(2) == 1);
            for (int channel = 0; channel < 2; channel++)
            {
                var plane = expected.AsSpan((2 * i + channel) * 9, 9);
                motion.Move<double>(plane.ToArray(), plane, -2);
            }
            for (int at = 0; at < 18; at++) expected[18 * i + at] += 0.25 * random.NextGaussian();
        }
        Assert.Equal(expected, changed.Values.ToArray());
        Assert.Equal(35, two.Values[^1]);
    }

    [Fact]
    public void Each_shift_and_each_side_comes_about_equally_often()
    {
        const int Count = 9000;
        var dots = Zeros([Count, 5, 5]);
        for (int i = 0; i < Count; i++) dots.Writable[25 * i + 12] = 1;
        var shifted = new Augmentation(shift: 1).Apply(dots, new SeededRandom(3));
        int[] places = new int[25];
        for (int i = 0; i < Count; i++) places[shifted.Values.Slice(25 * i, 25).IndexOf(1.0)]++;
        Assert.All(places.Index(), place => Assert.Equal(
            place.Index / 5 is >= 1 and <= 3 && place.Index % 5 is >= 1 and <= 3 ? Count / 9.0 : 0, place.Item, Count / 9.0 * 0.1));

        var pair = Tensor([Count, 1, 2], [.. Enumerable.Range(0, 2 * Count).Select(i => i % 2.0)]);
        Assert.Equal(Count / 2.0, new Augmentation(flip: true).Apply(pair, new SeededRandom(4)).Values.ToArray().Where((value, i) => i % 2 == 0 && value == 1).Count(), Count * 0.03);
    }

    [Fact]
    public void Noise_has_the_deviation_that_was_asked_for()
    {
        double[] noise = new Augmentation(noise: 0.5).Apply(Zeros([1, 100, 100]), new SeededRandom(5)).Values.ToArray();
        Assert.Equal(0, noise.Average(), 0.02);
        Assert.Equal(0.25, noise.Average(value => value * value), 0.02);
    }

    [Fact]
    public void Its_words_say_what_it_does()
    {
        Assert.Equal("shift=2,turn=10.5,flip,noise=0.1,fill=-0.42", new Augmentation(2, 10.5, true, 0.1, -0.42).ToString());
        Assert.Equal("flip", new Augmentation(flip: true, fill: 3).ToString());
        Assert.Equal("", new Augmentation().ToString());
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.StartsWith("Augmentation: shift -1 came; it is a number of pixels, 0 to 10000.", Refused(() => new Augmentation(shift: -1)), StringComparison.Ordinal);
        Assert.StartsWith("Augmentation: turn 181 came; it is an angle in degrees, 0 to 180.", Refused(() => new Augmentation(turn: 181)), StringComparison.Ordinal);
        Assert.StartsWith("Augmentation: noise NaN came; it is a deviation, 0 or more.", Refused(() => new Augmentation(noise: double.NaN)), StringComparison.Ordinal);
        Assert.StartsWith("Augmentation: fill Infinity came; it is the number of a pixel.", Refused(() => new Augmentation(fill: 1 / 0.0)), StringComparison.Ordinal);

        static string Refused(Func<object> make) => Assert.Throws<ArgumentOutOfRangeException>(make).Message;
    }

    [Fact]
    public void What_is_no_picture_is_refused() => Assert.Equal(
        "Augmentation: [4, 3] came; pictures are [N, C, H, W], or [N, H, W] with one channel",
        Assert.Throws<ShapeException>(() => new Augmentation(1).Apply(Zeros([4, 3]), new SeededRandom(1))).Message);
}
