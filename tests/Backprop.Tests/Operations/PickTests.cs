using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class PickTests
{
    public static OperationCase[] Cases =>
    [
        new("Pick of classes", x => x[0].Pick(Indices([3], 1, 0, 1)), x => x[0].Pick(Indices([3], 1, 0, 1)), [3, 2]),
        new("Pick at every time step", x => x[0].Pick(Indices([2, 2], 2, 0, 1, 1)), x => x[0].Pick(Indices([2, 2], 2, 0, 1, 1)), [2, 2, 3]),
        new("Pick from one class", x => x[0].Pick(Indices([2], 0, 0)), x => x[0].Pick(Indices([2], 0, 0)), [2, 1]),
        new("Pick from a list", x => x[0].Pick(Indices([], 2)), x => x[0].Pick(Indices([], 2)), [4]),
        new("Pick in an empty batch", x => x[0].Pick(Indices([0])), x => x[0].Pick(Indices([0])), [0, 3]),
    ];

    [Fact]
    public void Each_row_gives_the_entry_that_its_index_says()
    {
        var y = Tensor([2, 3], 1, 2, 3, 4, 5, 6).Pick(Indices([2], 2, 0));
        Assert.Equal([3, 4], y.Values.ToArray());
        Assert.Equal([2], y.Shape);
    }

    [Fact]
    public void Only_picked_entries_get_a_gradient()
    {
        var x = Parameter([2, 3], 1, 2, 3, 4, 5, 6);
        using var tape = Record([x]);
        tape.Backward(x.Pick(Indices([2], 2, 0)), Tensor([2], 7, 8));
        Assert.Equal([0, 0, 7, 8, 0, 0], x.Gradient.ToArray());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void A_class_outside_is_refused_with_its_position(int index)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Zeros([2, 3]).Pick(Indices([2], 0, index)));
        Assert.Equal($"Pick: index {index} at [1] is outside 0 … 2", error.Message);
    }

    [Fact]
    public void Another_number_of_indices_is_refused() => Assert.Equal(
        "Pick: x [2, 3] needs one index for each row, [2]; [3] came",
        Assert.Throws<ShapeException>(() => Zeros([2, 3]).Pick(Indices([3], 0, 0, 0))).Message);

    [Fact]
    public void A_single_number_has_nothing_to_pick_from() => Assert.Equal(
        "Pick: x [] needs an axis to pick from", Assert.Throws<ShapeException>(() => Zeros([]).Pick(Indices([], 0))).Message);
}
