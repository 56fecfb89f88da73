using System.Globalization;
using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class Conv1dTests
{
    public static OperationCase[] Cases =>
    [
        new("Conv1d 3", x => x[0].Conv1d(x[1], x[2]), x => x[0].Conv1d(x[1], x[2]), [2, 3, 7], [4, 3, 3], [4]),
        new("Conv1d without bias", x => x[0].Conv1d(x[1]), x => x[0].Conv1d(x[1]), [1, 2, 5], [3, 2, 2]),
        new("Conv1d of one number", x => x[0].Conv1d(x[1], x[2]), x => x[0].Conv1d(x[1], x[2]), [1, 1, 1], [1, 1, 1], [1]),
        new("Conv1d stride 2 padding 3 dilation 2", x => x[0].Conv1d(x[1], x[2], 2, 3, 2), x => x[0].Conv1d(x[1], x[2], 2, 3, 2), [2, 2, 9], [3, 2, 3], [3]),
        new("Conv1d in groups", x => x[0].Conv1d(x[1], x[2], 3, 1, groups: 2), x => x[0].Conv1d(x[1], x[2], 3, 1, groups: 2), [2, 4, 8], [6, 2, 2], [6]),
        new("Conv1d depthwise", x => x[0].Conv1d(x[1], groups: 3, padding: 1), x => x[0].Conv1d(x[1], groups: 3, padding: 1), [2, 3, 5], [3, 1, 3]),
        new("Conv1d of an empty batch", x => x[0].Conv1d(x[1], x[2]), x => x[0].Conv1d(x[1], x[2]), [0, 1, 3], [2, 1, 2], [2]),
    ];

    [Fact]
    public void Every_output_is_a_window_times_the_kernel()
    {
        var x = Parameter([1, 1, 4], 1, 2, 3, 4);
        using var tape = Record([x]);
        var z = x.Conv1d(Tensor([1, 1, 2], 1, 10), Tensor([1], 0.5), padding: 1, dilation: 2);
        Assert.Equal([1, 1, 4], z.Shape);
        Assert.Equal([20.5, 31.5, 42.5, 3.5], z.Values.ToArray());
        Assert.Equal("Conv1d", tape.Steps[0].Name);
        Assert.Equal("1·1 + 3·10 + 0.5", tape.Steps[0].WithNumbers(1, number => number.ToString(CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void It_is_the_two_dimensional_one_of_pictures_of_one_row()
    {
        double[] numbers = [.. Enumerable.Range(0, 60).Select(i => Math.Sin(i))];
        var (x, kernel) = (Tensor([2, 3, 10], numbers), Tensor([4, 3, 2], [.. numbers.Take(24)]));
        Assert.Equal(
            x.Reshape([2, 3, 1, 10]).Conv2d(kernel.Reshape([4, 3, 1, 2]), null, (1, 2), (0, 1)).Values.ToArray(),
            x.Conv1d(kernel, null, 2, 1).Values.ToArray());
    }

    public static TheoryData<Shape, Shape, Shape?, int, int, string> Misfits => new()
    {
        { [3, 4], [1, 3, 3], null, 0, 1, "Conv1d: x [3, 4] needs three axes, [N, C, L]; one sequence of one channel is [1, 1, length]" },
        { [1, 3, 4], [3, 3], null, 0, 1, "Conv1d: K [3, 3] needs three axes, [filters, channels, positions]" },
        { [2, 3, 4], [5, 1, 3], null, 0, 1, "Conv1d: x [2, 3, 4] ⋆ K [5, 1, 3] needs 1 channel in x" },
        { [2, 8, 3], [5, 3, 3], null, 0, 1, "Conv1d: x [2, 8, 3] ⋆ K [5, 3, 3] needs 3 channels in x; the channels come before the positions, [N, C, L]" },
        { [2, 5, 4], [5, 3, 3], null, 0, 1, "Conv1d: x [2, 5, 4] ⋆ K [5, 3, 3] needs 3 channels in x; K is [filters, channels, positions], is it turned round?" },
        { [2, 3, 4], [4, 3, 3], null, 0, 2, "Conv1d: x [2, 3, 4] ⋆ K [4, 3, 3] needs 6 channels in x, 3 for each of 2 groups" },
        { [2, 6, 4], [5, 3, 3], null, 0, 2, "Conv1d: K [5, 3, 3] has 5 filters, which 2 groups cannot share evenly" },
        { [2, 1, 4], [1, 1, 5], null, 0, 1, "Conv1d: a window of 5 is larger than the sequences of [2, 1, 4]; it needs a smaller window, a larger padding or larger sequences" },
        {
            [2, 1, 4], [1, 1, 9], null, 2, 1,
            "Conv1d: a window of 9 is larger than the sequences of [2, 1, 4] with a padding of 2, 8; it needs a smaller window, a larger padding or larger sequences"
        },
        { [1, 1, 4], [2, 1, 3], [3], 0, 1, "Conv1d: b [3] needs one number per filter of K [2, 1, 3]: [2]" },
    };

    [Theory, MemberData(nameof(Misfits))]
    public void Shapes_that_do_not_fit_are_refused(Shape x, Shape kernel, Shape? bias, int padding, int groups, string message) => Assert.Equal(
        message, Assert.Throws<ShapeException>(
            () => Zeros(x).Conv1d(Zeros(kernel), bias is null ? null : Zeros(bias), padding: padding, groups: groups)).Message);

    [Theory]
    [InlineData(0, 0, 1, 1, "Conv1d: a stride of 0 came, it is 1 or more.")]
    [InlineData(1, -1, 1, 1, "Conv1d: a padding of -1 came, it is 0 or more.")]
    [InlineData(1, 0, 0, 1, "Conv1d: a dilation of 0 came, it is 1 or more.")]
    [InlineData(1, 0, 1, 0, "Conv1d: 0 groups came, 1 or more are needed.")]
    public void Numbers_outside_their_range_are_refused(int stride, int padding, int dilation, int groups, string message) => Assert.Equal(
        message, Assert.Throws<ArgumentOutOfRangeException>(
            () => Zeros([1, 1, 4]).Conv1d(Zeros([1, 1, 2]), null, stride, padding, dilation, groups)).Message);

    [Fact]
    public void A_dilated_window_that_is_too_large_says_so() => Assert.Equal(
        "Conv1d: a window of 3 with a dilation of 2 is larger than the sequences of [1, 1, 4]; it needs a smaller window, a larger padding or larger sequences",
        Assert.Throws<ShapeException>(() => Zeros([1, 1, 4]).Conv1d(Zeros([1, 1, 3]), dilation: 2)).Message);
}
