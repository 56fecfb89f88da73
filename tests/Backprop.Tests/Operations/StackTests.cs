using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class StackTests
{
    public static OperationCase[] Cases =>
    [
        new("Stack in front", x => Stack(0, x[0], x[1]), x => Nn<float>.Stack(0, x[0], x[1]), [2, 3], [2, 3]),
        new("Stack of time steps", x => Stack(1, x[0], x[1], x[2]), x => Nn<float>.Stack(1, x[0], x[1], x[2]), [2, 3], [2, 3], [2, 3]),
        new("Stack behind", x => Stack(2, x[0], x[1]), x => Nn<float>.Stack(2, x[0], x[1]), [2, 3], [2, 3]),
        new("Stack of one", x => Stack(1, x[0]), x => Nn<float>.Stack(1, x[0]), [2, 3]),
        new("Stack of single numbers", x => Stack(0, x[0], x[1]), x => Nn<float>.Stack(0, x[0], x[1]), [], []),
        new("Stack of a tensor on itself", x => Stack(0, x[0], x[0]), x => Nn<float>.Stack(0, x[0], x[0]), [3]),
        new("Stack of empty batches", x => Stack(1, x[0], x[1]), x => Nn<float>.Stack(1, x[0], x[1]), [0, 3], [0, 3]),
    ];

    [Fact]
    public void Tensors_stand_side_by_side_along_the_new_axis()
    {
        var stacked = Stack(1, Tensor([2, 2], 1, 2, 3, 4), Tensor([2, 2], 5, 6, 7, 8));
        Assert.Equal([1, 2, 5, 6, 3, 4, 7, 8], stacked.Values.ToArray());
        Assert.Equal([2, 2, 2], stacked.Shape);
    }

    [Fact]
    public void Nothing_cannot_be_stacked() =>
        Assert.Equal("Stack: no tensor came, at least one is needed.", Assert.Throws<ArgumentException>(() => Stack(0)).Message);

    [Fact]
    public void Different_shapes_are_refused() => Assert.Equal(
        "Stack: tensor 2 is [3], all need the shape of the first, [2]",
        Assert.Throws<ShapeException>(() => Stack(0, Zeros([2]), Zeros([2]), Zeros([3]))).Message);

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public void A_place_outside_is_refused(int axis) => Assert.Equal(
        $"Stack: axis {axis} came, the new axis of tensors [2] can be 0 … 1",
        Assert.Throws<ShapeException>(() => Stack(axis, Zeros([2]))).Message);
}
