using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

public class AveragePool2dTests
{
    public static LayerCase[] Cases =>
    [
        new("AveragePool2d 2", _ => AveragePool2d(2), [2, 2, 4, 6]),
        new("AveragePool2d overlapping", _ => AveragePool2d((3, 2), (2, 1), (1, 3), name: "pool"), [1, 2, 5, 4]),
    ];

    [Fact]
    public void Windows_lie_side_by_side_unless_a_stride_is_given()
    {
        var layer = AveragePool2d((2, 3));
        Assert.Equal([1, 1, 2, 2], layer.Forward(Zeros([1, 1, 4, 6])).Shape);
        Assert.Equal(["kernel", "stride", "padding"], layer.Settings.Select(setting => setting.Key));
        Assert.Equal([new[] { 2, 3 }, new[] { 2, 3 }, 0], layer.Settings.Select(setting => setting.Value));
    }

    [Fact]
    public void A_padding_below_0_is_refused() =>
        Assert.Equal(
            "AveragePool2d: a padding of -1×-1 came, it is 0 or more.",
            Assert.Throws<ArgumentOutOfRangeException>(() => AveragePool2d(2, padding: -1)).Message);
}
