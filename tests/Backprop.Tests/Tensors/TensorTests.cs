using Backprop.Tensors;
using static Backprop.Nn<float>;

namespace Backprop.Tests.Tensors;

public class TensorTests
{
    [Fact]
    public void Values_are_copied_in()
    {
        float[] values = [1, 2];
        var tensor = Tensor([2], values);
        values[0] = 9;
        Assert.Equal([1, 2], tensor.Values.ToArray());
    }

    [Fact]
    public void An_element_is_found_by_its_position()
    {
        var tensor = Tensor([2, 3], 1, 2, 3, 4, 5, 6);
        Assert.Equal(6, tensor[1, 2]);
        Assert.Throws<ShapeException>(() => tensor[1]);
        Assert.Throws<ShapeException>(() => tensor[2, 0]);
    }

    [Fact]
    public void The_value_of_a_tensor_with_one_element_is_a_number()
    {
        Assert.Equal(3, Tensor([1, 1], 3).Value);
        Assert.Throws<ShapeException>(() => Tensor([2], 3, 4).Value);
    }

    [Fact]
    public void A_wrong_number_of_values_is_refused()
    {
        Assert.Equal("Tensor: 3 values came, [2, 2] needs 4", Assert.Throws<ShapeException>(() => Tensor([2, 2], 1, 2, 3)).Message);
        Assert.Throws<ShapeException>(() => Parameter([2], 1));
        Assert.Throws<ShapeException>(() => Indices([2], 1));
        Assert.Throws<ShapeException>(() => Tensor([2], 1, 2).Set([1]));
    }

    [Fact]
    public void Every_write_raises_the_version_of_a_parameter()
    {
        var parameter = Parameter([2], 1, 2);
        parameter.Set(0, 5);
        parameter.Set([1, 2]);
        Assert.Equal(2, parameter.Version);
    }

    [Fact]
    public void Parameters_are_listed_once_and_by_their_paths()
    {
        var a = Parameter([2], 1, 2);
        var b = Parameter([1], 1);
        var list = new ParameterList<float>([("first.weight", a), ("first.bias", b), ("second.weight", a)]);
        Assert.Equal(["first.weight", "first.bias"], list.Names);
        Assert.Equal(3, list.Elements);
        Assert.Same(b, list["first.bias"]);
        Assert.Contains("first.weight", Assert.Throws<KeyNotFoundException>(() => list["x"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_out_of_range_is_named_with_its_position()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Indices([2, 2], 0, 1, 7, 1).Check("Gather", 5));
        Assert.Equal("Gather: index 7 at [1,0] is outside 0 … 4", error.Message);
    }

    [Fact]
    public void A_tensor_shows_its_shape_and_first_values() =>
        Assert.Equal("Tensor [9]: 1.5 0 0 0 0 0 0 0 …", Tensor([9], 1.5f, 0, 0, 0, 0, 0, 0, 0, 0).ToString());
}
