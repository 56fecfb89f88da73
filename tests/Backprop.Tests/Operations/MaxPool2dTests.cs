using System.Globalization;
using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class MaxPool2dTests
{
    // A permutation of evenly spaced numbers: no ties, and no two so near that a finite difference would change the winner.
    private static OperationCase Case(string name, Func<Tensor<double>, Tensor<double>> inDouble, Func<Tensor<float>, Tensor<float>> inSingle, Shape shape) =>
        new(name, x => inDouble(x[0]), x => inSingle(x[0]), shape) { Value = (_, index) => (index * 37 + 11) % 101 / 50.0 - 1 };

    public static OperationCase[] Cases =>
    [
        Case("MaxPool2d 2", x => x.MaxPool2d(2), x => x.MaxPool2d(2), [2, 2, 4, 6]),
        Case("MaxPool2d 2 of odd sizes", x => x.MaxPool2d(2), x => x.MaxPool2d(2), [1, 2, 5, 7]),
        Case("MaxPool2d (2,3) stride 1", x => x.MaxPool2d((2, 3), 1), x => x.MaxPool2d((2, 3), 1), [1, 2, 4, 5]),
        Case("MaxPool2d 2 stride 3", x => x.MaxPool2d(2, 3), x => x.MaxPool2d(2, 3), [1, 2, 6, 8]),
        Case("MaxPool2d 3 stride 2 padding 1", x => x.MaxPool2d(3, 2, 1), x => x.MaxPool2d(3, 2, 1), [1, 2, 5, 6]),
        Case("MaxPool2d 3 padding (0,2)", x => x.MaxPool2d(3, padding: (0, 2)), x => x.MaxPool2d(3, padding: (0, 2)), [1, 2, 3, 4]),
        Case("MaxPool2d of the whole picture", x => x.MaxPool2d((3, 4)), x => x.MaxPool2d((3, 4)), [2, 2, 3, 4]),
        Case("MaxPool2d of one number", x => x.MaxPool2d(1), x => x.MaxPool2d(1), [1, 1, 1, 1]),
        Case("MaxPool2d in ceil mode", x => x.MaxPool2d(2, ceilMode: true), x => x.MaxPool2d(2, ceilMode: true), [1, 2, 5, 7]),
        Case("MaxPool2d 3 stride 2 padding 1 in ceil mode", x => x.MaxPool2d(3, 2, 1, true), x => x.MaxPool2d(3, 2, 1, true), [2, 1, 4, 6]),
        Case("MaxPool2d of an empty batch", x => x.MaxPool2d(2), x => x.MaxPool2d(2), [0, 1, 2, 2]),
    ];

    [Fact]
    public void The_largest_of_each_window_wins_and_its_place_is_kept()
    {
        var x = Parameter([1, 2, 2, 4], 1, 2, 8, 3, 4, 0, 5, 6, -1, -2, -3, -4, -5, -6, -7, 0);
        using var tape = Record([x]);
        var y = x.MaxPool2d(2);
        Assert.Equal([1, 2, 1, 2], y.Shape);
        Assert.Equal([4, 8, -1, 0], y.Values.ToArray());
        Assert.Equal("winners", tape.Steps[0].Kept[0].Name);
        Assert.Equal([4, 2, 8, 15], tape.Steps[0].Kept[0].Positions!.Values.ToArray());
    }

    [Fact]
    public void The_gradient_goes_to_the_winners()
    {
        var x = Parameter([1, 1, 2, 4], 1, 2, 8, 3, 4, 0, 5, 6);
        using var tape = Record([x]);
        tape.Backward(x.MaxPool2d(2), Tensor([1, 1, 1, 2], 10, 20));
        Assert.Equal([0, 0, 20, 0, 10, 0, 0, 0], x.Gradient.ToArray());
    }

    [Fact]
    public void A_winner_of_two_windows_gets_both_gradients()
    {
        var x = Parameter([1, 1, 1, 3], 1, 9, 2);
        using var tape = Record([x]);
        tape.Backward(x.MaxPool2d((1, 2), 1), Tensor([1, 1, 1, 2], 10, 20));
        Assert.Equal([0, 30, 0], x.Gradient.ToArray());
    }

    [Fact]
    public void Of_equals_the_first_wins()
    {
        var x = Parameter([1, 1, 2, 2], 3, 3, 3, 3);
        using var tape = Record([x]);
        tape.Backward(x.MaxPool2d(2), Tensor([1, 1, 1, 1], 5));
        Assert.Equal([5, 0, 0, 0], x.Gradient.ToArray());
    }

    [Fact]
    public void A_NaN_passes_on_and_the_first_one_wins()
    {
        var x = Parameter([1, 1, 2, 4], 1, double.NaN, double.PositiveInfinity, 3, double.NaN, 9, 5, 6);
        using var tape = Record([x]);
        var y = x.MaxPool2d(2);
        Assert.Equal([double.NaN, double.PositiveInfinity], y.Values.ToArray());
        Assert.Equal([1, 2], tape.Steps[0].Kept[0].Positions!.Values.ToArray());
    }

    [Fact]
    public void In_ceil_mode_a_last_window_may_reach_past_the_edge()
    {
        var x = Tensor([1, 1, 3, 3], 1, 2, 3, 4, 5, 6, 7, 8, 9);
        Assert.Equal([5], x.MaxPool2d(2).Values.ToArray());
        Assert.Equal([5, 6, 8, 9], x.MaxPool2d(2, ceilMode: true).Values.ToArray());
        // A third window would begin on the padding behind the edge.
        Assert.Equal([1, 1, 2, 2], x.MaxPool2d(2, 2, 1, ceilMode: true).Shape);
        Assert.Equal([7], Tensor([1, 1, 1, 1], 7).MaxPool2d(2, ceilMode: true).Values.ToArray());
        Assert.Throws<ShapeException>(() => Tensor([1, 1, 1, 1], 7).MaxPool2d(3, 2, ceilMode: true));
    }

    [Fact]
    public void The_padding_never_wins()
    {
        var y = Tensor([1, 1, 2, 2], double.NegativeInfinity, -5, -6, -7).MaxPool2d(2, 2, 1);
        Assert.Equal([double.NegativeInfinity, -5, -6, -7], y.Values.ToArray());
    }

    [Fact]
    public void The_window_is_written_with_its_numbers()
    {
        var x = Parameter([1, 1, 2, 2], 1, 2, 4, 3);
        using var tape = Record([x]);
        x.MaxPool2d(2, 1, 1);
        Assert.Equal("max(1, 2)", tape.Steps[0].WithNumbers(1, number => number.ToString(CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_picture_smaller_than_the_window_is_refused()
    {
        var error = Assert.Throws<ShapeException>(() => Zeros([2, 3, 1, 4]).MaxPool2d(2));
        Assert.Equal("MaxPool2d: a window of 2×2 is larger than the pictures of [2, 3, 1, 4]; it needs a smaller window, a larger padding or larger pictures", error.Message);
        error = Assert.Throws<ShapeException>(() => Zeros([3, 4]).MaxPool2d(2));
        Assert.Equal("MaxPool2d: x [3, 4] needs four axes, [N, C, H, W]; one picture of one channel is [1, 1, height, width]", error.Message);
        error = Assert.Throws<ShapeException>(() => Zeros([1, 1, 0, 2]).MaxPool2d(2, 1, 1));
        Assert.Equal("MaxPool2d: x [1, 1, 0, 2] has no numbers in a picture, and nothing can win", error.Message);
    }

    [Fact]
    public void A_window_that_could_lie_on_the_padding_alone_is_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Zeros([1, 1, 4, 4]).MaxPool2d(2, 2, 2));
        Assert.Equal("MaxPool2d: a padding of 2×2 came, it is less than the window of 2×2, so that every window has a number.", error.Message);
    }

    [Fact]
    public void A_stride_below_1_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Zeros([1, 1, 4, 4]).MaxPool2d(2, 0));
}
