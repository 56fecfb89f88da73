using Backprop.Data;
using Backprop.Randomness;
using Backprop.Tensors;
using Backprop.Training;
using static Backprop.Nn<float>;

namespace Backprop.Tests.Data;

public class GeneratedDigitsTests
{
    [Fact]
    public void The_same_seed_draws_the_same_bits_and_another_seed_others()
    {
        var first = Generated.Digits<double>(30, new SeededRandom(4));
        var again = Generated.Digits<double>(30, new SeededRandom(4));
        var other = Generated.Digits<double>(30, new SeededRandom(5));
        Assert.Equal(first.Inputs.Values, again.Inputs.Values);
        Assert.Equal(Classes(first), Classes(again));
        Assert.NotEqual(first.Inputs.Values.ToArray(), other.Inputs.Values.ToArray());
        Assert.NotEqual(Classes(first), Classes(other));
    }

    [Fact]
    public void Every_digit_comes_equally_often_and_pixels_lie_from_paper_to_ink()
    {
        var digits = Generated.Digits<float>(43, new SeededRandom(1), side: 20, noise: 0.5);
        Assert.Equal([43, 1, 20, 20], digits.Inputs.Shape);
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], digits.ClassNames);
        Assert.Equal([5, 5, 5, 4, 4, 4, 4, 4, 4, 4], Enumerable.Range(0, 10).Select(digit => Classes(digits).Count(one => one == digit)));
        Assert.All(digits.Inputs.Values.ToArray(), pixel => Assert.InRange(pixel, 0, 1));
    }

    [Fact]
    public void Without_distortion_and_noise_a_digit_is_always_the_same_and_no_two_digits_are()
    {
        var digits = Generated.Digits<float>(20, new SeededRandom(1), distortion: 0, noise: 0);
        var drawn = Enumerable.Range(0, 20).ToLookup(i => Classes(digits)[i], i => string.Join(' ', digits.Inputs.Values.Slice(256 * i, 256).ToArray()));
        Assert.All(drawn, pictures => Assert.Single(pictures.Distinct()));
        Assert.Equal(10, drawn.Select(pictures => pictures.First()).Distinct().Count());
    }

    [Fact]
    public void A_one_is_an_upright_line_with_its_serif_on_the_left()
    {
        const int side = 16;
        var digits = Generated.Digits<float>(10, new SeededRandom(1), side, distortion: 0, noise: 0);
        var one = digits.Inputs.Values.Slice(side * side * Array.IndexOf(Classes(digits), 1), side * side);
        // The stem stands at x = 0.5 + 0.42·(0.55 − 0.5) = 0.521 of the side, which is in column 8, from 0.16 to 0.84 of the height.
        for (int row = 4; row <= 12; row++) Assert.InRange(one[row * side + 8], 0.9f, 1);
        // It begins at (8.336, 2.56), 1.0726 from the middle of the pixel (8, 1); the pen's half width is 0.052·16, so the ink is 0.832 + ½ − 1.0726.
        Assert.Equal(0.2594, one[1 * side + 8], 1e-4);
        Assert.Equal(0, one[0 * side + 8]);
        Assert.Equal(0, one[15 * side + 8]);
        Assert.InRange(one[5 * side + 6], 0.3f, 1);
        for (int row = 0; row < side; row++) Assert.Equal(0, one[row * side + 11]);
    }

    [Fact]
    public void A_network_tells_the_ten_apart()
    {
        var random = new SeededRandom(1);
        DataSet<float> train = Generated.Digits<float>(1000, random), test = Generated.Digits<float>(300, random);
        var model = Sequential(
            Conv2d(1, 8, 3, random, weight: HeUniform()), Relu(), MaxPool2d(2), Conv2d(8, 16, 3, random, weight: HeUniform()), Relu(), MaxPool2d(2),
            Flatten(), Linear(64, 10, random));
        var trainer = new Trainer<float>(model, (Tensor<float> y, Indices t) => SoftmaxCrossEntropy(y, t), Adam(model.Parameters, 0.005));
        double accuracy = trainer.Epochs(train, 5, test, cancellation: TestContext.Current.CancellationToken).Last().Test!.Accuracy!.Value;
        Assert.InRange(accuracy, 0.85, 1);
    }

    [Theory]
    [InlineData("Digits: count 0 came; the number of pictures is 1 or more.", 0, 16, 1, 0)]
    [InlineData("Digits: side 7 came; pictures have 8 to 256 pixels on a side.", 1, 7, 1, 0)]
    [InlineData("Digits: side 257 came; pictures have 8 to 256 pixels on a side.", 1, 257, 1, 0)]
    [InlineData("Digits: distortion -0.5 came; it is 0 to 2, 1 suits most uses.", 1, 16, -0.5, 0)]
    [InlineData("Digits: distortion NaN came; it is 0 to 2, 1 suits most uses.", 1, 16, double.NaN, 0)]
    [InlineData("Digits: noise -0.1 came; it is a deviation, 0 or more, 0.1 suits most uses.", 1, 16, 1, -0.1)]
    [InlineData("Digits: noise Infinity came; it is a deviation, 0 or more, 0.1 suits most uses.", 1, 16, 1, double.PositiveInfinity)]
    public void A_number_outside_its_range_is_refused(string message, int count, int side, double distortion, double noise) =>
        Assert.StartsWith(
            message, Assert.Throws<ArgumentOutOfRangeException>(() => Generated.Digits<float>(count, new SeededRandom(1), side, distortion, noise)).Message,
            StringComparison.Ordinal);

    private static int[] Classes<T>(DataSet<T> digits) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        ((Indices)digits.Targets).Values.ToArray();
}
