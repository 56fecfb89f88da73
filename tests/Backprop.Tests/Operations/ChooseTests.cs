using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class ChooseTests
{
    private static readonly Indices Numbers = new([3], 1, 5, 2);

    public static OperationCase[] Cases =>
    [
        new("Choose rows of two", t => t[0].Choose(t[1], Numbers, n => n > 1, "is long"), t => t[0].Choose(t[1], Numbers, n => n > 1, "is long"), [3, 2], [3, 2]),
        new("Choose rows or zeros", t => t[0].Choose(null, Numbers, n => n > 1, "is long"), t => t[0].Choose(null, Numbers, n => n > 1, "is long"), [3, 2]),
    ];

    [Fact]
    public void Rows_come_from_one_or_the_other()
    {
        var (a, b) = (Parameter([3, 2], 1, 2, 3, 4, 5, 6), Parameter([3, 2], 10, 20, 30, 40, 50, 60));
        using var tape = Record([a, b]);
        var y = a.Choose(b, Numbers, n => n > 1, "is long");
        Assert.Equal([10, 20, 3, 4, 5, 6], y.Values.ToArray());
        tape.Backward(y, Tensor([3, 2], 1, 2, 3, 4, 5, 6));
        Assert.Equal([0, 0, 3, 4, 5, 6], a.Gradient.ToArray());
        Assert.Equal([1, 2, 0, 0, 0, 0], b.Gradient.ToArray());
    }

    [Fact]
    public void Shapes_that_do_not_belong_together_are_refused() => Assert.Equal(
        "Choose: [3, 2], [3, 1] and the numbers [3] do not belong together",
        Assert.Throws<ShapeException>(() => Zeros([3, 2]).Choose(Zeros([3, 1]), Numbers, _ => true, "")).Message);
}
