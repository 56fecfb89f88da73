using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class SoftmaxTests
{
    public static OperationCase[] Cases =>
    [
        new("Softmax of rows", x => x[0].Softmax(), x => x[0].Softmax(), [3, 4]),
        new("Softmax of one row", x => x[0].Softmax(), x => x[0].Softmax(), [5]),
        new("Softmax of every time step", x => x[0].Softmax(), x => x[0].Softmax(), [2, 3, 4]),
        new("Softmax of a long row", x => x[0].Softmax(), x => x[0].Softmax(), [2, 37]),
        new("Softmax over one class", x => x[0].Softmax(), x => x[0].Softmax(), [3, 1]),
        new("Softmax of an empty batch", x => x[0].Softmax(), x => x[0].Softmax(), [0, 4]),
        new("Softmax over no class", x => x[0].Softmax(), x => x[0].Softmax(), [4, 0]),
    ];

    [Fact]
    public void Shares_are_those_of_the_exponentials()
    {
        var x = Parameter([1, 3], Math.Log(1), Math.Log(2), Math.Log(5));
        using var tape = Record([x]);
        var y = x.Softmax();
        tape.Backward(y, Tensor([1, 3], 8, 0, 0));
        Assert.Equal([0.125, 0.25, 0.625], y.Values.ToArray().Select(v => Math.Round(v, 15)));
        // dxᵢ = yᵢ·(dyᵢ − Σ dy·y) with Σ dy·y = 1
        Assert.Equal([0.875, -0.25, -0.625], x.Gradient.ToArray().Select(v => Math.Round(v, 15)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-37.5)]
    [InlineData(10000)]
    [InlineData(-10000)]
    public void A_shift_of_all_logits_changes_nothing(double shift)
    {
        double[] logits = [0.5, -1.25, 2, 0];
        var shifted = Tensor([4], [.. logits.Select(v => v + shift)]).Softmax();
        Assert.Equal(Tensor([4], logits).Softmax().Values.ToArray(), shifted.Values.ToArray());
    }

    [Fact]
    public void Extreme_logits_give_numbers_forward_and_backward()
    {
        var x = Parameter([3, 3], 1e4, -1e4, 0, double.NegativeInfinity, 1, 1, -1e4, -1e4, -1e4);
        using var tape = Record([x]);
        var y = x.Softmax();
        tape.Backward(y, Tensor([3, 3], 1, 2, 3, 4, 5, 6, 7, 8, 9));
        Assert.Equal([1, 0, 0, 0, 0.5, 0.5, 1.0 / 3, 1.0 / 3, 1.0 / 3], y.Values.ToArray());
        Assert.All(x.Gradient.ToArray(), gradient => Assert.True(double.IsFinite(gradient)));
    }

    [Fact]
    public void A_single_number_is_refused() =>
        Assert.Equal(
            "Softmax: a single number [] came, at least one axis is needed",
            Assert.Throws<ShapeException>(() => Zeros([]).Softmax()).Message);
}
