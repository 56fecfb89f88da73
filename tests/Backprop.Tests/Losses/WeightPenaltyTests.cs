using Backprop.Tests.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Losses;

public class WeightPenaltyTests
{
    public static OperationCase[] Cases =>
    [
        new("WeightPenalty of two matrices", x => WeightPenalty(0.3, x[0], x[1]), x => Nn<float>.WeightPenalty(0.3, x[0], x[1]), [3, 4], [2, 1]),
        new("WeightPenalty of one number", x => WeightPenalty(0.3, x[0]), x => Nn<float>.WeightPenalty(0.3, x[0]), [1, 1]),
    ];

    [Fact]
    public void It_is_half_of_lambda_times_the_sum_of_squares()
    {
        var (first, second) = (Parameter([2], 1, -2), Parameter([1, 1], 3));
        using var tape = Record([first, second]);
        var penalty = WeightPenalty(0.1, first, second);
        tape.Backward(penalty);
        Assert.Equal(0.7, penalty.Value, 1e-15);
        Assert.Equal([0.1, -0.2], first.Gradient.ToArray());
        Assert.Equal(0.3, second.Gradient[0], 1e-15);
        Assert.Equal("½·0.1·(Σ {0}² + Σ {1}²)", tape.Steps[0].Formula);
        Assert.Equal("½·0.1·(1² + (-2)² + 3²)", tape.Steps[0].WithNumbers(0, v => v < 0 ? FormattableString.Invariant($"({v})") : FormattableString.Invariant($"{v}")));
    }

    [Fact]
    public void A_negative_factor_and_no_weights_are_refused()
    {
        Assert.Equal(
            "WeightPenalty: λ -1 came; it is 0 (none) or a finite number above it, usually 0.001. (Parameter 'lambda')",
            Assert.Throws<ArgumentOutOfRangeException>(() => WeightPenalty(-1, Parameter([1], 1))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightPenalty(double.NaN, Parameter([1], 1)));
        Assert.StartsWith("WeightPenalty: no weight came, at least one is needed.", Assert.Throws<ArgumentException>(() => WeightPenalty(1)).Message, StringComparison.Ordinal);
    }
}
