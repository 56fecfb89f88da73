using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class PReluTests
{
    public static OperationCase[] Cases =>
    [
        Case("PRelu of one slope", [3, 4], []),
        Case("PRelu of one slope and one number", [], []),
        Case("PRelu of a slope for each column", [3, 4], [4]),
        Case("PRelu of a slope for each channel", [2, 3, 4, 5], [3]),
        Case("PRelu of a slope for each channel of a sequence", [2, 3, 4], [3]),
        Case("PRelu of one channel", [2, 1, 4], [1]),
        Case("PRelu of axes of size 1", [1, 1], [1]),
        Case("PRelu of an empty batch", [0, 3, 2], [3]),
        Case("PRelu of an empty batch and one slope", [0, 3], []),
    ];

    private static OperationCase Case(string name, params Shape[] shapes) => new(name, x => x[0].PRelu(x[1]), x => x[0].PRelu(x[1]), shapes);

    [Fact]
    public void Below_0_the_slope_of_the_channel_counts_and_is_learnt()
    {
        var (x, slope) = (Parameter([2, 2, 2], 1, -2, -3, 4, -5, 6, 0, -8), Parameter([2], 0.5, 0.25));
        using var tape = Record([x, slope]);
        var y = x.PRelu(slope);
        tape.Backward(y, Tensor([2, 2, 2], 1, 2, 3, 4, 5, 6, 7, 8));
        Assert.Equal([1, -1, -0.75, 4, -2.5, 6, 0, -2], y.Values.ToArray());
        Assert.Equal([1, 1, 0.75, 4, 2.5, 6, 1.75, 2], x.Gradient.ToArray());
        Assert.Equal([-2.0 * 2 + -5 * 5, -3.0 * 3 + -8 * 8], slope.Gradient.ToArray());
    }

    public static TheoryData<Shape, Shape, string> Misfits => new()
    {
        { [4, 3], [4], "PRelu: x [4, 3] needs one slope [] or one for each channel, [3]; [4] came" },
        { [4, 3], [1, 3], "PRelu: x [4, 3] needs one slope [] or one for each channel, [3]; [1, 3] came" },
        { [3], [3], "PRelu: x [3] has no channels: the slope [3] came, one number [] is needed" },
    };

    [Theory, MemberData(nameof(Misfits))]
    public void Shapes_that_do_not_fit_are_refused(Shape x, Shape slope, string message) =>
        Assert.Equal(message, Assert.Throws<ShapeException>(() => Zeros(x).PRelu(Zeros(slope))).Message);
}
