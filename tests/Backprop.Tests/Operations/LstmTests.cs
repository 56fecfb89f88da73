using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class LstmTests
{
    // Truncated ones are no cases: their gradients differ from finite differences by design. They are held to their unfolding below.
    public static OperationCase[] Cases =>
    [
        Case("to the last state", [3, 4, 2], 5),
        Case("to the last state and cell without bias", [3, 4, 2], 5, bias: false, state: true),
        Case("to all states", [2, 3, 2], 4, all: true),
        Case("to all states, the last, and the last cell", [2, 3, 2], 4, all: true, state: true),
        Case("of one sequence", [1, 5, 3], 2),
        Case("of one step, one unit", [1, 1, 1], 1, all: true),
        Case("of an empty batch", [0, 3, 2], 4),
        Case("of different lengths", [3, 4, 2], 5, lengths: [2, 4, 1]),
        Case("of different lengths to all states, the last, and the last cell", [3, 4, 2], 5, all: true, state: true, lengths: [4, 1, 3]),
    ];

    private static OperationCase Case(
        string name, Shape x, int units, bool all = false, bool bias = true, bool state = false, int[]? lengths = null) => new(
        $"Lstm {name}",
        t => Run(t, all, bias, null, lengths, state), t => Run(t, all, bias, null, lengths, state),
        bias ? Shapes(x, units) : Shapes(x, units)[..5])
        {
            Value = (input, index) => (input == 0 ? 1 : 0.6) * Math.Sin(1.7 * index + 0.9 * input + 0.3),
        };

    /// <summary>x, h_0, W_x, W_h, c_0, b: the order of the operation's inputs.</summary>
    private static Shape[] Shapes(Shape x, int units) =>
        [x, [x[0], units], [x[2], 4 * units], [units, 4 * units], [x[0], units], [4 * units]];

    private static Tensor<T> Run<T>(Tensor<T>[] t, bool all, bool bias, int? truncate, int[]? lengths, bool state)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        t[0].Lstm(new(t[1], t[4]), t[2], t[3], bias ? t[5] : null, all, truncate, Padded.Lengths(lengths), state);

    [Fact]
    public void One_step_of_one_unit_is_worked_out_by_hand()
    {
        var (x, h, c) = (Parameter([1, 1, 1], 2), Parameter([1, 1], 0.5), Parameter([1, 1], -0.4));
        var (wx, wh, b) = (Parameter([1, 4], 0.1, 0.2, 0.3, 0.4), Parameter([1, 4], -0.5, 0.6, -0.7, 0.8), Parameter([4], 0.05, 1, -0.1, 0.2));
        using var tape = Record([x, h, c, wx, wh, b]);
        var y = x.Lstm(new(h, c), wx, wh, b, returnState: true);
        double i = Sigma(0.2 - 0.25 + 0.05), f = Sigma(0.4 + 0.3 + 1), g = Math.Tanh(0.6 - 0.35 - 0.1), o = Sigma(0.8 + 0.4 + 0.2);
        double c1 = f * -0.4 + i * g, tanh = Math.Tanh(c1);
        Assert.Equal([1, 2, 1], y.Shape);
        Assert.Equal(o * tanh, y[0, 0, 0], 1e-15);
        Assert.Equal(c1, y[0, 1, 0], 1e-15);

        tape.Backward(y, Tensor([1, 2, 1], 3, 2));
        double dc = 3 * o * (1 - tanh * tanh) + 2;
        double[] δ = [dc * g * i * (1 - i), dc * -0.4 * f * (1 - f), dc * i * (1 - g * g), 3 * tanh * o * (1 - o)];
        Near(δ, b.Gradient);
        Near([.. δ.Select(v => 2 * v)], wx.Gradient);
        Near([.. δ.Select(v => 0.5 * v)], wh.Gradient);
        Near([0.1 * δ[0] + 0.2 * δ[1] + 0.3 * δ[2] + 0.4 * δ[3]], x.Gradient);
        Near([-0.5 * δ[0] + 0.6 * δ[1] - 0.7 * δ[2] + 0.8 * δ[3]], h.Gradient);
        Near([dc * f], c.Gradient);
        var kept = tape.Steps[0].Kept.ToDictionary(entry => entry.Name, entry => entry.Values!);
        Near([-0.4, c1], kept["c"].Values);
        Near([i, f, g, o], kept["gates"].Values);
        Near(δ, kept["δ"].Values);
        Near([dc * f, dc], kept["dc"].Values);
        Assert.Equal([".i[0,0,0]", ".f[0,0,0]", ".g[0,0,0]", ".o[0,0,0]"], Enumerable.Range(0, 4).Select(kept["δ"].Place));

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
            t => Run(t, all, true, truncate, lengths, state),
            t => t[0].UnrolledLstm(new(t[1], t[4]), t[2], t[3], t[5], new(all, truncate, Padded.Lengths(lengths), state)), tolerance,
            Shapes([3, 6, 4], 7));
    }

    [Theory, MemberData(nameof(Options))]
    public void Terms_sum_to_the_gradients(bool all, bool state, int? truncate, int[]? lengths) =>
        Unfolded.CompareTerms(t => Run(t, all, true, truncate, lengths, state), Shapes([3, 6, 2], 2));

    [Fact]
    public void Padding_changes_no_number()
    {
        double[] values = [.. Enumerable.Range(0, 24).Select(i => i % 12 < 6 ? Math.Sin(i) : double.NaN)];
        Tensor<double>[] t = [.. Shapes([2, 4, 3], 3).Select((shape, k) => Tensor(shape, [.. Enumerable.Range(0, shape.Elements).Select(i => 0.4 * Math.Sin(1.7 * i + k))]))];
        var (padded, cut) = (Parameter([2, 4, 3], values), Parameter([2, 2, 3], [.. values[..6], .. values[12..18]]));
        var (wx, twin) = (Parameter(t[2].Shape, t[2].Values), Parameter(t[2].Shape, t[2].Values));
        using var tape = Record([padded, wx]);
        using var other = Record([cut, twin]);
        var y = padded.Lstm(new(t[1], t[4]), wx, t[3], t[5], lengths: Indices([2], 2, 2), returnState: true);
        var expected = cut.Lstm(new(t[1], t[4]), twin, t[3], t[5], returnState: true);
        Assert.Equal(expected.Values.ToArray(), y.Values.ToArray());
        tape.Backward(y, Filled(y.Shape, 1));
        other.Backward(expected, Filled(y.Shape, 1));
        Assert.Equal(twin.Gradient.ToArray(), wx.Gradient.ToArray());
        double[] dx = [.. cut.Gradient[..6], 0, 0, 0, 0, 0, 0, .. cut.Gradient[6..], 0, 0, 0, 0, 0, 0];
        Assert.Equal(dx, padded.Gradient.ToArray());
    }

    [Fact]
    public void One_tensor_may_be_state_and_cell()
    {
        var (both, x, wx, wh) = (Parameter([2, 2], 0.1, 0.2, 0.3, 0.4), Filled([2, 3, 1], 0.5), Filled([1, 8], 0.3), Filled([2, 8], -0.2));
        var (h, c) = (Parameter([2, 2], both.Values), Parameter([2, 2], both.Values));
        using var tape = Record([both]);
        using var apart = Record([h, c]);
        var (y, z) = (x.Lstm(new(both, both), wx, wh), x.Lstm(new(h, c), wx, wh));
        tape.Backward(y, Filled([2, 2], 1));
        apart.Backward(z, Filled([2, 2], 1));
        for (int i = 0; i < 4; i++) Assert.Equal(h.Gradient[i] + c.Gradient[i], both.Gradient[i], 1e-15);
    }

    [Fact]
    public void Shapes_that_do_not_belong_together_are_refused()
    {
        Refused("Lstm: x [2, 3] came, [N, T, D] with at least one time step is needed", [2, 3], [2, 4], [2, 4], [3, 16], [4, 16]);
        Refused("Lstm: W_x [3, 15] came, x [2, 5, 3] needs [3, 4·H]", [2, 5, 3], [2, 4], [2, 4], [3, 15], [4, 16]);
        Refused("Lstm: W_x [2, 16] came, x [2, 5, 3] needs [3, 4·H]", [2, 5, 3], [2, 4], [2, 4], [2, 16], [4, 16]);
        Refused("Lstm: W_h [4, 4] came, W_x [3, 16] needs [4, 16]", [2, 5, 3], [2, 4], [2, 4], [3, 16], [4, 4]);
        Refused("Lstm: b [4] came, W_x [3, 16] needs [16]", [2, 5, 3], [2, 4], [2, 4], [3, 16], [4, 16], [4]);
        Refused("Lstm: the first state [1, 4] came, x [2, 5, 3] and W_x [3, 16] need [2, 4]", [2, 5, 3], [1, 4], [2, 4], [3, 16], [4, 16]);
        Refused("Lstm: the first cell [2, 3] came, x [2, 5, 3] and W_x [3, 16] need [2, 4]", [2, 5, 3], [2, 4], [2, 3], [3, 16], [4, 16]);
        Refused("Lstm: the lengths [3] came, x [2, 5, 3] needs [2]", [2, 5, 3], [2, 4], [2, 4], [3, 16], [4, 16], null, [1, 2, 3]);

        static void Refused(string message, Shape x, Shape h, Shape c, Shape wx, Shape wh, Shape? b = null, int[]? lengths = null) => Assert.Equal(
            message, Assert.Throws<ShapeException>(
                () => Zeros(x).Lstm(new(Zeros(h), Zeros(c)), Zeros(wx), Zeros(wh), b is null ? null : Zeros(b), lengths: Padded.Lengths(lengths))).Message);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(6, 5)]
    public void Lengths_outside_the_time_steps_are_refused(int length, int steps) => Assert.Equal(
        $"Lstm: length {length} at [1] is outside 1 … {steps}, the time steps of x [2, {steps}, 3]",
        Assert.Throws<ArgumentOutOfRangeException>(() => Zeros([2, steps, 3]).Lstm(
            new(Zeros([2, 4]), Zeros([2, 4])), Zeros([3, 16]), Zeros([4, 16]), lengths: Indices([2], 5, length))).Message);

    [Fact]
    public void A_truncation_below_one_is_refused() => Assert.Equal(
        "Lstm: truncate is 0, 1 or more is needed.",
        Assert.Throws<ArgumentOutOfRangeException>(() => Zeros([2, 5, 3]).Lstm(
            new(Zeros([2, 4]), Zeros([2, 4])), Zeros([3, 16]), Zeros([4, 16]), truncate: 0)).Message);
}
