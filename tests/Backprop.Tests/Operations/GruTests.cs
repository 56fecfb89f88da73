using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class GruTests
{
    // Truncated ones are no cases: their gradients differ from finite differences by design. They are held to their unfolding below.
    public static OperationCase[] Cases =>
    [
        Case("to the last state", [3, 4, 2], 5),
        Case("to the last state without biases", [3, 4, 2], 5, biases: 0),
        Case("to the last state with one bias", [3, 4, 2], 5, biases: 1),
        Case("to all states", [2, 3, 2], 4, all: true),
        Case("to all states and the last", [2, 3, 2], 4, all: true, state: true),
        Case("of one sequence", [1, 5, 3], 2),
        Case("of one step, one unit", [1, 1, 1], 1, all: true),
        Case("of an empty batch", [0, 3, 2], 4),
        Case("of different lengths", [3, 4, 2], 5, lengths: [2, 4, 1]),
        Case("of different lengths to all states and the last", [3, 4, 2], 5, all: true, state: true, lengths: [4, 1, 3]),
    ];

    private static OperationCase Case(
        string name, Shape x, int units, bool all = false, int biases = 2, bool state = false, int[]? lengths = null) => new(
        $"Gru {name}",
        t => Run(t, all, biases, null, lengths, state), t => Run(t, all, biases, null, lengths, state),
        Shapes(x, units)[..(4 + biases)])
        {
            Value = (input, index) => (input == 0 ? 1 : 0.6) * Math.Sin(1.7 * index + 0.9 * input + 0.3),
        };

    /// <summary>x, h_0, W_x, W_h, b′, b: the order of the operation's inputs.</summary>
    private static Shape[] Shapes(Shape x, int units) =>
        [x, [x[0], units], [x[2], 3 * units], [units, 3 * units], [3 * units], [3 * units]];

    private static Tensor<T> Run<T>(Tensor<T>[] t, bool all, int biases, int? truncate, int[]? lengths, bool state)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        t[0].Gru(t[1], t[2], t[3], biases > 0 ? t[^1] : null, biases > 1 ? t[4] : null, all, truncate, Padded.Lengths(lengths), state);

    [Fact]
    public void One_step_of_one_unit_is_worked_out_by_hand()
    {
        var (x, h) = (Parameter([1, 1, 1], 2), Parameter([1, 1], 0.5));
        var (wx, wh) = (Parameter([1, 3], 0.1, 0.2, 0.3), Parameter([1, 3], -0.5, 0.6, -0.7));
        var (b, recurrent) = (Parameter([3], 0.05, -0.1, 0.2), Parameter([3], 0.3, 0.1, -0.2));
        using var tape = Record([x, h, wx, wh, b, recurrent]);
        var y = x.Gru(h, wx, wh, b, recurrent);
        double r = Sigma(0.2 + 0.05 - 0.25 + 0.3), z = Sigma(0.4 - 0.1 + 0.3 + 0.1), q = -0.35 - 0.2, n = Math.Tanh(0.6 + 0.2 + r * q);
        Assert.Equal((1 - z) * n + z * 0.5, y.Value, 1e-15);

        tape.Backward(y, Filled([1, 1], 3));
        double δn = 3 * (1 - z) * (1 - n * n);
        double[] δ = [δn * q * r * (1 - r), 3 * (0.5 - n) * z * (1 - z), δn], recurrentδ = [δ[0], δ[1], δn * r];
        Near(δ, b.Gradient);
        Near(recurrentδ, recurrent.Gradient);
        Near([.. δ.Select(v => 2 * v)], wx.Gradient);
        Near([.. recurrentδ.Select(v => 0.5 * v)], wh.Gradient);
        Near([0.1 * δ[0] + 0.2 * δ[1] + 0.3 * δ[2]], x.Gradient);
        Near([3 * z - 0.5 * recurrentδ[0] + 0.6 * recurrentδ[1] - 0.7 * recurrentδ[2]], h.Gradient);
        var kept = tape.Steps[0].Kept.ToDictionary(entry => entry.Name, entry => entry.Values!);
        Near([r, z, n], kept["gates"].Values);
        Near([q], kept["q"].Values);
        Near(recurrentδ, kept["δ′"].Values);
        Assert.Equal([".r[0,0,0]", ".z[0,0,0]", ".n[0,0,0]"], Enumerable.Range(0, 3).Select(kept["gates"].Place));

        static double Sigma(double z) => 1 / (1 + Math.Exp(-z));

        static void Near(double[] expected, ReadOnlySpan<double> actual) =>
            Assert.Equal(expected, actual.ToArray(), (a, b) => Math.Abs(a - b) < 1e-15);
    }

    public static TheoryData<bool, bool, int?, int[]?> Options => Unfolded.Options;

    [Theory, MemberData(nameof(Options))]
    public void Values_and_gradients_are_those_of_the_unfolding(bool all, bool state, int? truncate, int[]? lengths)
    {
        Compare<double>(1e-13);
        Compare<float>(1e-5);

        void Compare<T>(double tolerance) where T : unmanaged, IFloatingPointIeee754<T> => Unfolded.Compare<T>(
            t => Run(t, all, 2, truncate, lengths, state),
            t => t[0].UnrolledGru(t[1], t[2], t[3], t[5], t[4], new(all, truncate, Padded.Lengths(lengths), state && all)), tolerance,
            Shapes([3, 6, 4], 7));
    }

    [Theory, MemberData(nameof(Options))]
    public void Terms_sum_to_the_gradients(bool all, bool state, int? truncate, int[]? lengths) =>
        Unfolded.CompareTerms(t => Run(t, all, 2, truncate, lengths, state), Shapes([3, 6, 2], 2));

    [Fact]
    public void Shapes_that_do_not_belong_together_are_refused()
    {
        Refused("Gru: x [2, 0, 3] came, [N, T, D] with at least one time step is needed", [2, 0, 3], [2, 4], [3, 12], [4, 12]);
        Refused("Gru: W_x [3, 16] came, x [2, 5, 3] needs [3, 3·H]", [2, 5, 3], [2, 4], [3, 16], [4, 12]);
        Refused("Gru: W_h [4, 4] came, W_x [3, 12] needs [4, 12]", [2, 5, 3], [2, 4], [3, 12], [4, 4]);
        Refused("Gru: b [4] came, W_x [3, 12] needs [12]", [2, 5, 3], [2, 4], [3, 12], [4, 12], [4]);
        Refused("Gru: b′ [4] came, W_x [3, 12] needs [12]", [2, 5, 3], [2, 4], [3, 12], [4, 12], [12], [4]);
        Refused("Gru: the first state [1, 4] came, x [2, 5, 3] and W_x [3, 12] need [2, 4]", [2, 5, 3], [1, 4], [3, 12], [4, 12]);

        static void Refused(string message, Shape x, Shape h, Shape wx, Shape wh, Shape? b = null, Shape? recurrent = null) => Assert.Equal(
            message, Assert.Throws<ShapeException>(
                () => Zeros(x).Gru(Zeros(h), Zeros(wx), Zeros(wh), b is null ? null : Zeros(b), recurrent is null ? null : Zeros(recurrent))).Message);
    }
}
