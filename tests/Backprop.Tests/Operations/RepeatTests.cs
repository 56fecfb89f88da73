using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class RepeatTests
{
    public static OperationCase[] Cases =>
    [
        new("Repeat of a column", x => x[0].Repeat(1, 3), x => x[0].Repeat(1, 3), [2, 1]),
        new("Repeat of a row", x => x[0].Repeat(0, 4), x => x[0].Repeat(0, 4), [1, 3]),
        new("Repeat along the middle", x => x[0].Repeat(1, 3), x => x[0].Repeat(1, 3), [2, 1, 2]),
        new("Repeat once", x => x[0].Repeat(0, 1), x => x[0].Repeat(0, 1), [1, 2]),
        new("Repeat no time", x => x[0].Repeat(0, 0), x => x[0].Repeat(0, 0), [1, 2]),
        new("Repeat in an empty batch", x => x[0].Repeat(1, 3), x => x[0].Repeat(1, 3), [0, 1]),
    ];

    [Fact]
    public void The_one_entry_is_there_several_times()
    {
        var y = Tensor([2, 1], 1, 2).Repeat(1, 3);
        Assert.Equal([1, 1, 1, 2, 2, 2], y.Values.ToArray());
        Assert.Equal([2, 3], y.Shape);
    }

    [Fact]
    public void Gradients_of_all_copies_add_up()
    {
        var x = Parameter([1, 2], 1, 2);
        using var tape = Record([x]);
        tape.Backward(x.Repeat(0, 3), Tensor([3, 2], 1, 2, 3, 4, 5, 6));
        Assert.Equal([9, 12], x.Gradient.ToArray());
    }

    [Theory]
    [InlineData(0, 3, "Repeat: axis 0 of [2, 1] has size 2, size 1 is needed; join copies by Concat")]
    [InlineData(1, -1, "Repeat: -1 times came, 0 or more is needed")]
    [InlineData(2, 3, "Repeat: axis 2 came, [2, 1] has axes 0 … 1")]
    public void What_cannot_be_repeated_is_refused(int axis, int count, string message) =>
        Assert.Equal(message, Assert.Throws<ShapeException>(() => Zeros([2, 1]).Repeat(axis, count)).Message);
}
