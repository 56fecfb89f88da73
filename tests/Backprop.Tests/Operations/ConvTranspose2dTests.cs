using System.Globalization;
using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class ConvTranspose2dTests
{
    public static OperationCase[] Cases =>
    [
        new("ConvTranspose2d 3×3", x => x[0].ConvTranspose2d(x[1], x[2]), x => x[0].ConvTranspose2d(x[1], x[2]), [2, 3, 3, 4], [3, 2, 3, 3], [2]),
        new("ConvTranspose2d without bias", x => x[0].ConvTranspose2d(x[1]), x => x[0].ConvTranspose2d(x[1]), [1, 2, 2, 3], [2, 3, 2, 2]),
        new("ConvTranspose2d of one number", x => x[0].ConvTranspose2d(x[1], x[2]), x => x[0].ConvTranspose2d(x[1], x[2]), [1, 1, 1, 1], [1, 1, 1, 1], [1]),
        new("ConvTranspose2d stride 2 padding 1", x => x[0].ConvTranspose2d(x[1], x[2], 2, 1), x => x[0].ConvTranspose2d(x[1], x[2], 2, 1),
            [2, 2, 3, 3], [2, 3, 4, 4], [3]),
        new("ConvTranspose2d with output padding", x => x[0].ConvTranspose2d(x[1], x[2], (2, 3), (1, 0), (1, 2)),
            x => x[0].ConvTranspose2d(x[1], x[2], (2, 3), (1, 0), (1, 2)), [1, 2, 3, 2], [2, 2, 3, 2], [2]),
        new("ConvTranspose2d dilated", x => x[0].ConvTranspose2d(x[1], x[2], 1, (2, 1), dilation: (2, 3)),
            x => x[0].ConvTranspose2d(x[1], x[2], 1, (2, 1), dilation: (2, 3)), [1, 2, 4, 3], [2, 1, 3, 2], [1]),
        new("ConvTranspose2d with stride, dilation and output padding", x => x[0].ConvTranspose2d(x[1], x[2], 3, 1, (2, 0), 2),
            x => x[0].ConvTranspose2d(x[1], x[2], 3, 1, (2, 0), 2), [2, 1, 2, 3], [1, 2, 2, 3], [2]),
        new("ConvTranspose2d in groups", x => x[0].ConvTranspose2d(x[1], x[2], 2, groups: 2), x => x[0].ConvTranspose2d(x[1], x[2], 2, groups: 2),
            [2, 4, 2, 3], [4, 3, 3, 2], [6]),
        new("ConvTranspose2d depthwise", x => x[0].ConvTranspose2d(x[1], groups: 3), x => x[0].ConvTranspose2d(x[1], groups: 3), [1, 3, 3, 3], [3, 1, 2, 2]),
        new("ConvTranspose2d of an empty batch", x => x[0].ConvTranspose2d(x[1], x[2]), x => x[0].ConvTranspose2d(x[1], x[2]), [0, 1, 3, 3], [1, 2, 2, 2], [2]),
    ];

    [Fact]
    public void Every_number_lays_its_multiple_of_the_kernel_down()
    {
        var z = Tensor([1, 1, 1, 2], 2, 3).ConvTranspose2d(Tensor([1, 1, 2, 2], 1, 10, 100, 1000), Tensor([1], 0.5));
        Assert.Equal([1, 1, 2, 3], z.Shape);
        Assert.Equal([2.5, 23.5, 30.5, 200.5, 2300.5, 3000.5], z.Values.ToArray());
    }

    [Fact]
    public void The_padding_is_cut_off_and_the_output_padding_stays()
    {
        var (x, kernel) = (Tensor([1, 1, 1, 2], 2, 3), Tensor([1, 1, 1, 3], 1, 10, 100));
        Assert.Equal([2, 20, 203, 30, 300], x.ConvTranspose2d(kernel, stride: (1, 2)).Values.ToArray());
        Assert.Equal([20, 203, 30], x.ConvTranspose2d(kernel, stride: (1, 2), padding: (0, 1)).Values.ToArray());
        Assert.Equal([20, 203, 30, 300], x.ConvTranspose2d(kernel, stride: (1, 2), padding: (0, 1), outputPadding: (0, 1)).Values.ToArray());
        Assert.Equal([2, 20, 203, 30, 300, 0], x.ConvTranspose2d(kernel, stride: (1, 2), outputPadding: (0, 1)).Values.ToArray());
        Assert.Equal([2, 3, 20, 30, 200, 300], x.ConvTranspose2d(kernel, dilation: (1, 2)).Values.ToArray());
    }

    [Fact]
    public void It_is_the_gradient_of_the_convolution()
    {
        var random = new Random(4);
        var (x, kernel, dz) = (Parameter([2, 4, 7, 8], Numbers(2 * 4 * 56)), Tensor([6, 2, 3, 2], Numbers(72)), Tensor([2, 6, 3, 4], Numbers(144)));
        using var tape = Record([x]);
        tape.Backward(x.Conv2d(kernel, null, 2, (1, 0), (2, 1), groups: 2), dz);
        Assert.Equal(x.Gradient.ToArray(), dz.ConvTranspose2d(kernel, null, 2, (1, 0), (0, 0), (2, 1), 2).Values.ToArray()[..x.Length]);

        double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
    }

    [Fact]
    public void Terms_and_numbers_are_those_of_the_overlapping_kernels()
    {
        var (x, kernel, bias) = (Parameter([1, 1, 1, 2], 2, 3), Parameter([1, 1, 1, 2], 5, 7), Parameter([1], 0.5));
        using var tape = Record([x, kernel, bias]);
        var z = x.ConvTranspose2d(kernel, bias);
        tape.Backward(z, Tensor([1, 1, 1, 3], 1, 10, 100));
        Assert.Equal([5 * 1 + 7 * 10, 5 * 10 + 7 * 100], x.Gradient.ToArray());
        Assert.Equal([2 * 1 + 3 * 10, 2 * 10 + 3 * 100], kernel.Gradient.ToArray());
        Assert.Equal([5, 70], tape.Steps[0].Terms(0, 0).Select(term => term.Value));
        Assert.Equal("2·7 + 3·5 + 0.5", tape.Steps[0].WithNumbers(1, number => number.ToString(CultureInfo.InvariantCulture)));
        Assert.Equal(1 * 2 * 2, tape.Steps[0].MultiplyAdds);
    }

    public static TheoryData<Shape, Shape, Shape?, int, int, string> Misfits => new()
    {
        { [3, 4, 4], [3, 1, 3, 3], null, 0, 1, "ConvTranspose2d: x [3, 4, 4] needs four axes, [N, C, H, W]; one picture of one channel is [1, 1, height, width]" },
        { [1, 3, 4, 4], [3, 3], null, 0, 1, "ConvTranspose2d: K [3, 3] needs four axes, [channels, filters, rows, columns]" },
        { [1, 3, 4, 4], [2, 5, 3, 3], null, 0, 1, "ConvTranspose2d: x [1, 3, 4, 4] ∗ K [2, 5, 3, 3] needs 2 channels in x" },
        {
            [1, 3, 4, 4], [1, 3, 3, 3], null, 0, 1,
            "ConvTranspose2d: x [1, 3, 4, 4] ∗ K [1, 3, 3, 3] needs 1 channel in x; K is [channels, filters, rows, columns], is it turned round?"
        },
        { [1, 3, 4, 4], [3, 2, 3, 3], [3], 0, 1, "ConvTranspose2d: b [3] needs one number per filter of K [3, 2, 3, 3]: [2]" },
        { [1, 3, 4, 4], [3, 2, 3, 3], null, 0, 2, "ConvTranspose2d: x [1, 3, 4, 4] has 3 channels, which 2 groups cannot share evenly" },
        { [1, 1, 1, 1], [1, 1, 3, 3], null, 2, 1, "ConvTranspose2d: a padding of 2×2 cuts everything off that x [1, 1, 1, 1] and K [1, 1, 3, 3] make" },
        { [1, 1, 0, 1], [1, 1, 3, 3], null, 0, 1, "ConvTranspose2d: x [1, 1, 0, 1] has no numbers in a picture" },
    };

    [Theory, MemberData(nameof(Misfits))]
    public void Shapes_that_do_not_fit_are_refused(Shape x, Shape kernel, Shape? bias, int padding, int groups, string message)
    {
        var error = Assert.Throws<ShapeException>(
            () => Zeros(x).ConvTranspose2d(Zeros(kernel), bias is null ? null : Zeros(bias), padding: padding, groups: groups));
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Numbers_outside_their_range_are_refused()
    {
        Refused("ConvTranspose2d: an output padding of 2×0 came, it is 0 or more and below the stride of 2×2.", 2, 0, (2, 0), 1, 1);
        Refused("ConvTranspose2d: an output padding of -1×-1 came, it is 0 or more and below the stride of 2×2.", 2, 0, -1, 1, 1);
        Refused("ConvTranspose2d: a stride of 0×0 came, it is 1 or more.", 0, 0, 0, 1, 1);
        Refused("ConvTranspose2d: a padding of -1×-1 came, it is 0 or more.", 1, -1, 0, 1, 1);
        Refused("ConvTranspose2d: a dilation of 0×0 came, it is 1 or more.", 1, 0, 0, 0, 1);
        Refused("ConvTranspose2d: 0 groups came, 1 or more are needed.", 1, 0, 0, 1, 0);

        static void Refused(string message, Size2d stride, Size2d padding, Size2d outputPadding, Size2d dilation, int groups) => Assert.Equal(
            message, Assert.Throws<ArgumentOutOfRangeException>(
                () => Zeros([1, 1, 3, 3]).ConvTranspose2d(Zeros([1, 1, 2, 2]), null, stride, padding, outputPadding, dilation, groups)).Message);
    }

    [Fact]
    public void A_replay_allocates_nothing()
    {
        var (x, kernel, bias) = (Zeros([2, 3, 8, 8]), Parameter([3, 4, 3, 3], new double[108]), Parameter([4], 1, 2, 3, 4));
        using var tape = Record([kernel, bias], x);
        var z = x.ConvTranspose2d(kernel, bias, 2, 1, 1).Upsample2d(2, bilinear: true);
        var gradient = Zeros(z.Shape);
        Assert.Equal(0, Allocated.Least(() =>
        {
            tape.Replay(x);
            tape.Backward(z, gradient);
        }));
    }
}
