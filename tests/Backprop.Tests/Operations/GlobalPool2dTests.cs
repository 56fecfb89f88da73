using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class GlobalPool2dTests
{
    public static OperationCase[] Cases =>
    [
        new("GlobalAveragePool2d", x => x[0].GlobalAveragePool2d(), x => x[0].GlobalAveragePool2d(), [2, 3, 3, 5]),
        new("GlobalAveragePool2d of one number", x => x[0].GlobalAveragePool2d(), x => x[0].GlobalAveragePool2d(), [1, 1, 1, 1]),
        new("GlobalMaxPool2d", x => x[0].GlobalMaxPool2d(), x => x[0].GlobalMaxPool2d(), [2, 3, 3, 5]),
        new("GlobalMaxPool2d of an empty batch", x => x[0].GlobalMaxPool2d(), x => x[0].GlobalMaxPool2d(), [0, 3, 2, 2]),
    ];

    [Fact]
    public void Every_channel_gives_one_number()
    {
        var x = Tensor([1, 2, 2, 2], 1, 2, 3, 6, -4, -3, -2, -1);
        Assert.Equal([1, 2], x.GlobalAveragePool2d().Shape);
        Assert.Equal([3, -2.5], x.GlobalAveragePool2d().Values.ToArray());
        Assert.Equal([6, -1], x.GlobalMaxPool2d().Values.ToArray());
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Refused("GlobalAveragePool2d: x [2, 3, 4] needs four axes, [N, C, H, W]", () => Zeros([2, 3, 4]).GlobalAveragePool2d());
        Refused("GlobalMaxPool2d: x [2, 3] needs four axes, [N, C, H, W]", () => Zeros([2, 3]).GlobalMaxPool2d());
        Refused("GlobalMaxPool2d: x [2, 3, 0, 4] has no numbers in a picture", () => Zeros([2, 3, 0, 4]).GlobalMaxPool2d());

        static void Refused(string message, Action act) => Assert.Equal(message, Assert.Throws<ShapeException>(act).Message);
    }
}
