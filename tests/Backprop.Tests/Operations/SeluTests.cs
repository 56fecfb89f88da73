using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class SeluTests
{
    public static OperationCase[] Cases =>
    [
        new("Selu of a matrix", x => x[0].Selu(), x => x[0].Selu(), [3, 4]),
        new("Selu of a number", x => x[0].Selu(), x => x[0].Selu(), Shape.Scalar),
        new("Selu of axes of size 1", x => x[0].Selu(), x => x[0].Selu(), [1, 1]),
        new("Selu of an empty batch", x => x[0].Selu(), x => x[0].Selu(), [0, 3]),
    ];

    [Fact]
    public void Its_two_constants_are_those_of_the_paper()
    {
        var x = Parameter([3], 1, -1000, 0);
        using var tape = Record([x]);
        var y = x.Selu();
        tape.Backward(y, Tensor([3], 1, 1, 1));
        Assert.Equal([1.0507009873554804934, -1.0507009873554804934 * 1.6732632423543772848, 0], y.Values.ToArray());
        Assert.Equal([1.0507009873554804934, 0, 1.0507009873554804934 * 1.6732632423543772848], x.Gradient.ToArray());
    }

    /// <summary>The map from mean 0 and deviation 1 to mean 0 and deviation 1: its moments by the midpoint rule.</summary>
    [Fact]
    public void Standard_normal_numbers_stay_standard()
    {
        double[] x = [.. Enumerable.Range(0, 20000).Select(i => (i + 0.5) / 1000 - 10)];
        double[] y = Tensor([x.Length], x).Selu().Values.ToArray();
        double[] density = [.. x.Select(v => Math.Exp(-v * v / 2) / Math.Sqrt(2 * Math.PI) / 1000)];
        Assert.Equal(0, y.Zip(density, (v, p) => v * p).Sum(), 1e-7);
        Assert.Equal(1, y.Zip(density, (v, p) => v * v * p).Sum(), 1e-6);
    }
}
