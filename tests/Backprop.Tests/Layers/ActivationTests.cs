using Backprop.Layers;
using Backprop.Tensors;
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
        new("PRelu", _ => PRelu(), [2, 3]),
        new("PRelu for each channel", _ => PRelu(3, 0.1, "learnt"), [2, 3, 4]),
        new("Elu", _ => Elu(), [2, 3]),
        new("Elu of alpha 0.5", _ => Elu(0.5, "exponential"), [2, 3]),
        new("Selu", _ => Selu(), [2, 3]),
        new("Gelu", _ => Gelu(), [2, 3]),
        new("Gelu, approximated", _ => Gelu(approximate: true, "near"), [2, 3]),
        new("Silu", _ => Silu(), [2, 3]),
        new("Softplus", _ => Softplus(), [2, 3]),
        new("Softsign", _ => Softsign(), [2, 3]),
        new("HardSigmoid", _ => HardSigmoid(), [2, 3]),
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
        Assert.Equal([-0.5, 3], PRelu().Forward(x).Values.ToArray());
        Assert.Equal([-0.2, 3], PRelu(2, 0.1).Forward(x).Values.ToArray());
        Assert.Equal([-2.0 / 3, 0.75], Softsign().Forward(x).Values.ToArray());
        Assert.Equal([1.0 / 6, 1], HardSigmoid().Forward(x).Values.ToArray());
        Near([-0.8646647167633873, 3], Elu());
        Near([-1.5201664685956948, 3.1521029620664415], Selu());
        Near([-0.04550026389635842, 2.9959503059051098], Gelu());
        Near([-0.04540230591222494, 2.996362607918227], Gelu(approximate: true));
        Near([-0.2384058440442351, 2.8577223804673], Silu());
        Near([0.1269280110429726, 3.048587351573742], Softplus());
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
    public void Given_slopes_are_learnt_and_may_be_shared()
    {
        var slope = Parameter([3], 0.1, 0.2, 0.3);
        Assert.Same(slope, PRelu(slope).Parameters["slope"]);
        Assert.Equal("PRelu: the slope [3, 1] came, one number [] or one for each channel [C] is needed", Assert.Throws<ShapeException>(() => PRelu(Zeros([3, 1]))).Message);
        Assert.Equal("PRelu: channels is 0, 1 or more is needed.", Assert.Throws<ArgumentOutOfRangeException>(() => PRelu(0)).Message);
    }

    [Fact]
    public void A_slope_that_is_no_number_is_refused() => Assert.Equal(
        "LeakyRelu: the slope is NaN, a finite number is needed.",
        Assert.Throws<ArgumentOutOfRangeException>(() => LeakyRelu(double.NaN)).Message);

    [Fact]
    public void Other_settings_that_are_no_numbers_are_refused()
    {
        Assert.Equal("Elu: alpha is NaN, a finite number is needed.", Assert.Throws<ArgumentOutOfRangeException>(() => Elu(double.NaN)).Message);
        Assert.Equal("PRelu: the slope is Infinity, a finite number is needed.", Assert.Throws<ArgumentOutOfRangeException>(() => PRelu(slope: double.PositiveInfinity)).Message);
    }
}
