using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class Dropout2dTests
{
    public static OperationCase[] Cases =>
    [
        new("Dropout2d of pictures", x => x[0].Dropout2d(0.4, new(3)), x => x[0].Dropout2d(0.4, new(3)), [2, 3, 2, 3]),
        new("Dropout2d of sequences", x => x[0].Dropout2d(0.5, new(3)), x => x[0].Dropout2d(0.5, new(3)), [1, 4, 5]),
        new("Dropout2d of single positions", x => x[0].Dropout2d(0.5, new(3)), x => x[0].Dropout2d(0.5, new(3)), [2, 2, 1, 1]),
        new("Dropout2d of an empty batch", x => x[0].Dropout2d(0.5, new(3)), x => x[0].Dropout2d(0.5, new(3)), [0, 2, 2, 2]),
    ];

    [Fact]
    public void A_channel_is_left_out_or_enlarged_as_a_whole()
    {
        var x = Parameter([8, 16, 3, 2], [.. Enumerable.Range(0, 768).Select(i => 1.0 + i)]);
        using var tape = Record([x]);
        var y = x.Dropout2d(0.25, new(5));
        double[] mask = tape.Steps[0].Kept.Single().Values!.Values.ToArray();
        Assert.Equal(128, mask.Length);
        Assert.Equal([0, 4.0 / 3], mask.Distinct().Order());
        Assert.InRange(mask.Count(m => m == 0), 16, 48);
        for (int i = 0; i < x.Length; i++) Assert.Equal(x.Values[i] * mask[i / 6], y.Values[i]);
        tape.Backward(y, Filled(y.Shape, 3));
        for (int i = 0; i < x.Length; i++) Assert.Equal(3 * mask[i / 6], x.Gradient[i]);
    }

    [Fact]
    public void The_mask_is_the_one_that_dropout_gives_to_rows_of_channels()
    {
        var (x, rows) = (Parameter([2, 5, 2, 2], Filled([40], 1).Values.ToArray()), Parameter([2, 5], Filled([10], 1).Values.ToArray()));
        using var tape = Record([x, rows]);
        Assert.Equal(rows.Dropout(0.4, new(7)).Values.ToArray(), x.Dropout2d(0.4, new(7)).GlobalMaxPool2d().Values.ToArray());
    }

    [Fact]
    public void Each_use_has_a_mask_of_its_own_and_each_training_step_another()
    {
        var (x, masks) = (Parameter([4, 16, 1, 2], new double[128]), new DropoutMasks(2));
        using var tape = Record([x]);
        var y = x.Dropout2d(0.5, masks).Reshape([4, 32]).Dropout(0.5, masks).Reshape([4, 16, 1, 2]).Dropout2d(0.5, masks);
        double[] first = Mask(0), third = Mask(4);
        Assert.NotEqual(first, third);
        tape.Replay();
        Assert.Equal(first, Mask(0));
        tape.Backward(y, Zeros(y.Shape));
        Assert.Equal(1, masks.Step);
        tape.Replay();
        Assert.NotEqual(first, Mask(0));

        double[] Mask(int step) => tape.Steps[step].Kept.Single().Values!.Values.ToArray();
    }

    [Fact]
    public void In_inference_everything_passes()
    {
        var x = Parameter([1, 1, 1, 2], 1, 2);
        using var tape = Record([x], training: false);
        Assert.Same(x, x.Dropout2d(0.5, new(1)));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Equal("Dropout2d: x [2, 3] came, [N, C, H, W] or [N, C, L] is needed; for rows there is Dropout",
            Assert.Throws<ShapeException>(() => Zeros([2, 3]).Dropout2d(0.5, new(1))).Message);
        Assert.Equal("Dropout: a rate of 1 came, it is the part that is left out: from 0 up to, not including, 1.",
            Assert.Throws<ArgumentOutOfRangeException>(() => Zeros([2, 3, 4]).Dropout2d(1, new(1))).Message);
    }
}
