using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

public class MaxPool2dTests
{
    public static LayerCase[] Cases =>
    [
        new("MaxPool2d 2", _ => MaxPool2d(2), [2, 2, 4, 6]),
        new("MaxPool2d overlapping", _ => MaxPool2d((3, 2), (2, 1), (1, 0), name: "pool"), [1, 2, 5, 4]),
    ];

    [Fact]
    public void Windows_lie_side_by_side_unless_a_stride_is_given()
    {
        var layer = MaxPool2d((2, 3));
        Assert.Equal([1, 1, 2, 2], layer.Forward(Zeros([1, 1, 4, 6])).Shape);
        Assert.Equal(["kernel", "stride", "padding"], layer.Settings.Select(setting => setting.Key));
        Assert.Equal([new[] { 2, 3 }, new[] { 2, 3 }, 0], layer.Settings.Select(setting => setting.Value));
    }

    [Theory]
    [InlineData(0, 1, 0, "MaxPool2d: a window of 0×0 came, it needs at least 1×1.")]
    [InlineData(2, 0, 0, "MaxPool2d: a stride of 0×0 came, it is 1 or more.")]
    [InlineData(2, 2, 2, "MaxPool2d: a padding of 2×2 came, it is less than the window of 2×2, so that every window has a number.")]
    public void Sizes_out_of_range_are_refused(int kernel, int stride, int padding, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(() => MaxPool2d(kernel, stride, padding)).Message);
}
