using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

public class LinearTests
{
    public static LayerCase[] Cases =>
    [
        new("Linear 4 to 3", random => Linear(4, 3, random, name: "hidden"), [2, 4]),
        new("Linear without bias", random => Linear(4, 3, random, bias: false), [2, 4]),
        new("Linear at every time step", random => Linear(4, 3, random), [2, 5, 4]),
        new("Linear 1 to 1", random => Linear(1, 1, random), [1, 1]),
    ];

    [Fact]
    public void Weights_are_Glorot_uniform_and_biases_zero()
    {
        var layer = Linear(3, 5, new Random(7));
        Assert.Equal(GlorotUniform().Parameter("", [3, 5], 3, 5, new Random(7)).Values.ToArray(), layer.Weight.Values.ToArray());
        Assert.Equal(new double[5], layer.Bias!.Values.ToArray());
        Assert.Equal(["weight", "bias"], layer.Parameters.Names);
        Assert.Equal([("units", (object)5)], layer.Settings);
    }

    [Fact]
    public void Given_numbers_are_taken()
    {
        var layer = Linear(Tensor([2, 1], 3, 4), Tensor([1], 5));
        Assert.Equal([3 * 10 + 4 * 20 + 5], layer.Forward(Tensor([1, 2], 10, 20)).Values.ToArray());
        Assert.Equal([("units", (object)1), ("bias", false)], Linear(Tensor([2, 1], 3, 4)).Settings);
    }

    [Fact]
    public void A_given_tensor_is_copied_and_a_given_parameter_shared()
    {
        var tensor = Tensor([1, 1], 3);
        var first = Linear(tensor);
        tensor.Set(0, 9);
        Assert.Equal(3, first.Weight[0, 0]);
        var model = Sequential(first, Linear(first.Weight));
        Assert.Same(first.Weight, Assert.Single(model.Parameters));
    }

    [Theory]
    [InlineData(0, 1, "Linear: inputs is 0, 1 or more is needed.")]
    [InlineData(1, -1, "Linear: outputs is -1, 1 or more is needed.")]
    public void Sizes_below_one_are_refused(int inputs, int outputs, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(() => Linear(inputs, outputs, new Random(1))).Message);

    [Fact]
    public void Given_shapes_that_do_not_fit_are_refused()
    {
        Assert.Equal("Linear: the weight [3] came, [inputs, outputs] is needed",
            Assert.Throws<ShapeException>(() => Linear(Tensor([3], 1, 2, 3))).Message);
        Assert.Equal("Linear: the bias [1, 2] came, the weight [1, 2] needs [2]",
            Assert.Throws<ShapeException>(() => Linear(Tensor([1, 2], 1, 2), Tensor([1, 2], 1, 2))).Message);
    }

    [Fact]
    public void A_name_with_a_dot_is_refused() => Assert.Throws<ArgumentException>(() => Linear(1, 1, new Random(1), name: "a.b"));
}
