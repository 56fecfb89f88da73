using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

public class ResidualTests
{
    public static LayerCase[] Cases =>
    [
        new("Residual of rows", random => Residual(Sequential(Linear(3, 4, random), Tanh(), Linear(4, 3, random))), [2, 3]),
        new("Residual with a shortcut",
            random => Residual(Sequential(Conv2d(2, 3, 3, random, 2, 1, bias: false), BatchNorm2d(3)), Conv2d(2, 3, 1, random, 2, bias: false), "block"), [2, 2, 4, 5]),
        new("Residual within a residual", random => Residual(Residual(Linear(2, 2, random, name: "inner"))), [3, 2]),
    ];

    [Fact]
    public void The_way_around_is_added()
    {
        Assert.Equal([12, 24], Residual(Linear(Tensor([2, 2], 11, 0, 0, 11))).Forward(Tensor([1, 2], 1, 2)).Values.ToArray());
        Assert.Equal([5, 10], Residual(Linear(Tensor([2, 2], 2, 0, 0, 2)), Linear(Tensor([2, 2], 3, 0, 0, 3))).Forward(Tensor([1, 2], 1, 2)).Values.ToArray());
    }

    [Fact]
    public void The_gradient_passes_as_it_is_beside_a_body_of_zeros()
    {
        var x = Parameter([1, 2], 3, 4);
        var layer = Residual(Linear(Zeros([2, 2])));
        using var tape = Record([x, .. layer.Parameters]);
        tape.Backward(layer.Forward(x), Tensor([1, 2], 5, 6));
        Assert.Equal([5, 6], x.Gradient.ToArray());
    }

    [Fact]
    public void Parameters_and_rows_are_called_by_their_place()
    {
        var random = new Random(1);
        var model = Sequential(Residual(Sequential(Conv2d(2, 4, 3, random, padding: 1), Relu()), Conv2d(2, 4, 1, random)), GlobalAveragePool2d());
        Assert.Equal(
            ["residual1.body.conv2d1.weight", "residual1.body.conv2d1.bias", "residual1.shortcut.weight", "residual1.shortcut.bias"], model.Parameters.Names);
        var table = model.Describe([2, 2, 5, 5]);
        Assert.Equal(
            ["residual1.body.conv2d1", "residual1.body.relu1", "residual1.shortcut", "residual1", "global_average_pool2d1"], table.Rows.Select(row => row.Name));
        Assert.Equal(2L * 4 * 25 * 2 * 9 + 2 * 4 * 25 * 2, table.MultiplyAdds);
        Assert.Equal([2, 4, 5, 5], table.Rows[3].Output);
    }

    [Fact]
    public void Different_shapes_are_refused()
    {
        var random = new Random(1);
        Refused("Residual: the body makes [1, 1] of x [1, 2], and the way around it [1, 2]; both need one shape. Give a shortcut, such as a 1×1 convolution of the same stride",
            () => Residual(Linear(2, 1, random)).Forward(Zeros([1, 2])));
        Refused("Residual: the body makes [1, 1] of x [1, 2], and the way around it [1, 3]; both need one shape. Give the shortcut the stride and filters of the body",
            () => Residual(Linear(2, 1, random), Linear(2, 3, random)).Forward(Zeros([1, 2])));
        Refused("body: Linear: x [1, 3] · W [2, 1] needs 2 columns in x", () => Residual(Linear(2, 1, random)).Forward(Zeros([1, 3])));
        Refused("shortcut: Linear: x [1, 2] · W [4, 3] needs 4 columns in x", () => Residual(Linear(2, 2, random), Linear(4, 3, random)).Forward(Zeros([1, 2])));

        static void Refused(string message, Action act) => Assert.Equal(message, Assert.Throws<ShapeException>(act).Message);
    }
}
