using System.Numerics.Tensors;
using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<float>;

namespace Backprop.Numerics.Tests;

public class TensorSpansTests
{
    [Fact]
    public void A_view_shows_the_numbers_where_they_lie()
    {
        var tensor = Tensor([2, 3], 1, 2, 3, 4, 5, 6);
        var view = tensor.AsTensorSpan();
        Assert.Equal([2, 3], view.Lengths.ToArray());
        Assert.Equal(6, view[1, 2]);
        tensor.Set(5, 7);
        Assert.Equal(7, view[1, 2]);
        Assert.Equal(22, System.Numerics.Tensors.Tensor.Sum(view));
    }

    [Fact]
    public void A_scalar_becomes_one_element_along_one_axis()
    {
        var view = Tensor([], 4).AsTensorSpan();
        Assert.Equal([1], view.Lengths.ToArray());
        Assert.Equal(4, view[0]);
    }

    [Fact]
    public void An_empty_tensor_keeps_its_axes()
    {
        var view = Zeros([0, 3]).AsTensorSpan();
        Assert.Equal([0, 3], view.Lengths.ToArray());
        Assert.Equal(new Shape(0, 3), view.ToBackprop().Shape);
    }

    [Fact]
    public void Numbers_come_back_as_they_went()
    {
        var tensor = Tensor([2, 3], 1, -2, float.NaN, 4, float.PositiveInfinity, -0f);
        var back = tensor.AsTensorSpan().ToBackprop();
        Assert.Equal(tensor.Shape, back.Shape);
        Assert.Equal(tensor.Values.ToArray().Select(BitConverter.SingleToInt32Bits), back.Values.ToArray().Select(BitConverter.SingleToInt32Bits));
        Span<float> numbers = [1, 2, 3, 4, 5, 6];
        Assert.Equal([1, 2, 3, 4, 5, 6], new TensorSpan<float>(numbers, [3, 2]).ToBackprop().Values.ToArray());
    }

    [Fact]
    public void A_view_with_strides_is_read_in_the_order_of_its_axes()
    {
        ReadOnlySpan<double> numbers = [1, 2, 3, 4, 5, 6];
        var turned = new ReadOnlyTensorSpan<double>(numbers, [3, 2], [1, 3]);
        var tensor = turned.ToBackprop();
        Assert.Equal(new Shape(3, 2), tensor.Shape);
        Assert.Equal([1, 4, 2, 5, 3, 6], tensor.Values.ToArray());
    }

    [Fact]
    public void Classes_become_indices()
    {
        ReadOnlySpan<int> classes = [2, 0, 1, 1];
        var indices = new ReadOnlyTensorSpan<int>(classes, [2, 2]).ToIndices();
        Assert.Equal(new Shape(2, 2), indices.Shape);
        Assert.Equal([2, 0, 1, 1], indices.Values.ToArray());
    }

    [Fact]
    public void A_gradient_is_seen_as_well()
    {
        var w = new Parameter<float>([2], [3, 4], "w");
        using var tape = Record(ParameterList.Create<float>([w]));
        tape.Backward((w * w).Sum());
        Assert.Equal(6, w.GradientAsTensorSpan()[0]);
        Assert.Equal(8, w.GradientAsTensorSpan()[1]);
    }

    [Fact]
    public void Weights_of_another_program_are_set()
    {
        var w = new Parameter<float>([2, 2], [0, 0, 0, 0], "w");
        ReadOnlySpan<float> numbers = [1, 2, 3, 4];
        w.Set(new ReadOnlyTensorSpan<float>(numbers, [2, 2], [1, 2]));
        Assert.Equal([1, 3, 2, 4], w.Values.ToArray());
        var error = Assert.Throws<ShapeException>(() => w.Set(new ReadOnlyTensorSpan<float>(new float[3], [3])));
        Assert.Contains("values of [3] came, the parameter 'w' is [2, 2]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_view_of_a_value_that_went_with_its_tape_is_refused()
    {
        var w = new Parameter<float>([2], [3, 4], "w");
        Tensors.Tensor<float> twice;
        using (Record(ParameterList.Create<float>([w]))) twice = w + w;
        Assert.Throws<ObjectDisposedException>(() => twice.AsTensorSpan());
    }
}
