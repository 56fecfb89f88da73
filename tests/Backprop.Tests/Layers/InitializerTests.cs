using Backprop.Layers;
using Backprop.Randomness;
using Backprop.Tensors;
using Backprop.Tests.Reference;
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
    public void Uniform_begins_as_a_published_NumPy_lesson_does()
    {
        // Andrew Trask, "A Neural Network in 11 lines of Python", the network for XOR: 2·random() − 1 after seed(1).
        var layer = Linear(3, 4, new NumPyRandom(1), Uniform(-1, 1), bias: false);
        Published.Same(
            """
            -0.165955990594852    0.4406489868843162 -0.9997712503653102 -0.39533485473632046
            -0.7064882183657739  -0.8153228104624044 -0.6274795772446582 -0.3088785459139045
            -0.20646505153866013  0.07763346800671389 -0.1616109711934104 0.370439000793519
            """,
            layer.Weight.Values);
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
    public void Normal_draws_once_per_element_in_row_major_order()
    {
        var random = new Random(7);
        Assert.Equal(Enumerable.Range(0, 6).Select(_ => 0.1 * random.NextGaussian()), Draw(Normal(0.1), [2, 3], 2, 3));
    }

    [Fact]
    public void Normal_variances_follow_from_the_sizes()
    {
        Has(GlorotNormal(), 2.0 / 500);
        Has(HeNormal(), 2.0 / 200);
        Has(LeCunNormal(), 1.0 / 200);
        Has(Normal(), 1);

        static void Has(Initializer<double> initializer, double variance) =>
            Assert.InRange(Draw(initializer, [200, 300], 200, 300).Average(value => value * value), 0.98 * variance, 1.02 * variance);
    }

    [Theory]
    [InlineData(-0.5, "Normal: the deviation is -0.5, a finite number of 0 or more is needed.")]
    [InlineData(double.NaN, "Normal: the deviation is NaN, a finite number of 0 or more is needed.")]
    public void A_deviation_that_is_none_is_refused(double deviation, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(() => Normal(deviation)).Message);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(40, 40)]
    [InlineData(3, 7)]
    [InlineData(7, 3)]
    public void Orthogonal_rows_or_columns_have_length_one_and_right_angles(int rows, int columns)
    {
        double[] q = Draw(Orthogonal(2), [rows, columns], rows, columns);
        bool byRows = rows <= columns;
        for (int i = 0; i < Math.Min(rows, columns); i++)
            for (int j = 0; j < Math.Min(rows, columns); j++)
            {
                double dot = Enumerable.Range(0, Math.Max(rows, columns)).Sum(k => At(i, k) * At(j, k));
                Assert.Equal(i == j ? 4 : 0, dot, 1e-14);
            }

        double At(int vector, int element) => byRows ? q[vector * columns + element] : q[element * columns + vector];
    }

    [Fact]
    public void Orthogonal_vectors_keep_the_side_of_what_was_drawn()
    {
        // R has a positive diagonal, so no vector is turned round: the first keeps its direction, the others their side.
        double[] q = Draw(Orthogonal(), [5, 5], 5, 5), drawn = Draw(Normal(), [5, 5], 5, 5);
        for (int row = 0; row < 5; row++) Assert.True(Enumerable.Range(5 * row, 5).Sum(i => q[i] * drawn[i]) > 0);
        double length = Math.Sqrt(drawn[..5].Sum(value => value * value));
        for (int i = 0; i < 5; i++) Assert.Equal(drawn[i] / length, q[i], 1e-15);
    }

    [Fact]
    public void Orthogonal_counts_further_axes_as_columns()
    {
        double[] q = Draw(Orthogonal(), [2, 1, 2, 2], 4, 8);
        Assert.Equal(0, Enumerable.Range(0, 4).Sum(i => q[i] * q[4 + i]), 1e-15);
    }

    [Fact]
    public void Orthogonal_needs_a_matrix() => Assert.Equal(
        "Orthogonal: [4] came, a matrix is needed", Assert.Throws<ShapeException>(() => Draw(Orthogonal(), [4], 4, 1)).Message);

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
