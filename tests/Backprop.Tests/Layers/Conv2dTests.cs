using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

public class Conv2dTests
{
    public static LayerCase[] Cases =>
    [
        new("Conv2d 3×3", random => Conv2d(2, 4, 3, random, name: "edges"), [2, 2, 5, 5]),
        new("Conv2d stride and padding", random => Conv2d(1, 2, (3, 2), random, 2, (1, 0)), [1, 1, 5, 6]),
        new("Conv2d without bias", random => Conv2d(3, 1, 1, random, bias: false), [2, 3, 2, 2]),
    ];

    [Fact]
    public void Kernels_are_Glorot_uniform_over_their_windows_and_biases_zero()
    {
        var layer = Conv2d(2, 5, (3, 4), new Random(7));
        Assert.Equal(GlorotUniform().Parameter("", [5, 2, 3, 4], 2 * 12, 5 * 12, new Random(7)).Values.ToArray(), layer.Weight.Values.ToArray());
        Assert.Equal(new double[5], layer.Bias!.Values.ToArray());
        Assert.Equal(["weight", "bias"], layer.Parameters.Names);
    }

    [Fact]
    public void Another_initializer_may_draw() =>
        Assert.Equal(
            HeUniform().Parameter("", [5, 2, 3, 3], 18, 45, new Random(7)).Values.ToArray(),
            Conv2d(2, 5, 3, new Random(7), weight: HeUniform()).Weight.Values.ToArray());

    [Fact]
    public void Settings_are_numbers_or_pairs()
    {
        Assert.Equal(
            [("filters", (object)4), ("kernel", 3), ("stride", 1), ("padding", 0)], Conv2d(2, 4, 3, new Random(1)).Settings);
        var settings = Conv2d(2, 4, (3, 2), new Random(1), 2, (1, 0), bias: false).Settings;
        Assert.Equal(["filters", "kernel", "stride", "padding", "bias"], settings.Select(setting => setting.Key));
        Assert.Equal([4, new[] { 3, 2 }, 2, new[] { 1, 0 }, false], settings.Select(setting => setting.Value));
    }

    [Fact]
    public void Given_numbers_are_taken()
    {
        var layer = Conv2d(Tensor([1, 1, 1, 2], 3, 4), Tensor([1], 5), stride: (1, 2));
        Assert.Equal([3 * 10 + 4 * 20 + 5, 3 * 30 + 4 * 40 + 5], layer.Forward(Tensor([1, 1, 1, 4], 10, 20, 30, 40)).Values.ToArray());
        Assert.Equal((1, 1, (1, 2)), (layer.Channels, layer.Filters, (layer.Kernel.Rows, layer.Kernel.Columns)));
    }

    [Fact]
    public void A_given_parameter_is_shared()
    {
        var first = Conv2d(Parameter([1, 1, 1, 1], 3));
        Assert.Same(first.Weight, Assert.Single(Sequential(first, Conv2d(first.Weight)).Parameters));
    }

    [Fact]
    public void LeNet_is_described_without_a_multiplication()
    {
        var random = new Random(1);
        var model = Sequential(
            Conv2d(1, 6, 5, random, padding: 2), Tanh(), AveragePool2d(2), Conv2d(6, 16, 5, random), Tanh(), AveragePool2d(2),
            Flatten(), Linear(400, 120, random), Tanh(), Linear(120, 84, random), Tanh(), Linear(84, 10, random));
        var table = model.Describe([64, 1, 28, 28]);
        Assert.Equal(61_706, table.Parameters);
        Assert.Equal([64, 16, 10, 10], table.Rows[3].Output);
        Assert.Equal(("conv2d1", 64L * 6 * 784 * 25), (table.Rows[0].Name, table.Rows[0].MultiplyAdds));
        Assert.Equal([64, 10], table.Output);
    }

    [Theory]
    [InlineData(0, 1, 3, 1, 0, "Conv2d: channels is 0, 1 or more is needed.")]
    [InlineData(1, 0, 3, 1, 0, "Conv2d: filters is 0, 1 or more is needed.")]
    [InlineData(1, 1, 0, 1, 0, "Conv2d: a window of 0×0 came, it needs at least 1×1.")]
    [InlineData(1, 1, 3, 0, 0, "Conv2d: a stride of 0×0 came, it is 1 or more.")]
    [InlineData(1, 1, 3, 1, -1, "Conv2d: a padding of -1×-1 came, it is 0 or more.")]
    public void Sizes_out_of_range_are_refused(int channels, int filters, int kernel, int stride, int padding, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(() => Conv2d(channels, filters, kernel, new Random(1), stride, padding)).Message);

    [Fact]
    public void Given_shapes_that_do_not_fit_are_refused()
    {
        Assert.Equal("Conv2d: the weight [3] came, [filters, channels, rows, columns] is needed",
            Assert.Throws<ShapeException>(() => Conv2d(Tensor([3], 1, 2, 3))).Message);
        Assert.Equal("Conv2d: the bias [2] came, the weight [1, 1, 1, 2] needs [1]",
            Assert.Throws<ShapeException>(() => Conv2d(Tensor([1, 1, 1, 2], 1, 2), Tensor([2], 1, 2))).Message);
    }

    [Fact]
    public void More_weights_than_a_tensor_holds_are_refused() =>
        Assert.StartsWith(
            "Shape: [1, 65536, 65536, 65536] has more than",
            Assert.Throws<ShapeException>(() => Conv2d(65536, 1, 65536, new Random(1))).Message, StringComparison.Ordinal);
}
