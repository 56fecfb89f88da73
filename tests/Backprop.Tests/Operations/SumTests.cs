using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class SumTests
{
    public static OperationCase[] Cases =>
    [
        new("Sum of all", x => x[0].Sum(), x => x[0].Sum(), [3, 7]),
        new("Sum of a number", x => x[0].Sum(), x => x[0].Sum(), Shape.Scalar),
        new("Sum of nothing", x => x[0].Sum(), x => x[0].Sum(), [0, 3]),
        new("Sum over the batch", x => x[0].Sum(0), x => x[0].Sum(0), [3, 4]),
        new("Sum over time", x => x[0].Sum(1), x => x[0].Sum(1), [2, 5, 3]),
        new("Sum of rows", x => x[0].Sum(1), x => x[0].Sum(1), [3, 4]),
        new("Sum along an axis of size 1", x => x[0].Sum(1), x => x[0].Sum(1), [3, 1, 2]),
        new("Sum over an empty batch", x => x[0].Sum(0), x => x[0].Sum(0), [0, 3]),
        new("Sum in an empty batch", x => x[0].Sum(1), x => x[0].Sum(1), [0, 3]),
    ];

    [Fact]
    public void All_elements_are_added_and_each_gets_the_gradient()
    {
        var x = Parameter([2, 2], 1, 2, 3, -10);
        using var tape = Record([x]);
        var y = x.Sum();
        tape.Backward(y, Tensor([], 5));
        Assert.Equal(-4, y.Value);
        Assert.Equal([5, 5, 5, 5], x.Gradient.ToArray());
        Assert.Equal("1 + 2 + 3 + (−10)", tape.Steps[0].WithNumbers(0, v => v < 0 ? $"(−{-v})" : $"{v}"));
    }

    [Fact]
    public void The_axis_disappears()
    {
        var x = Parameter([2, 3], 1, 2, 3, 4, 5, 6);
        using var tape = Record([x]);
        var rows = x.Sum(1);
        Assert.Equal([6, 15], rows.Values.ToArray());
        Assert.Equal([2], rows.Shape);
        Assert.Equal([5, 7, 9], x.Sum(0).Values.ToArray());
        tape.Backward(rows, Tensor([2], 10, 20));
        Assert.Equal([10, 10, 10, 20, 20, 20], x.Gradient.ToArray());
    }

    [Fact]
    public void The_sum_of_nothing_is_0()
    {
        Assert.Equal(0, Zeros([0, 3]).Sum().Value);
        Assert.Equal([0, 0, 0], Zeros([0, 3]).Sum(0).Values.ToArray());
        Assert.Equal([0], Zeros([0, 3]).Sum(1).Shape);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public void An_axis_that_is_not_there_is_refused(int axis) =>
        Assert.Equal($"Sum: axis {axis} came, [2, 3] has axes 0 … 1", Assert.Throws<ShapeException>(() => Zeros([2, 3]).Sum(axis)).Message);
}
