using Backprop.Tensors;

namespace Backprop.Tests.Tensors;

public class ShapeTests
{
    [Fact]
    public void A_shape_is_written_as_in_programs() => Assert.Equal("[64, 1, 28, 28]", new Shape(64, 1, 28, 28).ToString());

    [Fact]
    public void The_length_is_the_product_of_the_sizes()
    {
        Assert.Equal(24, new Shape(2, 3, 4).Elements);
        Assert.Equal(1, Shape.Scalar.Elements);
        Assert.Equal(0, new Shape(2, 0, 4).Elements);
    }

    [Fact]
    public void Equal_sizes_make_equal_shapes()
    {
        Assert.True(new Shape(2, 3) == new Shape(2, 3));
        Assert.True(new Shape(2, 3) != new Shape(3, 2));
        Assert.True(new Shape(2, 3) != new Shape(2, 3, 1));
        Assert.Equal(new Shape(2, 3).GetHashCode(), new Shape(2, 3).GetHashCode());
    }

    [Theory]
    [InlineData(65536, 65536)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void More_elements_than_an_array_holds_are_refused(int rows, int columns)
    {
        var error = Assert.Throws<ShapeException>(() => new Shape(rows, columns, columns, columns));
        Assert.Contains("more than the 2147483591 elements", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_axis_beside_an_empty_one_is_empty() => Assert.Equal(0, new Shape(0, int.MaxValue, int.MaxValue).Elements);

    [Fact]
    public void A_product_of_axes_that_no_number_holds_is_refused()
    {
        Shape shape = [0, 65536, 65536];
        Assert.Equal(65536, shape.Product(1, 2));
        Assert.Equal(0, shape.Product(0, 3));
        Assert.Equal(
            "Shape: the axes 1 … 2 of [0, 65536, 65536] are together more than the 2147483591 elements that a tensor can hold",
            Assert.Throws<ShapeException>(() => shape.Product(1, 3)).Message);
    }

    [Fact]
    public void A_negative_size_is_refused() => Assert.Throws<ShapeException>(() => new Shape(2, -1));

    [Fact]
    public void A_position_names_every_axis()
    {
        Assert.Equal("[1,0,3]", new Shape(2, 3, 4).Position(15));
        Assert.Equal("", Shape.Scalar.Position(0));
    }

    [Fact]
    public void Axes_can_be_replaced_and_taken_away()
    {
        Shape shape = [2, 3, 4];
        Assert.Equal([2, 9, 4], shape.With(1, 9));
        Assert.Equal([2, 4], shape.Without(1));
        Assert.True(shape.EndsWith([3, 4]));
        Assert.False(shape.EndsWith([2, 3]));
    }

    [Fact]
    public void Axes_can_be_spread_into_another_shape()
    {
        Shape inner = [2, 3];
        Shape outer = [5, .. inner];
        Assert.Equal(new Shape(5, 2, 3), outer);
    }

    [Fact]
    public void Axes_can_be_counted_from_the_end()
    {
        Shape shape = [2, 3, 4];
        Assert.Equal(4, shape[^1]);
        Assert.Equal(2, shape[^3]);
    }
}
