using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

public class Upsample2dTests
{
    public static LayerCase[] Cases =>
    [
        new("Upsample2d", _ => Upsample2d(2), [2, 2, 2, 3]),
        new("Upsample2d bilinear", _ => Upsample2d((3, 2), bilinear: true, name: "up"), [1, 2, 2, 3]),
    ];

    [Fact]
    public void Settings_make_an_equal_layer()
    {
        var settings = Upsample2d((3, 2), bilinear: true).Settings;
        Assert.Equal(["factor", "bilinear"], settings.Select(setting => setting.Key));
        Assert.Equal([new[] { 3, 2 }, true], settings.Select(setting => setting.Value));
    }

    [Fact]
    public void A_factor_below_1_is_refused() => Assert.Equal(
        "Upsample2d: a factor of 0×0 came, it is 1 or more.", Assert.Throws<ArgumentOutOfRangeException>(() => Upsample2d(0)).Message);
}
