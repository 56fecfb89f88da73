using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class LinearTests
{
    public static OperationCase[] Cases =>
    [
        new("Linear [3,4]·[4,2] + [2]", x => x[0].Linear(x[1], x[2]), x => x[0].Linear(x[1], x[2]), [3, 4], [4, 2], [2]),
        new("Linear without bias", x => x[0].Linear(x[1]), x => x[0].Linear(x[1]), [3, 4], [4, 2]),
        new("Linear of every time step", x => x[0].Linear(x[1], x[2]), x => x[0].Linear(x[1], x[2]), [2, 3, 4], [4, 2], [2]),
        new("Linear of one number", x => x[0].Linear(x[1], x[2]), x => x[0].Linear(x[1], x[2]), [1, 1], [1, 1], [1]),
        new("Linear of one column", x => x[0].Linear(x[1], x[2]), x => x[0].Linear(x[1], x[2]), [3, 1], [1, 5], [5]),
        new("Linear of an empty batch", x => x[0].Linear(x[1], x[2]), x => x[0].Linear(x[1], x[2]), [0, 4], [4, 2], [2]),
        new("Linear of a matrix with itself", x => x[0].Linear(x[0], x[1]), x => x[0].Linear(x[0], x[1]), [3, 3], [3]),
    ];

    [Fact]
    public void Each_output_is_a_weighted_sum_plus_its_bias()
    {
        var z = Tensor([2, 2], 1, 2, 3, 4).Linear(Tensor([2, 3], 1, 0, 2, 0, 1, 1), Tensor([3], 10, 20, 30));
        Assert.Equal([11, 22, 34, 13, 24, 40], z.Values.ToArray());
        Assert.Equal([2, 3], z.Shape);
    }

    [Fact]
    public void Bias_gradient_is_the_sum_over_the_batch()
    {
        var (x, w, b) = (Tensor([2, 1], 1, 2), Parameter([1, 2], 3, 4), Parameter([2], 5, 6));
        using var tape = Record([w, b], x);
        var z = x.Linear(w, b);
        tape.Backward(z, Tensor([2, 2], 1, 2, 30, 40));
        Assert.Equal([31, 42], b.Gradient.ToArray());
        Assert.Equal([61, 82], w.Gradient.ToArray());
    }

    [Fact]
    public void An_empty_batch_gives_zero_gradients()
    {
        var (x, w, b) = (Zeros([0, 2]), Parameter([2, 2], 1, 2, 3, 4), Parameter([2], 5, 6));
        using var tape = Record([w, b], x);
        var z = x.Linear(w, b);
        Assert.Equal([0, 2], z.Shape);
        tape.Backward(z, Zeros([0, 2]));
        Assert.Equal(new double[4], w.Gradient.ToArray());
        Assert.Equal(new double[2], b.Gradient.ToArray());
    }

    [Theory]
    [InlineData(5)]
    [InlineData(1)]
    public void The_bits_are_those_of_product_and_sum(int outputs)
    {
        var random = new Random(5);
        var (x, w, b, dz) = (Drawn([7, 33]), Drawn([33, outputs]), Drawn([outputs]), Drawn([7, outputs]));
        Assert.Equal(Bits(() => x.MatMul(w).Add(b)), Bits(() => x.Linear(w, b)));

        Parameter<double> Drawn(Shape shape) => Parameter(shape, [.. Enumerable.Range(0, shape.Elements).Select(_ => random.NextDouble() - 0.5)]);

        long[] Bits(Func<Tensor<double>> sums)
        {
            using var tape = Record([x, w, b]);
            var z = sums();
            tape.Backward(z, dz);
            return [.. new[] { z.Values.ToArray(), x.Gradient.ToArray(), w.Gradient.ToArray(), b.Gradient.ToArray() }
                .SelectMany(numbers => numbers).Select(BitConverter.DoubleToInt64Bits)];
        }
    }

    public static TheoryData<Shape, Shape, Shape?, string> Misfits => new()
    {
        { [64, 256], [400, 120], null, "Linear: x [64, 256] · W [400, 120] needs 400 columns in x" },
        { [64, 16, 5, 5], [400, 120], null, "Linear: x [64, 16, 5, 5] · W [400, 120] needs 400 columns in x; Flatten gives 400" },
        { [64, 120], [400, 120], null, "Linear: x [64, 120] · W [400, 120] needs 400 columns in x; W is [inputs, outputs], is it transposed?" },
        { [4], [4, 2], null, "Linear: x [4] needs a batch axis in front; a single sample is [1, 4]" },
        { [3, 4], [4], null, "Linear: W [4] needs two axes, [inputs, outputs]" },
        { [3, 4], [4, 2], [4], "Linear: b [4] needs one number per column of W [4, 2]: [2]" },
        { [3, 4], [4, 2], [1, 2], "Linear: b [1, 2] needs one number per column of W [4, 2]: [2]" },
    };

    [Theory, MemberData(nameof(Misfits))]
    public void Shapes_that_do_not_fit_are_refused(Shape x, Shape weight, Shape? bias, string message)
    {
        var error = Assert.Throws<ShapeException>(() => Zeros(x).Linear(Zeros(weight), bias is null ? null : Zeros(bias)));
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Multiply_adds_are_counted()
    {
        var w = Parameter([4, 2], 1, 2, 3, 4, 5, 6, 7, 8);
        using var tape = Record([w]);
        Zeros([2, 3, 4]).Linear(w);
        Assert.Equal(48, tape.Steps[0].MultiplyAdds);
    }
}
