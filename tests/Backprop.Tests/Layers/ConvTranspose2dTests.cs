using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

public class ConvTranspose2dTests
{
    public static LayerCase[] Cases =>
    [
        new("ConvTranspose2d 3×3", random => ConvTranspose2d(2, 3, 3, random, name: "up"), [2, 2, 3, 4]),
        new("ConvTranspose2d with everything", random => ConvTranspose2d(4, 2, (3, 2), random, 2, (1, 0), 1, (1, 2), 2, bias: false), [1, 4, 3, 2]),
    ];

    [Fact]
    public void Kernels_are_Glorot_uniform_over_their_windows_and_biases_zero()
    {
        var layer = ConvTranspose2d(4, 6, (3, 4), new Random(7), groups: 2);
        Assert.Equal(GlorotUniform().Parameter("", [4, 3, 3, 4], 2 * 12, 3 * 12, new Random(7)).Values.ToArray(), layer.Weight.Values.ToArray());
        Assert.Equal(new double[6], layer.Bias!.Values.ToArray());
        Assert.Equal((4, 6, 2), (layer.Channels, layer.Filters, layer.Groups));
    }

    [Fact]
    public void Settings_are_numbers_or_pairs()
    {
        Assert.Equal([("filters", (object)3), ("kernel", 2), ("stride", 1), ("padding", 0)], ConvTranspose2d(1, 3, 2, new Random(1)).Settings);
        var settings = ConvTranspose2d(4, 2, (3, 2), new Random(1), 2, (1, 0), 1, (1, 2), 2, bias: false).Settings;
        Assert.Equal(["filters", "kernel", "stride", "padding", "outputPadding", "dilation", "groups", "bias"], settings.Select(setting => setting.Key));
        Assert.Equal([2, new[] { 3, 2 }, 2, new[] { 1, 0 }, 1, new[] { 1, 2 }, 2, false], settings.Select(setting => setting.Value));
    }

    [Fact]
    public void It_turns_a_convolution_round_to_the_size_that_it_came_from()
    {
        var (x, random) = (Zeros([1, 1, 28, 28]), new Random(1));
        var small = Conv2d(1, 4, 3, random, 2, 1).Forward(x);
        Assert.Equal([1, 4, 14, 14], small.Shape);
        Assert.Equal(x.Shape, ConvTranspose2d(4, 1, 3, random, 2, 1, outputPadding: 1).Forward(small).Shape);
    }

    [Theory]
    [InlineData(1, 1, 0, 1, 0, 0, 1, "ConvTranspose2d: a window of 0×0 came, it needs at least 1×1.")]
    [InlineData(1, 1, 3, 2, 0, 2, 1, "ConvTranspose2d: an output padding of 2×2 came, it is 0 or more and below the stride of 2×2.")]
    [InlineData(4, 3, 3, 1, 0, 0, 2, "ConvTranspose2d: 2 groups came, which 3 filters cannot share evenly.")]
    [InlineData(4, 3, 3, 1, -1, 0, 1, "ConvTranspose2d: a padding of -1×-1 came, it is 0 or more.")]
    public void Sizes_out_of_range_are_refused(int channels, int filters, int kernel, int stride, int padding, int outputPadding, int groups, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(
            () => ConvTranspose2d(channels, filters, kernel, new Random(1), stride, padding, outputPadding, groups: groups)).Message);

    [Fact]
    public void Given_shapes_that_do_not_fit_are_refused()
    {
        Assert.Equal("ConvTranspose2d: the weight [3] came, [channels, filters, rows, columns] is needed",
            Assert.Throws<ShapeException>(() => ConvTranspose2d(Tensor([3], 1, 2, 3))).Message);
        Assert.Equal("ConvTranspose2d: the bias [1] came, the weight [1, 2, 1, 1] needs [2]",
            Assert.Throws<ShapeException>(() => ConvTranspose2d(Tensor([1, 2, 1, 1], 1, 2), Tensor([1], 1))).Message);
    }
}
