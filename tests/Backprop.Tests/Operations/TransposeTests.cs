using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class TransposeTests
{
    public static OperationCase[] Cases =>
    [
        new("Transpose of a matrix", x => x[0].Transpose(), x => x[0].Transpose(), [2, 3]),
        new("Transpose of a row", x => x[0].Transpose(), x => x[0].Transpose(), [1, 4]),
        new("Transpose of batch and time", x => x[0].Transpose(0, 1), x => x[0].Transpose(0, 1), [2, 3, 4]),
        new("Transpose of the last two axes", x => x[0].Transpose(2, 1), x => x[0].Transpose(2, 1), [2, 3, 4]),
        new("Transpose around a middle axis", x => x[0].Transpose(0, 2), x => x[0].Transpose(0, 2), [2, 3, 4]),
        new("Transpose within a larger tensor", x => x[0].Transpose(1, 3), x => x[0].Transpose(1, 3), [2, 3, 2, 4, 3]),
        new("Transpose of an axis with itself", x => x[0].Transpose(1, 1), x => x[0].Transpose(1, 1), [2, 3]),
        new("Transpose of an empty batch", x => x[0].Transpose(0, 1), x => x[0].Transpose(0, 1), [0, 3, 2]),
        new("A matrix times its transpose", x => x[0].MatMul(x[0].Transpose()), x => x[0].MatMul(x[0].Transpose()), [2, 3]),
    ];

    [Fact]
    public void Rows_become_columns()
    {
        var y = Tensor([2, 3], 1, 2, 3, 4, 5, 6).Transpose();
        Assert.Equal([1, 4, 2, 5, 3, 6], y.Values.ToArray());
        Assert.Equal([3, 2], y.Shape);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(1, 3)]
    [InlineData(0, 3)]
    public void Every_element_finds_its_place(int axisA, int axisB)
    {
        // Sizes beyond the blocks in which the kernel works.
        Shape shape = [3, 35, 2, 67];
        var x = Tensor(shape, [.. Enumerable.Range(0, shape.Elements).Select(i => (double)i)]);
        var y = x.Transpose(axisA, axisB);
        for (int a = 0; a < 3; a++)
            for (int b = 0; b < 35; b++)
                for (int c = 0; c < 2; c++)
                    for (int d = 0; d < 67; d++)
                    {
                        int[] place = [a, b, c, d];
                        (place[axisA], place[axisB]) = (place[axisB], place[axisA]);
                        Assert.Equal(x[a, b, c, d], y[place]);
                    }
    }

    [Fact]
    public void Other_ranks_must_say_which_axes() => Assert.Equal(
        "Transpose: x [2, 3, 4] is no matrix; for other ranks say which axes: Transpose(axisA, axisB)",
        Assert.Throws<ShapeException>(() => Zeros([2, 3, 4]).Transpose()).Message);

    [Theory]
    [InlineData(0, 3)]
    [InlineData(-1, 0)]
    public void An_axis_outside_is_refused(int a, int b) => Assert.Equal(
        $"Transpose: axis {(a < 0 ? a : b)} came, [2, 3, 4] has axes 0 … 2",
        Assert.Throws<ShapeException>(() => Zeros([2, 3, 4]).Transpose(a, b)).Message);
}
