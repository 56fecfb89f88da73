using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class ConcatTests
{
    public static OperationCase[] Cases =>
    [
        new("Concat of rows", x => Concat(0, x[0], x[1]), x => Nn<float>.Concat(0, x[0], x[1]), [1, 3], [2, 3]),
        new("Concat of columns", x => Concat(1, x[0], x[1], x[2]), x => Nn<float>.Concat(1, x[0], x[1], x[2]), [2, 3], [2, 1], [2, 2]),
        new("Concat along the middle", x => Concat(1, x[0], x[1]), x => Nn<float>.Concat(1, x[0], x[1]), [2, 1, 3], [2, 2, 3]),
        new("Concat of one", x => Concat(0, x[0]), x => Nn<float>.Concat(0, x[0]), [2, 3]),
        new("Concat with nothing", x => Concat(1, x[0], x[1]), x => Nn<float>.Concat(1, x[0], x[1]), [2, 0], [2, 2]),
        new("Concat of a tensor with itself", x => Concat(1, x[0], x[0]), x => Nn<float>.Concat(1, x[0], x[0]), [2, 2]),
        new("Concat of empty batches", x => Concat(1, x[0], x[1]), x => Nn<float>.Concat(1, x[0], x[1]), [0, 1], [0, 2]),
    ];

    [Fact]
    public void Tensors_stand_one_after_the_other()
    {
        var joined = Concat(1, Tensor([2, 1], 1, 2), Tensor([2, 2], 3, 4, 5, 6));
        Assert.Equal([1, 3, 4, 2, 5, 6], joined.Values.ToArray());
        Assert.Equal([2, 3], joined.Shape);
    }

    [Fact]
    public void Nothing_cannot_be_joined() =>
        Assert.Equal("Concat: no tensor came, at least one is needed.", Assert.Throws<ArgumentException>(() => Concat(0)).Message);

    [Fact]
    public void Another_axis_that_differs_is_refused() => Assert.Equal(
        "Concat: tensor 1 is [3, 2], all need the shape of the first, [2, 2], but for axis 1",
        Assert.Throws<ShapeException>(() => Concat(1, Zeros([2, 2]), Zeros([3, 2]))).Message);

    [Fact]
    public void Another_rank_is_refused() => Assert.Equal(
        "Concat: tensor 1 is [2], all need the shape of the first, [2, 2], but for axis 0",
        Assert.Throws<ShapeException>(() => Concat(0, Zeros([2, 2]), Zeros([2]))).Message);

    [Fact]
    public void An_axis_outside_is_refused() => Assert.Equal(
        "Concat: axis 2 came, [2, 2] has axes 0 … 1", Assert.Throws<ShapeException>(() => Concat(2, Zeros([2, 2]), Zeros([2, 2]))).Message);

    [Fact]
    public void More_entries_than_a_number_can_count_are_refused()
    {
        var wide = Zeros([0, int.MaxValue]);
        Assert.Throws<ShapeException>(() => Concat(1, wide, wide));
    }
}
