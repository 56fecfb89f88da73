using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class BatchNormTests
{
    public static OperationCase[] Cases =>
    [
        new("BatchNorm of pictures", x => x[0].BatchNorm(x[1], x[2]), x => x[0].BatchNorm(x[1], x[2]), [3, 2, 2, 4], [2], [2]),
        new("BatchNorm of rows", x => x[0].BatchNorm(x[1], x[2]), x => x[0].BatchNorm(x[1], x[2]), [5, 3], [3], [3]),
        new("BatchNorm of one picture", x => x[0].BatchNorm(x[1], x[2], 1e-3), x => x[0].BatchNorm(x[1], x[2], 1e-3), [1, 2, 2, 3], [2], [2]),
        new("BatchNorm of one channel", x => x[0].BatchNorm(x[1], x[2]), x => x[0].BatchNorm(x[1], x[2]), [4, 1, 1, 1], [1], [1]),
        new("BatchNorm of sequences", x => x[0].BatchNorm(x[1], x[2]), x => x[0].BatchNorm(x[1], x[2]), [2, 3, 4], [3], [3]),
    ];

    [Fact]
    public void A_channel_is_worked_out_by_hand()
    {
        // μ = 4, σ² = ((−3)² + 1² + 2²)/3 = 14/3
        var x = Tensor([3, 1], 1, 5, 6);
        using var tape = Record([], x);
        var y = x.BatchNorm(Filled([1], 2), Filled([1], 10), epsilon: 1.0 / 3);
        double deviation = Math.Sqrt(5);
        Assert.Equal(10 - 6 / deviation, y[0, 0], 1e-14);
        Assert.Equal(10 + 2 / deviation, y[1, 0], 1e-14);
        Assert.Equal(10 + 4 / deviation, y[2, 0], 1e-14);
        Assert.Equal([4.0], Kept("mean"));
        Assert.Equal(14.0 / 3, Kept("variance")[0], 1e-14);

        double[] Kept(string name) => tape.Steps[0].Kept.Single(kept => kept.Name == name).Values!.Values.ToArray();
    }

    [Fact]
    public void Running_statistics_move_once_per_backward_pass_and_not_in_a_replay()
    {
        var (mean, variance) = (Parameter([1], 0), Parameter([1], 1));
        var (scale, x) = (Parameter([1], 1), Tensor([3, 1], 1, 5, 6));
        mean.Trainable = variance.Trainable = false;
        using var tape = Record([scale], x);
        var y = x.BatchNorm(scale, Zeros([1]), runningMean: mean, runningVariance: variance);
        tape.Replay();
        Assert.Equal((0.0, 1.0), (mean.Value, variance.Value));
        tape.Backward(y, Filled([3, 1], 1));
        Assert.Equal(0.4, mean.Value, 1e-15);                       // 0.9·0 + 0.1·4
        Assert.Equal(0.9 + 0.1 * 7, variance.Value, 1e-15);         // the unbiased variance is 14/2
        tape.Replay();
        tape.Backward(y, Filled([3, 1], 1));
        Assert.Equal(0.76, mean.Value, 1e-15);
    }

    [Fact]
    public void A_channel_of_equal_numbers_gives_the_shift() =>
        Assert.Equal([3, 3, 3], Filled([3, 1], 0.25).BatchNorm(Filled([1], 2), Filled([1], 3)).Values.ToArray());

    [Theory]
    [InlineData("one number", 1, 3)]
    [InlineData("one number", 1, 2, 1, 1)]
    [InlineData("no numbers", 0, 2)]
    public void A_single_number_in_a_channel_is_refused(string had, params int[] sizes)
    {
        Shape shape = new(sizes);
        var error = Assert.Throws<ShapeException>(() => Zeros(shape).BatchNorm(Zeros([sizes[1]]), Zeros([sizes[1]])));
        Assert.Equal(
            $"BatchNorm: x {shape} has {had} in a channel, and training needs two: the deviation of a single number is 0. " +
            "Take a batch of two or more samples, or leave a last batch of one out", error.Message);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Refused("BatchNorm: x [3] came, [N, C] or [N, C, H, W] is needed", () => Zeros([3]).BatchNorm(Zeros([3]), Zeros([3])));
        Refused("BatchNorm: x [2, 3, 4, 4] needs one number per channel, [3]; [2] came", () => Zeros([2, 3, 4, 4]).BatchNorm(Zeros([2]), Zeros([3])));
        Refused("BatchNorm: x [2, 5, 4, 3] needs one number per channel, [5]; [3] came; the channels are the second axis",
            () => Zeros([2, 5, 4, 3]).BatchNorm(Zeros([3]), Zeros([3])));
        Refused("BatchNorm: the running statistics [2] came, x [2, 3] needs [3]",
            () => Zeros([2, 3]).BatchNorm(Zeros([3]), Zeros([3]), runningMean: Parameter([2], 0, 0)));
    }

    [Theory]
    [InlineData(0, 0.1, "BatchNorm: epsilon is 0, a number above 0 is needed; 1e-5 is usual.")]
    [InlineData(double.NaN, 0.1, "BatchNorm: epsilon is NaN, a number above 0 is needed; 1e-5 is usual.")]
    [InlineData(1e-5, 1.5, "BatchNorm: the momentum is 1.5, it goes from 0 to 1; 0.1 is usual.")]
    public void Numbers_outside_their_range_are_refused(double epsilon, double momentum, string message) => Assert.Equal(
        message, Assert.Throws<ArgumentOutOfRangeException>(() => Zeros([2, 1]).BatchNorm(Zeros([1]), Zeros([1]), epsilon, momentum: momentum)).Message);

    private static void Refused(string message, Action act) => Assert.Equal(message, Assert.Throws<ShapeException>(act).Message);
}
