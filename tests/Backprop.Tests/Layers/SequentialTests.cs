using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

public class SequentialTests
{
    public static LayerCase[] Cases =>
    [
        new("Sequential of three", random => Sequential(Flatten(), Linear(6, 4, random), Linear(4, 2, random)), [3, 2, 3]),
        new("Sequential within one", random => Sequential(Sequential(Linear(2, 3, random)), Linear(3, 1, random, name: "out")), [3, 2]),
    ];

    [Fact]
    public void Layers_are_called_by_name_or_by_type_and_ordinal()
    {
        var random = new Random(1);
        var model = Sequential(Linear(2, 2, random), Linear(2, 2, random, name: "hidden"), Linear(2, 1, random));
        Assert.Equal(["linear1", "hidden", "linear3"], model.LayerNames);
        Assert.Equal(
            ["linear1.weight", "linear1.bias", "hidden.weight", "hidden.bias", "linear3.weight", "linear3.bias"], model.Parameters.Names);
    }

    [Fact]
    public void Two_layers_of_one_name_are_refused()
    {
        var random = new Random(1);
        Assert.Throws<ArgumentException>(() => Sequential(Linear(1, 1, random, name: "a"), Linear(1, 1, random, name: "a")));
    }

    [Fact]
    public void No_layer_is_refused() => Assert.Throws<ArgumentException>(() => Sequential());

    [Fact]
    public void A_shape_error_names_the_layer()
    {
        var random = new Random(1);
        var model = Sequential(Flatten(), Linear(6, 4, random), Sequential(Linear(5, 2, random, name: "out")));
        const string Message = "sequential1: out: Linear: x [1, 4] · W [5, 2] needs 5 columns in x";
        Assert.Equal(Message, Assert.Throws<ShapeException>(() => model.Forward(Zeros([1, 2, 3]))).Message);
        var error = Assert.Throws<ShapeException>(() => model.Describe([1, 2, 3]));
        Assert.Equal(Message, error.Message);
        Assert.Equal([[1, 4], [5, 2]], error.Shapes);
    }
}
