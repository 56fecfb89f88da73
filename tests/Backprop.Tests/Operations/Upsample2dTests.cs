using System.Globalization;
using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class Upsample2dTests
{
    public static OperationCase[] Cases =>
    [
        new("Upsample2d 2", x => x[0].Upsample2d(2), x => x[0].Upsample2d(2), [2, 2, 3, 4]),
        new("Upsample2d (3,1)", x => x[0].Upsample2d((3, 1)), x => x[0].Upsample2d((3, 1)), [1, 2, 2, 3]),
        new("Upsample2d 1", x => x[0].Upsample2d(1), x => x[0].Upsample2d(1), [1, 1, 2, 2]),
        new("Upsample2d bilinear 2", x => x[0].Upsample2d(2, true), x => x[0].Upsample2d(2, true), [2, 2, 3, 4]),
        new("Upsample2d bilinear (3,2)", x => x[0].Upsample2d((3, 2), true), x => x[0].Upsample2d((3, 2), true), [1, 2, 2, 5]),
        new("Upsample2d bilinear of one number", x => x[0].Upsample2d((2, 5), true), x => x[0].Upsample2d((2, 5), true), [2, 1, 1, 1]),
        new("Upsample2d bilinear of an empty batch", x => x[0].Upsample2d(2, true), x => x[0].Upsample2d(2, true), [0, 1, 2, 2]),
    ];

    [Fact]
    public void Nearest_repeats_rows_and_columns()
    {
        var y = Tensor([1, 1, 2, 2], 1, 2, 3, 4).Upsample2d((2, 3));
        Assert.Equal([1, 1, 4, 6], y.Shape);
        Assert.Equal([1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 3, 3, 3, 4, 4, 4], y.Values.ToArray());
    }

    [Fact]
    public void Bilinear_blends_by_nearness_and_goes_on_at_the_edges()
    {
        var y = Tensor([1, 1, 1, 2], 4, 8).Upsample2d((1, 2), bilinear: true);
        Assert.Equal([4, 5, 7, 8], y.Values.ToArray());
        y = Tensor([1, 1, 2, 2], 0, 4, 8, 12).Upsample2d(2, bilinear: true);
        Assert.Equal([0, 1, 3, 4, 2, 3, 5, 6, 6, 7, 9, 10, 8, 9, 11, 12], y.Values.ToArray());
    }

    [Fact]
    public void Gradients_go_back_with_the_same_weights()
    {
        var x = Parameter([1, 1, 1, 2], 4, 8);
        using var tape = Record([x]);
        tape.Backward(x.Upsample2d((1, 2), bilinear: true), Tensor([1, 1, 1, 4], 1, 10, 100, 1000));
        Assert.Equal([1 + 7.5 + 25, 2.5 + 75 + 1000], x.Gradient.ToArray());
        Assert.Equal("1·(0.75·4 + 0.25·8) + 0·(0.75·4 + 0.25·8)", tape.Steps[0].WithNumbers(1, number => number.ToString(CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Equal("Upsample2d: x [2, 3] needs four axes, [N, C, H, W]; one picture of one channel is [1, 1, height, width]",
            Assert.Throws<ShapeException>(() => Zeros([2, 3]).Upsample2d(2)).Message);
        Assert.Equal("Upsample2d: x [1, 1, 2, 2] enlarged 1×2000000000 is more than a tensor can hold",
            Assert.Throws<ShapeException>(() => Zeros([1, 1, 2, 2]).Upsample2d((1, 2_000_000_000))).Message);
        Assert.Equal("Upsample2d: a factor of 0×2 came, it is 1 or more.",
            Assert.Throws<ArgumentOutOfRangeException>(() => Zeros([1, 1, 2, 2]).Upsample2d((0, 2))).Message);
    }
}
