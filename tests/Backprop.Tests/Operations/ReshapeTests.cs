using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class ReshapeTests
{
    public static OperationCase[] Cases =>
    [
        new("Reshape [2,3] to [3,2]", x => x[0].Reshape([3, 2]), x => x[0].Reshape([3, 2]), [2, 3]),
        new("Reshape of one number", x => x[0].Reshape([]), x => x[0].Reshape([]), [1, 1]),
        new("Reshape of an empty batch", x => x[0].Reshape([0, 2, 2]), x => x[0].Reshape([0, 2, 2]), [0, 4]),
        new("Flatten of pictures", x => x[0].Flatten(), x => x[0].Flatten(), [2, 3, 2, 2]),
        new("Flatten of a list", x => x[0].Flatten(), x => x[0].Flatten(), [3]),
        new("Flatten of an empty batch", x => x[0].Flatten(), x => x[0].Flatten(), [0, 3, 2]),
        new("A tensor in two shapes", x => x[0].MatMul(x[0].Reshape([3, 2])), x => x[0].MatMul(x[0].Reshape([3, 2])), [2, 3]),
    ];

    [Fact]
    public void Numbers_keep_their_order()
    {
        var y = Tensor([2, 3], 1, 2, 3, 4, 5, 6).Reshape([3, 2]);
        Assert.Equal([3, 2], y.Shape);
        Assert.Equal(3, y[1, 0]);
    }

    [Fact]
    public void Flatten_keeps_the_axis_of_the_batch() => Assert.Equal([2, 60], Zeros([2, 3, 4, 5]).Flatten().Shape);

    [Fact]
    public void Another_number_of_elements_is_refused() => Assert.Equal(
        "Reshape: x [2, 3] has 6 elements, [4] needs 4", Assert.Throws<ShapeException>(() => Zeros([2, 3]).Reshape([4])).Message);

    [Fact]
    public void A_single_number_has_no_batch_to_keep() => Assert.Equal(
        "Flatten: x [] needs an axis that counts the samples; a single number is [1, 1]",
        Assert.Throws<ShapeException>(() => Zeros([]).Flatten()).Message);

    [Fact]
    public void Axes_too_large_for_one_are_not_flattened_even_where_the_batch_is_empty() =>
        Assert.Throws<ShapeException>(() => Zeros([0, 65536, 65536]).Flatten());
}
