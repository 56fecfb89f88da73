using Backprop.Checking;
using Backprop.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class DropoutTests
{
    public static OperationCase[] Cases =>
    [
        new("Dropout of 0.4", x => x[0].Dropout(0.4, new(7)), x => x[0].Dropout(0.4, new(7)), [3, 5]),
        new("Dropout of one number", x => x[0].Dropout(0.5, new(4)), x => x[0].Dropout(0.5, new(4)), [1, 1]),
        new("Dropout of nothing", x => x[0].Dropout(0, new(7)), x => x[0].Dropout(0, new(7)), [2, 3]),
        new("Dropout of an empty batch", x => x[0].Dropout(0.4, new(7)), x => x[0].Dropout(0.4, new(7)), [0, 3]),
    ];

    [Fact]
    public void What_is_left_is_larger_and_the_rest_is_zero()
    {
        var x = Parameter([6], 1, 2, 3, 4, 5, 6);
        using var tape = Record([x]);
        var y = x.Dropout(0.75, new(1));
        double[] mask = tape.Steps[0].Kept.Single(kept => kept.Name == "mask").Values!.Values.ToArray();
        Assert.All(mask, value => Assert.True(value is 0 or 4));
        Assert.Equal(x.Values.ToArray().Zip(mask, (v, m) => v * m), y.Values.ToArray());
        tape.Backward(y, Tensor([6], 1, 1, 1, 2, 2, 2));
        Assert.Equal(mask.Zip([1, 1, 1, 2, 2, 2], (m, d) => m * d), x.Gradient.ToArray());
    }

    [Fact]
    public void A_replay_keeps_the_mask_until_the_backward_pass()
    {
        var (x, masks) = (Filled([64], 1), new DropoutMasks(1));
        var w = Parameter([64], [.. Enumerable.Repeat(1.0, 64)]);
        using var tape = Record([w], x);
        var y = (x * w).Dropout(0.5, masks);
        double[] first = y.Values.ToArray();
        tape.Replay();
        Assert.Equal(first, y.Values.ToArray());
        Assert.Equal(0, masks.Step);
        GradientCheck.Of(tape, y);
        Assert.Equal(first, y.Values.ToArray());
        Assert.Equal(0, masks.Step);

        tape.Backward(y, Filled([64], 1));
        Assert.Equal(first, w.Gradient.ToArray());
        Assert.Equal(1, masks.Step);
        tape.Replay();
        Assert.NotEqual(first, y.Values.ToArray());

        masks.Step = 0;
        tape.Replay();
        Assert.Equal(first, y.Values.ToArray());
    }

    [Fact]
    public void Two_uses_on_one_tape_have_different_masks_and_move_on_by_one_step()
    {
        var (x, masks) = (Parameter([64], [.. Enumerable.Repeat(1.0, 64)]), new DropoutMasks(1));
        using var tape = Record([x]);
        var (a, b) = (x.Dropout(0.5, masks), x.Dropout(0.5, masks));
        Assert.NotEqual(a.Values.ToArray(), b.Values.ToArray());
        tape.Backward(a + b, Filled([64], 1));
        Assert.Equal(1, masks.Step);
    }

    [Fact]
    public void In_inference_and_without_a_tape_the_numbers_pass()
    {
        var (x, masks) = (Parameter([3], 1, 2, 3), new DropoutMasks(1));
        Assert.Same(x, x.Dropout(0.9, masks));
        using var tape = Record([x], training: false);
        Assert.Same(x, x.Dropout(0.9, masks));
        Assert.Empty(tape.Steps);
        tape.Backward(x.Dropout(0.9, masks) * 2, Filled([3], 1));
        Assert.Equal(0, masks.Step);
    }

    [Theory]
    [InlineData(1.0, "Dropout: a rate of 1 came, it is the part that is left out: from 0 up to, not including, 1.")]
    [InlineData(-0.1, "Dropout: a rate of -0.1 came, it is the part that is left out: from 0 up to, not including, 1.")]
    [InlineData(double.NaN, "Dropout: a rate of NaN came, it is the part that is left out: from 0 up to, not including, 1.")]
    public void A_rate_outside_its_range_is_refused(double rate, string message)
    {
        Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(() => Zeros([2]).Dropout(rate, new(1))).Message);
        Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(() => Dropout(rate, seed: 1)).Message);
    }
}
