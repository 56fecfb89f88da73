using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

public class FlattenTests
{
    public static LayerCase[] Cases =>
    [
        new("Flatten of pictures", _ => Flatten(), [2, 3, 4, 5]),
        new("Flatten of rows", _ => Flatten("rows"), [2, 3]),
    ];

    [Fact]
    public void Pictures_become_rows() => Assert.Equal([2, 60], Flatten().Forward(Zeros([2, 3, 4, 5])).Shape);
}
