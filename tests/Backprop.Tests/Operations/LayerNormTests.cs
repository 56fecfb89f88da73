using System.Globalization;
using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class LayerNormTests
{
    public static OperationCase[] Cases =>
    [
        new("LayerNorm of rows", x => x[0].LayerNorm(x[1], x[2]), x => x[0].LayerNorm(x[1], x[2]), [3, 5], [5], [5]),
        new("LayerNorm of sequences", x => x[0].LayerNorm(x[1], x[2], 1e-3), x => x[0].LayerNorm(x[1], x[2], 1e-3), [2, 3, 4], [4], [4]),
        new("LayerNorm of whole pictures", x => x[0].LayerNorm(x[1], x[2]), x => x[0].LayerNorm(x[1], x[2]), [2, 2, 3, 3], [2, 3, 3], [2, 3, 3]),
        new("LayerNorm of everything", x => x[0].LayerNorm(x[1], x[2]), x => x[0].LayerNorm(x[1], x[2]), [2, 3], [2, 3], [2, 3]),
        new("LayerNorm of single numbers", x => x[0].LayerNorm(x[1], x[2], 0.5), x => x[0].LayerNorm(x[1], x[2], 0.5), [3, 1], [1], [1]),
        new("LayerNorm of an empty batch", x => x[0].LayerNorm(x[1], x[2]), x => x[0].LayerNorm(x[1], x[2]), [0, 4], [4], [4]),
    ];

    [Fact]
    public void A_row_is_worked_out_by_hand()
    {
        // μ = 4, σ² = ((−3)² + 1² + 2²)/3 = 14/3, and with ε = 1/3 the deviation is √5.
        var x = Parameter([1, 3], 1, 5, 6);
        using var tape = Record([x]);
        var y = x.LayerNorm(Tensor([3], 2, 1, 1), Tensor([3], 0, 0, 10), 1.0 / 3);
        double deviation = Math.Sqrt(5);
        Assert.Equal(-6 / deviation, y[0, 0], 1e-14);
        Assert.Equal(1 / deviation, y[0, 1], 1e-14);
        Assert.Equal(10 + 2 / deviation, y[0, 2], 1e-14);
        Assert.Equal(4, tape.Steps[0].Kept.Single(kept => kept.Name == "mean").Values!.Values[0]);
        Assert.Equal("2 · (1 − 4)/√(4.66667 + 0.333333) + 0", tape.Steps[0].WithNumbers(0, number => number.ToString("G6", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Every_sample_stands_for_itself()
    {
        double[] numbers = [.. Enumerable.Range(0, 12).Select(i => Math.Sin(i))];
        var (scale, shift) = (Tensor([4], [.. numbers.Take(4)]), Tensor([4], [.. numbers.Skip(4).Take(4)]));
        double[] all = Tensor([3, 4], numbers).LayerNorm(scale, shift).Values.ToArray();
        Assert.Equal(all[4..8], Tensor([1, 4], [.. numbers.Skip(4).Take(4)]).LayerNorm(scale, shift).Values.ToArray());
    }

    [Fact]
    public void Equal_numbers_give_the_shift() =>
        Assert.Equal([3, 4], Filled([1, 2], 0.25).LayerNorm(Filled([2], 2), Tensor([2], 3, 4)).Values.ToArray());

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Refused("LayerNorm: x [2, 3] ends with other axes than γ [2], which says what is normalised together", () => Zeros([2, 3]).LayerNorm(Zeros([2]), Zeros([2])));
        Refused("LayerNorm: x [3] ends with other axes than γ [2, 3], which says what is normalised together", () => Zeros([3]).LayerNorm(Zeros([2, 3]), Zeros([2, 3])));
        Refused("LayerNorm: β [2] came, γ [3] needs the same", () => Zeros([2, 3]).LayerNorm(Zeros([3]), Zeros([2])));
        Refused("LayerNorm: γ [] came, it needs one number for each of those that are normalised together", () => Zeros([2, 3]).LayerNorm(Zeros([]), Zeros([])));
        Refused("LayerNorm: γ [0] came, it needs one number for each of those that are normalised together", () => Zeros([2, 0]).LayerNorm(Zeros([0]), Zeros([0])));

        static void Refused(string message, Action act) => Assert.Equal(message, Assert.Throws<ShapeException>(act).Message);
    }

    [Theory]
    [InlineData(0, "LayerNorm: epsilon is 0, a number above 0 is needed; 1e-5 is usual.")]
    [InlineData(double.NaN, "LayerNorm: epsilon is NaN, a number above 0 is needed; 1e-5 is usual.")]
    public void An_epsilon_outside_its_range_is_refused(double epsilon, string message) => Assert.Equal(
        message, Assert.Throws<ArgumentOutOfRangeException>(() => Zeros([2, 1]).LayerNorm(Zeros([1]), Zeros([1]), epsilon)).Message);
}
