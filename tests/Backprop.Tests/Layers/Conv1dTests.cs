using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

public class Conv1dTests
{
    public static LayerCase[] Cases =>
    [
        new("Conv1d 3", random => Conv1d(2, 4, 3, random, name: "edges"), [2, 2, 6]),
        new("Conv1d stride, padding, dilation and groups", random => Conv1d(2, 4, 3, random, 2, 1, 2, 2, bias: false), [2, 2, 7]),
    ];

    [Fact]
    public void Given_numbers_are_taken()
    {
        var layer = Conv1d(Tensor([1, 1, 2], 3, 4), Tensor([1], 5), stride: 2);
        Assert.Equal([3 * 10 + 4 * 20 + 5, 3 * 30 + 4 * 40 + 5], layer.Forward(Tensor([1, 1, 4], 10, 20, 30, 40)).Values.ToArray());
        Assert.Equal((1, 1, 2, 2), (layer.Channels, layer.Filters, layer.Kernel, layer.Stride));
    }

    [Fact]
    public void Settings_are_whole_numbers() => Assert.Equal(
        [("filters", (object)4), ("kernel", 3), ("stride", 2), ("padding", 1), ("dilation", 2), ("groups", 2), ("bias", false)],
        Conv1d(2, 4, 3, new Random(1), 2, 1, 2, 2, bias: false).Settings);

    [Theory]
    [InlineData(0, 1, 3, 1, 0, 1, 1, "Conv1d: channels is 0, 1 or more is needed.")]
    [InlineData(1, 0, 3, 1, 0, 1, 1, "Conv1d: filters is 0, 1 or more is needed.")]
    [InlineData(1, 1, 0, 1, 0, 1, 1, "Conv1d: a window of 0 came, it needs at least 1.")]
    [InlineData(1, 1, 3, 0, 0, 1, 1, "Conv1d: a stride of 0 came, it is 1 or more.")]
    [InlineData(1, 1, 3, 1, -1, 1, 1, "Conv1d: a padding of -1 came, it is 0 or more.")]
    [InlineData(1, 1, 3, 1, 0, 0, 1, "Conv1d: a dilation of 0 came, it is 1 or more.")]
    [InlineData(3, 4, 3, 1, 0, 1, 2, "Conv1d: 2 groups came, which 3 channels cannot share evenly.")]
    public void Sizes_out_of_range_are_refused(int channels, int filters, int kernel, int stride, int padding, int dilation, int groups, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(
            () => Conv1d(channels, filters, kernel, new Random(1), stride, padding, dilation, groups)).Message);

    [Fact]
    public void Given_shapes_that_do_not_fit_are_refused()
    {
        Assert.Equal("Conv1d: the weight [3] came, [filters, channels, positions] is needed",
            Assert.Throws<ShapeException>(() => Conv1d(Tensor([3], 1, 2, 3))).Message);
        Assert.Equal("Conv1d: the bias [2] came, the weight [1, 1, 2] needs [1]",
            Assert.Throws<ShapeException>(() => Conv1d(Tensor([1, 1, 2], 1, 2), Tensor([2], 1, 2))).Message);
    }
}
