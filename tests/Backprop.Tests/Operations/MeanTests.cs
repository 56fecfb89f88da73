using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class MeanTests
{
    public static OperationCase[] Cases =>
    [
        new("Mean of all", x => x[0].Mean(), x => x[0].Mean(), [3, 7]),
        new("Mean of a number", x => x[0].Mean(), x => x[0].Mean(), Shape.Scalar),
        new("Mean over the batch", x => x[0].Mean(0), x => x[0].Mean(0), [3, 4]),
        new("Mean over time", x => x[0].Mean(1), x => x[0].Mean(1), [2, 5, 3]),
        new("Mean of rows", x => x[0].Mean(1), x => x[0].Mean(1), [3, 4]),
        new("Mean along an axis of size 1", x => x[0].Mean(1), x => x[0].Mean(1), [3, 1, 2]),
        new("Mean in an empty batch", x => x[0].Mean(1), x => x[0].Mean(1), [0, 3]),
    ];

    [Fact]
    public void Each_element_has_its_share()
    {
        var x = Parameter([2, 2], 1, 2, 3, -10);
        using var tape = Record([x]);
        var y = x.Mean();
        tape.Backward(y, Tensor([], 8));
        Assert.Equal(-1, y.Value);
        Assert.Equal([2, 2, 2, 2], x.Gradient.ToArray());
        Assert.Equal("(1 + 2 + 3 + -10) / 4", tape.Steps[0].WithNumbers(0, v => FormattableString.Invariant($"{v}")));
    }

    [Fact]
    public void The_axis_disappears()
    {
        var x = Parameter([2, 4], 1, 2, 3, 4, 5, 6, 7, 8);
        using var tape = Record([x]);
        var rows = x.Mean(1);
        Assert.Equal([2.5, 6.5], rows.Values.ToArray());
        Assert.Equal([3, 4, 5, 6], x.Mean(0).Values.ToArray());
        tape.Backward(rows, Tensor([2], 4, 8));
        Assert.Equal([1, 1, 1, 1, 2, 2, 2, 2], x.Gradient.ToArray());
    }

    [Fact]
    public void The_mean_of_nothing_is_refused()
    {
        Assert.Equal(
            "Mean: [0, 3] has no element, at least one is needed; leave empty batches out",
            Assert.Throws<ShapeException>(() => Zeros([0, 3]).Mean()).Message);
        Assert.Equal(
            "Mean: [0, 3] has no element along axis 0, at least one is needed; leave empty batches out",
            Assert.Throws<ShapeException>(() => Zeros([0, 3]).Mean(0)).Message);
    }

    [Fact]
    public void An_axis_that_is_not_there_is_refused() =>
        Assert.Equal("Mean: axis 2 came, [2, 3] has axes 0 … 1", Assert.Throws<ShapeException>(() => Zeros([2, 3]).Mean(2)).Message);
}
