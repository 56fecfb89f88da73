using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

/// <summary>Layer normalisation, and batch normalisation of rows and sequences.</summary>
public class NormLayerTests
{
    public static LayerCase[] Cases =>
    [
        new("BatchNorm1d of rows", _ => BatchNorm1d(3), [5, 3]),
        new("BatchNorm1d of sequences", _ => BatchNorm1d(2, momentum: 0.3, epsilon: 1e-3, name: "norm"), [3, 2, 4]),
        new("LayerNorm of rows", _ => LayerNorm([4]), [3, 4]),
        new("LayerNorm of pictures", _ => LayerNorm([2, 3, 2], epsilon: 1e-3, name: "norm"), [2, 2, 3, 2]),
        new("LayerNorm behind a linear layer", random => Sequential(Linear(3, 5, random), LayerNorm([5]), Tanh()), [2, 3]),
    ];

    [Fact]
    public void BatchNorm1d_computes_what_BatchNorm2d_does()
    {
        var x = Tensor([3, 2, 4], [.. Enumerable.Range(0, 24).Select(i => Math.Sin(1.3 * i))]);
        var (one, two) = (BatchNorm1d(2), BatchNorm2d(2));
        foreach (var layer in new Backprop.Layers.BatchNorm<double>[] { one, two })
        {
            using var tape = Record(layer.Parameters, x);
            tape.Backward(layer.Forward(x), x.Copy());
        }
        Assert.Equal(two.RunningVariance.Values.ToArray(), one.RunningVariance.Values.ToArray());
        Assert.Equal(two.Scale.Gradient.ToArray(), one.Scale.Gradient.ToArray());
        Assert.Equal(two.Forward(x).Values.ToArray(), one.Forward(x).Values.ToArray());
        Assert.Equal("batch_norm1d", one.Type);
    }

    [Fact]
    public void LayerNorm_begins_as_the_normalisation_alone()
    {
        var layer = LayerNorm([2, 3]);
        Assert.Equal(["scale", "shift"], layer.Parameters.Names);
        Assert.Equal([1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0], layer.Parameters.SelectMany(parameter => parameter.Values.ToArray()));
        Assert.Equal([("axes", (object)2), ("epsilon", 1e-5)], layer.Settings);
        Assert.Equal([2, 3], layer.Axes);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Refused("BatchNorm1d: x [2, 3, 4, 4] came, [N, C] or [N, C, L] is needed; pictures take BatchNorm2d", () => BatchNorm1d(3).Forward(Zeros([2, 3, 4, 4])));
        Refused("BatchNorm1d: x [3] came, [N, C] or [N, C, L] is needed; pictures take BatchNorm2d", () => BatchNorm1d(3).Forward(Zeros([3])));
        Refused("BatchNorm1d: the scale [1, 2] came, [channels] is needed", () => BatchNorm1d(Zeros([1, 2]), Zeros([2]), Zeros([2]), Zeros([2])));
        Refused("BatchNorm1d: the runningMean [3] came, the scale [2] needs the same", () => BatchNorm1d(Zeros([2]), Zeros([2]), Zeros([3]), Zeros([2])));
        Refused("LayerNorm: the axes [] came, one or more of 1 or more numbers are needed", () => LayerNorm([]));
        Refused("LayerNorm: the axes [3, 0] came, one or more of 1 or more numbers are needed", () => LayerNorm([3, 0]));
        Refused("LayerNorm: the shift [3] came, the scale [2] needs the same", () => LayerNorm(Zeros([2]), Zeros([3])));
        Assert.Throws<ArgumentOutOfRangeException>(() => LayerNorm([2], epsilon: 0));
        Assert.Equal("BatchNorm1d: channels is 0, 1 or more is needed.", Assert.Throws<ArgumentOutOfRangeException>(() => BatchNorm1d(0)).Message);

        static void Refused(string message, Action act) => Assert.Equal(message, Assert.Throws<ShapeException>(act).Message);
    }
}
