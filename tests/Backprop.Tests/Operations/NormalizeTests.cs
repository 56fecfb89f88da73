using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class NormalizeTests
{
    public static OperationCase[] Cases =>
    [
        Case("pictures", [3, 2, 2, 4]),
        Case("rows", [5, 3]),
        Case("one sample", [1, 3]),
        Case("one number", [1, 1, 1, 1]),
        Case("an empty batch", [0, 2, 3, 3]),
    ];

    private static OperationCase Case(string name, Shape shape) => new(
        $"Normalize of {name}", x => x[0].Normalize(x[1], x[2], x[3], x[4]), x => x[0].Normalize(x[1], x[2], x[3], x[4]),
        shape, [shape[1]], [shape[1]], [shape[1]], [shape[1]])
    {
        Value = (input, index) => (input == 2 ? 1.5 : 0) + Math.Sin(1.7 * index + 0.9 * input + 0.3),
    };

    [Fact]
    public void Each_channel_has_its_own_numbers()
    {
        var y = Tensor([2, 2], 1, 2, 3, 4).Normalize(Tensor([2], 1, 2), Tensor([2], 3, 8), Tensor([2], 10, 30), Tensor([2], 5, 6), epsilon: 1);
        Assert.Equal([5, 6, 15, 26], y.Values.ToArray());   // (x − [1, 2])/[2, 3]·[10, 30] + [5, 6]
    }

    [Fact]
    public void An_infinite_input_has_a_finite_gradient()
    {
        var x = Parameter([1, 1], double.PositiveInfinity);
        using var tape = Record([x]);
        var one = Filled([1], 1);
        tape.Backward(x.Normalize(one, Filled([1], 3), one, one, epsilon: 1), Filled([1, 1], 1));
        Assert.Equal(0.5, x.Gradient[0]);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused() => Assert.Equal(
        "Normalize: x [2, 3] needs one number per channel, [3]; [4] came",
        Assert.Throws<ShapeException>(() => Zeros([2, 3]).Normalize(Zeros([3]), Zeros([4]), Zeros([3]), Zeros([3]))).Message);

    [Fact]
    public void An_epsilon_of_zero_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Zeros([2, 1]).Normalize(Zeros([1]), Zeros([1]), Zeros([1]), Zeros([1]), 0));
}
