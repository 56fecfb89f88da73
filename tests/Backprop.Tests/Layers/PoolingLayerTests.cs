using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

/// <summary>The pooling layers beside those of pictures.</summary>
public class PoolingLayerTests
{
    public static LayerCase[] Cases =>
    [
        new("MaxPool1d", _ => MaxPool1d(2), [2, 2, 7]),
        new("MaxPool1d overlapping, in ceil mode", _ => MaxPool1d(3, 2, 1, true, "pool"), [2, 1, 6]),
        new("AveragePool1d", _ => AveragePool1d(2), [2, 2, 7]),
        new("AveragePool1d without its padding, in ceil mode", _ => AveragePool1d(3, 2, 1, true, false, "pool"), [2, 1, 6]),
        new("MaxPool2d in ceil mode", _ => MaxPool2d(2, ceilMode: true), [2, 1, 5, 3]),
        new("AveragePool2d without its padding", _ => AveragePool2d(3, 2, 1, countPadding: false), [2, 1, 5, 3]),
        new("GlobalAveragePool2d", _ => GlobalAveragePool2d("mean"), [2, 3, 4, 5]),
        new("GlobalMaxPool2d", _ => GlobalMaxPool2d(), [2, 3, 4, 5]),
    ];

    [Fact]
    public void Settings_say_what_is_unusual()
    {
        Assert.Equal([("kernel", (object)2), ("stride", 2), ("padding", 0)], MaxPool1d(2).Settings);
        Assert.Equal([("kernel", (object)3), ("stride", 2), ("padding", 1), ("ceil", true)], MaxPool1d(3, 2, 1, true).Settings);
        Assert.Equal([("kernel", (object)2), ("stride", 2), ("padding", 0)], AveragePool2d(2).Settings);
        Assert.Equal(
            [("kernel", (object)3), ("stride", 2), ("padding", 1), ("ceil", true), ("countPadding", false)], AveragePool2d(3, 2, 1, true, false).Settings);
    }

    [Fact]
    public void Sizes_out_of_range_are_refused_at_once()
    {
        Refused("MaxPool1d: a padding of 2 came, it is less than the window of 2, so that every window has a number.", () => MaxPool1d(2, padding: 2));
        Refused("AveragePool1d: a stride of 0 came, it is 1 or more.", () => AveragePool1d(2, 0));
        Refused("AveragePool1d: a padding of 2 came, it is less than the window of 2, so that every window has a number.",
            () => AveragePool1d(2, padding: 2, countPadding: false));
        Assert.Equal(2, AveragePool1d(2, padding: 2).Padding);

        static void Refused(string message, Action act) => Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(act).Message);
    }
}
