using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class AddTests
{
    public static OperationCase[] Cases =>
    [
        new("Add of equal shapes", x => x[0] + x[1], x => x[0] + x[1], [3, 4], [3, 4]),
        new("Add with a row", x => x[0] + x[1], x => x[0] + x[1], [3, 4], [4]),
        new("Add of a row", x => x[0] + x[1], x => x[0] + x[1], [4], [3, 4]),
        new("Add with a matrix for each sample", x => x[0] + x[1], x => x[0] + x[1], [2, 3, 4], [3, 4]),
        new("Add with a number", x => x[0] + x[1], x => x[0] + x[1], [3, 4], []),
        new("Add of a number", x => x[0] + x[1], x => x[0] + x[1], [], [3, 4]),
        new("Add of numbers", x => x[0] + x[1], x => x[0] + x[1], [], []),
        new("Add with a row of one", x => x[0] + x[1], x => x[0] + x[1], [5, 1], [1]),
        new("Add with a leading axis of size 1", x => x[0] + x[1], x => x[0] + x[1], [1, 4], [4]),
        new("Add with itself", x => x[0] + x[0], x => x[0] + x[0], [3]),
        new("Add in an empty batch", x => x[0] + x[1], x => x[0] + x[1], [0, 4], [4]),
        new("A tensor and a number", x => x[0] + 1.5, x => x[0] + 1.5, [3]),
        new("A number and a tensor", x => 1.5 + x[0], x => 1.5 + x[0], [3]),
    ];

    [Fact]
    public void Elements_are_added()
    {
        var (a, b) = (Parameter([2], 1, 2), Parameter([2], 10, 20));
        using var tape = Record([a, b]);
        var y = a + b;
        tape.Backward(y, Tensor([2], 3, 4));
        Assert.Equal([11, 22], y.Values.ToArray());
        Assert.Equal([3, 4], a.Gradient.ToArray());
        Assert.Equal([3, 4], b.Gradient.ToArray());
    }

    [Fact]
    public void A_row_is_added_to_every_row_and_gets_the_sum_of_their_gradients()
    {
        var (x, bias) = (Tensor([2, 3], 1, 2, 3, 4, 5, 6), Parameter([3], 10, 20, 30));
        using var tape = Record([bias], x);
        var y = x + bias;
        tape.Backward(y, Tensor([2, 3], 1, 2, 3, 10, 20, 30));
        Assert.Equal([11, 22, 33, 14, 25, 36], y.Values.ToArray());
        Assert.Equal([11, 22, 33], bias.Gradient.ToArray());
        Assert.Equal("Σ {dy}", tape.Steps[0].GradientFormula(1));
        Assert.Equal(2, tape.Steps[0].Terms(1, 0).Count());
    }

    [Fact]
    public void A_tensor_added_to_itself_gets_both_gradients()
    {
        var a = Parameter([1], 2);
        using var tape = Record([a]);
        var b = a + a;
        tape.Backward(b + b);
        Assert.Equal(4, a.Gradient[0]);
    }

    [Fact]
    public void The_gradient_of_a_row_in_an_empty_batch_is_0()
    {
        var bias = Parameter([2], 1, 2);
        using var tape = Record([bias]);
        tape.Backward((Zeros([0, 2]) + bias).Sum());
        Assert.Equal([0, 0], bias.Gradient.ToArray());
    }

    [Fact]
    public void A_number_is_a_constant_of_the_tape()
    {
        var x = Parameter([2], 1, 2);
        using var tape = Record([x]);
        Assert.Equal([1.5, 2.5], (x + 0.5).Values.ToArray());
        Assert.Equal([1.5, 2.5], (0.5 + x).Values.ToArray());
        Assert.Equal([0.5, 0.5], tape.Constants.Select(constant => constant.Value));
        Assert.Equal("2 + 0.5", tape.Steps[0].WithNumbers(1, v => FormattableString.Invariant($"{v}")));
    }

    [Fact]
    public void Operators_on_float_take_plain_numbers() =>
        Assert.Equal([1.25f, 2.25f], (Nn<float>.Tensor([2], 1, 2) + 0.25).Values.ToArray());

    public static TheoryData<Shape, Shape, string> Misfits => new()
    {
        {
            [3, 4], [3],
            "Add: a [3, 4] and b [3] need equal shapes, or one that has only the last axes of the other or is a number []"
        },
        {
            [3, 4], [3, 1],
            "Add: a [3, 4] and b [3, 1] need equal shapes, or one that has only the last axes of the other or is a number []; " +
            "an axis of size 1 is stretched by Repeat only"
        },
        {
            [3, 4], [1],
            "Add: a [3, 4] and b [1] need equal shapes, or one that has only the last axes of the other or is a number []; " +
            "an axis of size 1 is stretched by Repeat only"
        },
        {
            [4], [4, 1],
            "Add: a [4] and b [4, 1] need equal shapes, or one that has only the last axes of the other or is a number []; " +
            "Reshape one of them"
        },
    };

    [Theory, MemberData(nameof(Misfits))]
    public void Shapes_that_do_not_fit_are_refused(Shape a, Shape b, string message)
    {
        var error = Assert.Throws<ShapeException>(() => Zeros(a) + Zeros(b));
        Assert.Equal(message, error.Message);
        Assert.Equal([a, b], error.Shapes);
    }
}
