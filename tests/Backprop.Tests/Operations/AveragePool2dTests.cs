using System.Globalization;
using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class AveragePool2dTests
{
    public static OperationCase[] Cases =>
    [
        new("AveragePool2d 2", x => x[0].AveragePool2d(2), x => x[0].AveragePool2d(2), [2, 2, 4, 6]),
        new("AveragePool2d 2 of odd sizes", x => x[0].AveragePool2d(2), x => x[0].AveragePool2d(2), [1, 2, 5, 7]),
        new("AveragePool2d (2,3) stride 1", x => x[0].AveragePool2d((2, 3), 1), x => x[0].AveragePool2d((2, 3), 1), [1, 2, 4, 5]),
        new("AveragePool2d 2 stride 3", x => x[0].AveragePool2d(2, 3), x => x[0].AveragePool2d(2, 3), [1, 2, 6, 8]),
        new("AveragePool2d 3 stride 2 padding 1", x => x[0].AveragePool2d(3, 2, 1), x => x[0].AveragePool2d(3, 2, 1), [1, 2, 5, 6]),
        new("AveragePool2d 2 padding (3,0)", x => x[0].AveragePool2d(2, 2, (3, 0)), x => x[0].AveragePool2d(2, 2, (3, 0)), [1, 1, 2, 4]),
        new("AveragePool2d of the whole picture", x => x[0].AveragePool2d((3, 4)), x => x[0].AveragePool2d((3, 4)), [2, 2, 3, 4]),
        new("AveragePool2d of one number", x => x[0].AveragePool2d(1), x => x[0].AveragePool2d(1), [1, 1, 1, 1]),
        new("AveragePool2d in ceil mode", x => x[0].AveragePool2d(2, ceilMode: true), x => x[0].AveragePool2d(2, ceilMode: true), [1, 2, 5, 7]),
        new("AveragePool2d 3 stride 2 padding 1 in ceil mode", x => x[0].AveragePool2d(3, 2, 1, true), x => x[0].AveragePool2d(3, 2, 1, true), [2, 1, 4, 6]),
        new("AveragePool2d without its padding", x => x[0].AveragePool2d(3, 2, 1, countPadding: false), x => x[0].AveragePool2d(3, 2, 1, countPadding: false),
            [1, 2, 5, 6]),
        new("AveragePool2d in ceil mode without its padding", x => x[0].AveragePool2d((2, 3), (2, 2), (1, 1), true, false),
            x => x[0].AveragePool2d((2, 3), (2, 2), (1, 1), true, false), [1, 2, 4, 6]),
        new("AveragePool2d of an empty batch", x => x[0].AveragePool2d(2), x => x[0].AveragePool2d(2), [0, 1, 2, 2]),
    ];

    [Fact]
    public void Every_window_is_averaged()
    {
        var y = Tensor([1, 2, 2, 4], 1, 2, 8, 4, 3, 6, 0, 0, 1, 1, 1, 1, 1, 1, 1, 2).AveragePool2d(2);
        Assert.Equal([1, 2, 1, 2], y.Shape);
        Assert.Equal([3, 3, 1, 1.25], y.Values.ToArray());
    }

    [Fact]
    public void The_padding_counts_as_zeros() =>
        Assert.Equal([1, 0.5, 1.5, 2], Tensor([1, 1, 2, 2], 4, 2, 6, 8).AveragePool2d(2, 2, 1).Values.ToArray());

    [Fact]
    public void The_padding_may_be_left_out_of_the_count() =>
        Assert.Equal([4, 2, 6, 8], Tensor([1, 1, 2, 2], 4, 2, 6, 8).AveragePool2d(2, 2, 1, countPadding: false).Values.ToArray());

    [Fact]
    public void What_reaches_past_the_padding_never_counts()
    {
        var x = Tensor([1, 1, 1, 3], 1, 2, 6);
        Assert.Equal([1.5, 6], x.AveragePool2d((1, 2), ceilMode: true).Values.ToArray());
        // Windows of three with a padding of one: (0, 1, 2)/3, (2, 6, 0)/3; with ceil mode nothing more, since it would begin behind the edge.
        Assert.Equal([1, 8.0 / 3], x.AveragePool2d((1, 3), (1, 2), (0, 1), ceilMode: true).Values.ToArray());
    }

    [Fact]
    public void A_window_on_the_padding_alone_has_nothing_to_count() => Assert.Equal(
        "AveragePool2d: a padding of 2×2 came, it is less than the window of 2×2, so that every window has a number.",
        Assert.Throws<ArgumentOutOfRangeException>(() => Zeros([1, 1, 4, 4]).AveragePool2d(2, 2, 2, countPadding: false)).Message);

    [Fact]
    public void The_average_of_equal_numbers_is_that_number() =>
        Assert.Equal([1], Filled([1, 1, 7, 7], 1).AveragePool2d(7).Values.ToArray());

    [Fact]
    public void Each_entry_gets_its_share_of_every_window_over_it()
    {
        var x = Parameter([1, 1, 1, 4], 1, 2, 3, 4);
        using var tape = Record([x]);
        tape.Backward(x.AveragePool2d((1, 2), 1), Tensor([1, 1, 1, 3], 2, 4, 6));
        Assert.Equal([1, 3, 5, 3], x.Gradient.ToArray());
    }

    [Fact]
    public void The_window_is_written_with_its_numbers()
    {
        var x = Parameter([1, 1, 2, 2], 1, 2, 4, 3);
        using var tape = Record([x]);
        x.AveragePool2d(2);
        Assert.Equal("(1 + 2 + 4 + 3)/4", tape.Steps[0].WithNumbers(0, number => number.ToString(CultureInfo.InvariantCulture)));
        Assert.Equal("{dy}/4 in each 2×2", tape.Steps[0].GradientFormula(0));
    }

    [Fact]
    public void A_picture_smaller_than_the_window_is_refused()
    {
        var error = Assert.Throws<ShapeException>(() => Zeros([2, 3, 1, 4]).AveragePool2d(2));
        Assert.Equal(
            "AveragePool2d: a window of 2×2 is larger than the pictures of [2, 3, 1, 4]; it needs a smaller window, a larger padding or larger pictures", error.Message);
        error = Assert.Throws<ShapeException>(() => Zeros([3, 4]).AveragePool2d(2));
        Assert.Equal("AveragePool2d: x [3, 4] needs four axes, [N, C, H, W]; one picture of one channel is [1, 1, height, width]", error.Message);
    }

    [Fact]
    public void A_size_below_1_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Zeros([1, 1, 4, 4]).AveragePool2d((2, 0)));
}
