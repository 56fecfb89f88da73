using Backprop.Layers;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

public class InitializerTests
{
    [Theory]
    [InlineData(0.1, 0.3)]
    [InlineData(-1, 1)]
    public void Uniform_draws_once_per_element_in_row_major_order(double low, double high)
    {
        var drawn = Draw(Uniform(low, high), [2, 3], 2, 3);
        var random = new Random(7);
        Assert.Equal(Enumerable.Range(0, 6).Select(_ => low + (high - low) * random.NextDouble()), drawn);
    }

    [Fact]
    public void Uniform_bounds_follow_from_the_sizes()
    {
        Reaches(GlorotUniform(), Math.Sqrt(6.0 / 500));
        Reaches(HeUniform(), Math.Sqrt(6.0 / 200));
        Reaches(LeCunUniform(), Math.Sqrt(3.0 / 200));

        static void Reaches(Initializer<double> initializer, double bound)
        {
            var drawn = Draw(initializer, [200, 300], 200, 300);
            Assert.InRange(drawn.Max(), 0.999 * bound, bound);
            Assert.InRange(drawn.Min(), -bound, -0.999 * bound);
            Assert.InRange(drawn.Average(), -0.02 * bound, 0.02 * bound);
        }
    }

    [Theory]
    [InlineData(1, 0, "Uniform: 1 … 0 came, two finite bounds are needed, the lower first.")]
    [InlineData(0, double.NaN, "Uniform: 0 … NaN came, two finite bounds are needed, the lower first.")]
    [InlineData(double.NegativeInfinity, 0.5, "Uniform: -Infinity … 0.5 came, two finite bounds are needed, the lower first.")]
    public void Bounds_that_are_none_are_refused(double low, double high, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => Uniform(low, high)).Message);

    [Fact]
    public void Constant_draws_nothing() => Assert.Equal([3, 3, 3, 3], Draw(Constant(3), [2, 2], 2, 2));

    [Fact]
    public void Identity_has_ones_where_row_and_column_are_equal()
    {
        Assert.Equal([1, 0, 0, 0, 1, 0], Draw(Identity(), [2, 3], 2, 3));
        Assert.Equal([0.5, 0, 0, 0.5], Draw(Identity(0.5), [2, 2], 2, 2));
    }

    [Fact]
    public void Identity_needs_a_matrix() => Assert.Equal(
        "Identity: [2, 1, 3, 3] came, a matrix is needed",
        Assert.Throws<ShapeException>(() => Draw(Identity(), [2, 1, 3, 3], 9, 18)).Message);

    [Fact]
    public void Float_and_double_begin_alike()
    {
        var random = new Random(7);
        var single = Nn<float>.GlorotUniform().Parameter("weight", [3, 4], 3, 4, random);
        Assert.Equal(Draw(GlorotUniform(), [3, 4], 3, 4).Select(value => (float)value), single.Values.ToArray());
    }

    private static double[] Draw(Initializer<double> initializer, Shape shape, int inputs, int outputs) =>
        initializer.Parameter("weight", shape, inputs, outputs, new Random(7)).Values.ToArray();
}
