using Backprop.Layers;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

public class ActivationTests
{
    public static LayerCase[] Cases =>
    [
        new("Tanh", _ => Tanh("squash"), [2, 3]),
        new("Sigmoid", _ => Sigmoid(), [2, 3]),
        new("Relu", _ => Relu(), [2, 3]),
        new("LeakyRelu", _ => LeakyRelu(), [2, 3]),
        new("LeakyRelu of slope 0.2", _ => LeakyRelu(0.2, "leaky"), [2, 3]),
        new("Softmax", _ => Softmax(), [2, 3]),
        new("Softmax over the last of three axes", _ => Softmax(), [2, 3, 4]),
    ];

    [Fact]
    public void Each_computes_what_it_is_called()
    {
        var x = Tensor([1, 2], -2, 3);
        Assert.Equal([0, 3], Relu().Forward(x).Values.ToArray());
        Assert.Equal([-0.02, 3], LeakyRelu().Forward(x).Values.ToArray());
        Assert.Equal([-1, 3], LeakyRelu(0.5).Forward(x).Values.ToArray());
        Near([-0.9640275800758169, 0.9950547536867305], Tanh());
        Near([0.11920292202211755, 0.9525741268224334], Sigmoid());
        Near([0.0066928509242848554, 0.9933071490757153], Softmax());

        void Near(double[] expected, Layer<double> layer)
        {
            var actual = layer.Forward(x).Values;
            for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-15);
        }
    }

    [Fact]
    public void The_slope_is_a_setting() => Assert.Equal([("slope", (object)0.2)], LeakyRelu(0.2).Settings);

    [Fact]
    public void A_slope_that_is_no_number_is_refused() => Assert.Equal(
        "LeakyRelu: the slope is NaN, a finite number is needed.",
        Assert.Throws<ArgumentOutOfRangeException>(() => LeakyRelu(double.NaN)).Message);
}
