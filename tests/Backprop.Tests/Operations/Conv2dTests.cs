using System.Globalization;
using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class Conv2dTests
{
    public static OperationCase[] Cases =>
    [
        new("Conv2d 3×3", x => x[0].Conv2d(x[1], x[2]), x => x[0].Conv2d(x[1], x[2]), [2, 3, 5, 6], [4, 3, 3, 3], [4]),
        new("Conv2d without bias", x => x[0].Conv2d(x[1]), x => x[0].Conv2d(x[1]), [2, 2, 4, 4], [3, 2, 2, 2]),
        new("Conv2d of a picture as large as the kernel", x => x[0].Conv2d(x[1], x[2]), x => x[0].Conv2d(x[1], x[2]), [1, 1, 3, 3], [1, 1, 3, 3], [1]),
        new("Conv2d of one number", x => x[0].Conv2d(x[1], x[2]), x => x[0].Conv2d(x[1], x[2]), [1, 1, 1, 1], [1, 1, 1, 1], [1]),
        new("Conv2d stride 2 padding 1", x => x[0].Conv2d(x[1], x[2], 2, 1), x => x[0].Conv2d(x[1], x[2], 2, 1), [2, 3, 4, 4], [3, 3, 4, 4], [3]),
        new("Conv2d stride (2,3) padding (0,2)", x => x[0].Conv2d(x[1], x[2], (2, 3), (0, 2)), x => x[0].Conv2d(x[1], x[2], (2, 3), (0, 2)),
            [2, 2, 6, 7], [3, 2, 3, 2], [3]),
        new("Conv2d with gaps between windows", x => x[0].Conv2d(x[1], x[2], 3), x => x[0].Conv2d(x[1], x[2], 3), [1, 2, 7, 8], [2, 2, 2, 1], [2]),
        new("Conv2d with more padding than kernel", x => x[0].Conv2d(x[1], x[2], 2, 4), x => x[0].Conv2d(x[1], x[2], 2, 4), [1, 2, 3, 2], [2, 2, 3, 3], [2]),
        new("Conv2d 1×1", x => x[0].Conv2d(x[1], x[2]), x => x[0].Conv2d(x[1], x[2]), [2, 3, 3, 4], [5, 3, 1, 1], [5]),
        new("Conv2d of rows", x => x[0].Conv2d(x[1], padding: (0, 1)), x => x[0].Conv2d(x[1], padding: (0, 1)), [2, 1, 1, 9], [2, 1, 1, 3]),
        new("Conv2d dilation (2,3) padding 2", x => x[0].Conv2d(x[1], x[2], 1, 2, (2, 3)), x => x[0].Conv2d(x[1], x[2], 1, 2, (2, 3)),
            [2, 2, 5, 6], [3, 2, 3, 2], [3]),
        new("Conv2d dilation 2 stride (2,3)", x => x[0].Conv2d(x[1], x[2], (2, 3), 1, 2), x => x[0].Conv2d(x[1], x[2], (2, 3), 1, 2),
            [1, 2, 7, 8], [2, 2, 3, 3], [2]),
        new("Conv2d in groups", x => x[0].Conv2d(x[1], x[2], groups: 2), x => x[0].Conv2d(x[1], x[2], groups: 2), [2, 4, 4, 3], [6, 2, 2, 2], [6]),
        new("Conv2d depthwise", x => x[0].Conv2d(x[1], x[2], padding: 1, groups: 3), x => x[0].Conv2d(x[1], x[2], padding: 1, groups: 3),
            [2, 3, 4, 5], [3, 1, 3, 3], [3]),
        new("Conv2d depthwise with two filters each, stride 2, dilation 2", x => x[0].Conv2d(x[1], x[2], 2, 1, 2, 2), x => x[0].Conv2d(x[1], x[2], 2, 1, 2, 2),
            [1, 2, 6, 7], [4, 1, 2, 3], [4]),
        new("Conv2d of an empty batch", x => x[0].Conv2d(x[1], x[2]), x => x[0].Conv2d(x[1], x[2]), [0, 1, 3, 3], [2, 1, 2, 2], [2]),
        new("Conv2d of pictures with themselves", x => x[0].Conv2d(x[0], padding: 1), x => x[0].Conv2d(x[0], padding: 1), [2, 2, 3, 3]),
    ];

    [Fact]
    public void Every_output_is_a_window_times_the_kernel_that_is_not_turned()
    {
        var z = Tensor([1, 1, 3, 3], 1, 2, 3, 4, 5, 6, 7, 8, 9).Conv2d(Tensor([1, 1, 2, 2], 1, 10, 100, 1000), Tensor([1], 0.5));
        Assert.Equal([1, 1, 2, 2], z.Shape);
        Assert.Equal([5421.5, 6532.5, 8754.5, 9865.5], z.Values.ToArray());
    }

    [Fact]
    public void Channels_are_added_and_each_filter_has_its_output()
    {
        var z = Tensor([1, 2, 1, 2], 1, 2, 3, 4).Conv2d(Tensor([2, 2, 1, 1], 1, 10, -1, 0), Tensor([2], 0, 7));
        Assert.Equal([1, 2, 1, 2], z.Shape);
        Assert.Equal([31, 42, 6, 5], z.Values.ToArray());
    }

    [Fact]
    public void Stride_and_padding_may_differ_for_rows_and_columns()
    {
        var z = Tensor([1, 1, 2, 3], 1, 2, 3, 4, 5, 6).Conv2d(Tensor([1, 1, 1, 3], 1, 10, 100), stride: (1, 2), padding: (1, 1));
        Assert.Equal([1, 1, 4, 2], z.Shape);
        Assert.Equal([0, 0, 210, 32, 540, 65, 0, 0], z.Values.ToArray());
    }

    [Fact]
    public void Dilation_lays_the_entries_of_a_kernel_apart()
    {
        var z = Tensor([1, 1, 3, 3], 1, 2, 3, 4, 5, 6, 7, 8, 9).Conv2d(Tensor([1, 1, 2, 2], 1, 10, 100, 1000), dilation: 2);
        Assert.Equal([1, 1, 1, 1], z.Shape);
        Assert.Equal(1 + 30 + 700 + 9000, z[0, 0, 0, 0]);
    }

    [Fact]
    public void Each_group_of_filters_sees_its_own_channels()
    {
        var z = Tensor([1, 4, 1, 1], 1, 2, 3, 4).Conv2d(Tensor([2, 2, 1, 1], 1, 10, 100, 1000), groups: 2);
        Assert.Equal([1 + 20, 300 + 4000], z.Values.ToArray());
    }

    [Fact]
    public void Gradients_worked_out_by_hand()
    {
        var (x, kernel, bias) = (Parameter([1, 1, 2, 3], 1, 2, 3, 4, 5, 6), Parameter([1, 1, 2, 2], 1, 2, 3, 4), Parameter([1], 0));
        using var tape = Record([x, kernel, bias]);
        var z = x.Conv2d(kernel, bias);
        tape.Backward(z, Tensor([1, 1, 1, 2], 10, 100));
        Assert.Equal([10, 120, 200, 30, 340, 400], x.Gradient.ToArray());
        Assert.Equal([1 * 10 + 2 * 100, 2 * 10 + 3 * 100, 4 * 10 + 5 * 100, 5 * 10 + 6 * 100], kernel.Gradient.ToArray());
        Assert.Equal([110], bias.Gradient.ToArray());
    }

    [Fact]
    public void Padding_is_no_term_and_a_zero_of_the_picture_is_one()
    {
        var (x, kernel) = (Tensor([1, 1, 2, 2], 0, 1, 2, 3), Parameter([1, 1, 3, 3], 1, 2, 3, 4, 5, 6, 7, 8, 9));
        using var tape = Record([kernel], x);
        var z = x.Conv2d(kernel, padding: 1);
        tape.Backward(z, Tensor([1, 1, 2, 2], 1, 1, 1, 1));
        var step = tape.Steps[0];
        Assert.Equal([0, 1, 2, 3], step.Terms(1, 4).Select(term => term.Value));
        Assert.Equal([0], step.Terms(1, 0).Select(term => term.Value));
        Assert.Equal("0·5 + 1·6 + 2·8 + 3·9", step.WithNumbers(0, number => number.ToString(CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void The_nine_products_of_a_small_kernel_are_all_written()
    {
        var kernel = Parameter([1, 1, 3, 3], 9, 8, 7, 6, 5, 4, 3, 2, 1);
        using var tape = Record([kernel]);
        Tensor([1, 1, 3, 3], 1, 2, 1, 0, 1, 0, 2, 1, 2).Conv2d(kernel, Tensor([1], 0.5));
        Assert.Equal(
            "1·9 + 2·8 + 1·7 + 0·6 + 1·5 + 0·4 + 2·3 + 1·2 + 2·1 + 0.5",
            tape.Steps[0].WithNumbers(0, number => number.ToString(CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_replay_allocates_nothing()
    {
        var (x, kernel, bias) = (Zeros([2, 3, 8, 8]), Parameter([4, 3, 3, 3], new double[108]), Parameter([4], 1, 2, 3, 4));
        using var tape = Record([kernel, bias], x);
        var loss = x.Conv2d(kernel, bias, 2, 1).MaxPool2d(2).AveragePool2d(2);
        var gradient = Tensor(loss.Shape, new double[loss.Length]);
        Assert.Equal(0, Allocated.Least(Step));

        void Step()
        {
            tape.Replay(x);
            tape.Backward(loss, gradient);
        }
    }

    public static TheoryData<Shape, Shape, Shape?, Size2d, string> Misfits => new()
    {
        { [3, 4, 4], [1, 3, 3, 3], null, 0, "Conv2d: x [3, 4, 4] needs four axes, [N, C, H, W]; one picture of one channel is [1, 1, height, width]" },
        { [1, 1, 4, 4], [3, 3], null, 0, "Conv2d: K [3, 3] needs four axes, [filters, channels, rows, columns]" },
        { [2, 3, 4, 4], [5, 1, 3, 3], null, 0, "Conv2d: x [2, 3, 4, 4] ⋆ K [5, 1, 3, 3] needs 1 channel in x" },
        { [2, 8, 8, 3], [5, 3, 3, 3], null, 0, "Conv2d: x [2, 8, 8, 3] ⋆ K [5, 3, 3, 3] needs 3 channels in x; the channels come before rows and columns, [N, C, H, W]" },
        { [2, 5, 4, 4], [5, 3, 3, 3], null, 0, "Conv2d: x [2, 5, 4, 4] ⋆ K [5, 3, 3, 3] needs 3 channels in x; K is [filters, channels, rows, columns], is it turned round?" },
        { [2, 1, 4, 6], [1, 1, 5, 5], null, 0, "Conv2d: a window of 5×5 is larger than the pictures of [2, 1, 4, 6]; it needs a smaller window, a larger padding or larger pictures" },
        {
            [2, 1, 4, 6], [1, 1, 9, 9], null, (1, 2),
            "Conv2d: a window of 9×9 is larger than the pictures of [2, 1, 4, 6] with a padding of 1×2, 6×10; it needs a smaller window, a larger padding or larger pictures"
        },
        { [1, 1, 4, 4], [2, 1, 3, 3], [3], 0, "Conv2d: b [3] needs one number per filter of K [2, 1, 3, 3]: [2]" },
        {
            [1, 1, 4, 4], [2, 1, 3, 3], null, 1_000_000_000,
            "Conv2d: x [1, 1, 4, 4] with a padding of 1000000000×1000000000, 2000000004×2000000004 is more than 2147483591 numbers per picture"
        },
    };

    [Theory, MemberData(nameof(Misfits))]
    public void Shapes_that_do_not_fit_are_refused(Shape x, Shape kernel, Shape? bias, Size2d padding, string message)
    {
        var error = Assert.Throws<ShapeException>(() => Zeros(x).Conv2d(Zeros(kernel), bias is null ? null : Zeros(bias), 1, padding));
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Groups_that_do_not_fit_are_refused()
    {
        var error = Assert.Throws<ShapeException>(() => Zeros([2, 4, 4, 4]).Conv2d(Zeros([4, 1, 3, 3]), groups: 2));
        Assert.Equal("Conv2d: x [2, 4, 4, 4] ⋆ K [4, 1, 3, 3] needs 2 channels in x, 1 for each of 2 groups", error.Message);
        error = Assert.Throws<ShapeException>(() => Zeros([2, 4, 4, 4]).Conv2d(Zeros([5, 2, 3, 3]), groups: 2));
        Assert.Equal("Conv2d: K [5, 2, 3, 3] has 5 filters, which 2 groups cannot share evenly", error.Message);
        Assert.Equal("Conv2d: 0 groups came, 1 or more are needed.",
            Assert.Throws<ArgumentOutOfRangeException>(() => Zeros([2, 4, 4, 4]).Conv2d(Zeros([5, 2, 3, 3]), groups: 0)).Message);
    }

    [Fact]
    public void A_dilation_below_1_or_too_large_is_refused()
    {
        Assert.Equal("Conv2d: a dilation of 0×1 came, it is 1 or more.",
            Assert.Throws<ArgumentOutOfRangeException>(() => Zeros([1, 1, 4, 4]).Conv2d(Zeros([1, 1, 3, 3]), dilation: (0, 1))).Message);
        Assert.Equal(
            "Conv2d: a window of 3×3 with a dilation of 2×1 is larger than the pictures of [1, 1, 4, 4]; it needs a smaller window, a larger padding or "
            + "larger pictures", Assert.Throws<ShapeException>(() => Zeros([1, 1, 4, 4]).Conv2d(Zeros([1, 1, 3, 3]), dilation: (2, 1))).Message);
    }

    [Fact]
    public void A_stride_below_1_a_negative_padding_and_an_empty_kernel_are_refused()
    {
        var (x, kernel) = (Zeros([1, 1, 4, 4]), Zeros([1, 1, 3, 3]));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => x.Conv2d(kernel, stride: (1, 0)));
        Assert.Equal("Conv2d: a stride of 1×0 came, it is 1 or more.", error.Message);
        error = Assert.Throws<ArgumentOutOfRangeException>(() => x.Conv2d(kernel, padding: -1));
        Assert.Equal("Conv2d: a padding of -1×-1 came, it is 0 or more.", error.Message);
        error = Assert.Throws<ArgumentOutOfRangeException>(() => x.Conv2d(Zeros([1, 1, 0, 3])));
        Assert.Equal("Conv2d: a window of 0×3 came, it needs at least 1×1.", error.Message);
    }

    [Fact]
    public void Multiply_adds_are_counted()
    {
        var kernel = Parameter([6, 1, 5, 5], new double[150]);
        using var tape = Record([kernel]);
        Zeros([64, 1, 28, 28]).Conv2d(kernel, padding: 2);
        kernel.Conv2d(kernel, padding: 2);
        Zeros([2, 6, 9, 9]).Conv2d(kernel, groups: 6);
        Assert.Equal([64L * 6 * 28 * 28 * 25, 6L * 6 * 25 * 25, 2L * 6 * 25 * 25], tape.Steps.Select(step => step.MultiplyAdds));
    }
}
