using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class SelectTests
{
    public static OperationCase[] Cases =>
    [
        new("Select of a time step", x => x[0].Select(1, 2), x => x[0].Select(1, 2), [2, 4, 3]),
        new("Select of a row", x => x[0].Select(0, 1), x => x[0].Select(0, 1), [2, 3]),
        new("Select of a column", x => x[0].Select(1, 0), x => x[0].Select(1, 0), [2, 3]),
        new("Select along an axis of size 1", x => x[0].Select(1, 0), x => x[0].Select(1, 0), [2, 1, 3]),
        new("Select of the only number", x => x[0].Select(0, 0), x => x[0].Select(0, 0), [1]),
        new("Select in an empty batch", x => x[0].Select(1, 0), x => x[0].Select(1, 0), [0, 4, 3]),
    ];

    [Fact]
    public void The_axis_disappears()
    {
        var column = Tensor([2, 3], 1, 2, 3, 4, 5, 6).Select(1, 1);
        Assert.Equal([2, 5], column.Values.ToArray());
        Assert.Equal([2], column.Shape);
    }

    [Fact]
    public void Only_the_entry_gets_a_gradient()
    {
        var x = Parameter([2, 3], 1, 2, 3, 4, 5, 6);
        using var tape = Record([x]);
        tape.Backward(x.Select(0, 1), Tensor([3], 7, 8, 9));
        Assert.Equal([0, 0, 0, 7, 8, 9], x.Gradient.ToArray());
    }

    [Theory]
    [InlineData(2, 0, "Select: axis 2 came, [4, 3] has axes 0 … 1")]
    [InlineData(1, 3, "Select: entry 3 came, axis 1 of [4, 3] has 3, counted from 0")]
    [InlineData(0, -1, "Select: entry -1 came, axis 0 of [4, 3] has 4, counted from 0")]
    public void An_entry_outside_is_refused(int axis, int index, string message) =>
        Assert.Equal(message, Assert.Throws<ShapeException>(() => Zeros([4, 3]).Select(axis, index)).Message);
}
