using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;
using Backprop.Tests.Kernels;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class RnnTests
{
    // Truncated ones are no cases: their gradients differ from finite differences by design. They are held to their unfolding below.
    public static OperationCase[] Cases =>
    [
        Case("to the last state", [3, 4, 2], 5),
        Case("to the last state without bias", [3, 4, 2], 5, bias: false),
        Case("to all states", [2, 3, 2], 4, all: true),
        Case("to all states of one sequence", [1, 3, 2], 2, all: true, bias: false),
        Case("of one sequence", [1, 5, 3], 2),
        Case("of one step, one unit", [1, 1, 1], 1, all: true),
        Case("of an empty batch", [0, 3, 2], 4),
        Case("with ReLU", [3, 4, 2], 5, activation: RnnActivation.Relu),
        Case("of different lengths", [3, 4, 2], 5, lengths: [2, 4, 1]),
        Case("of different lengths to all states and the last", [3, 4, 2], 5, all: true, lengths: [4, 1, 3], returnState: true),
        Case("of one sequence with padding", [1, 4, 2], 3, lengths: [2]),
    ];

    private static OperationCase Case(
        string name, Shape x, int units, bool all = false, bool bias = true, RnnActivation activation = RnnActivation.Tanh, int[]? lengths = null,
        bool returnState = false) => new(
        $"Rnn {name}",
        t => t[0].Rnn(t[1], t[2], t[3], bias ? t[4] : null, all, null, activation, Padded.Lengths(lengths), returnState),
        t => t[0].Rnn(t[1], t[2], t[3], bias ? t[4] : null, all, null, activation, Padded.Lengths(lengths), returnState),
        bias ? [x, [x[0], units], [x[2], units], [units, units], [units]] : [x, [x[0], units], [x[2], units], [units, units]])
        {
            Value = (input, index) => (input == 0 ? 1 : 0.6) * Math.Sin(1.7 * index + 0.9 * input + 0.3),
        };

    [Fact]
    public void Two_steps_of_one_unit_are_worked_out_by_hand()
    {
        var (x, start) = (Parameter([1, 2, 1], 1, 2), Parameter([1, 1], 0.5));
        var (wx, wh, b) = (Parameter([1, 1], 0.3), Parameter([1, 1], -0.4), Parameter([1], 0.1));
        using var tape = Record([x, start, wx, wh, b]);
        var y = x.Rnn(start, wx, wh, b);
        double h1 = Math.Tanh(0.3 - 0.2 + 0.1), h2 = Math.Tanh(0.6 - 0.4 * h1 + 0.1);
        Assert.Equal(h2, y.Value, 1e-15);
        tape.Backward(y, Tensor([1, 1], 2));
        double d2 = 2 * (1 - h2 * h2), d1 = -0.4 * d2 * (1 - h1 * h1);
        Near([0.3 * d1, 0.3 * d2], x);
        Near([-0.4 * d1], start);
        Near([d1 + 2 * d2], wx);
        Near([0.5 * d1 + h1 * d2], wh);
        Near([d1 + d2], b);
        var kept = tape.Steps[0].Kept.ToDictionary(entry => entry.Name, entry => entry.Values!);
        Assert.Equal([3, 1, 1], kept["h"].Shape);
        Assert.Equal(0.5, kept["h"][0, 0, 0]);
        Assert.Equal(d1, kept["δ"][0, 0, 0], 1e-15);
        Assert.Equal(d2, kept["δ"][1, 0, 0], 1e-15);

        static void Near(double[] expected, Parameter<double> parameter) =>
            Assert.Equal(expected, parameter.Gradient.ToArray(), (a, b) => Math.Abs(a - b) < 1e-15);
    }

    public static TheoryData<bool, int?, int[]?> Truncations
    {
        get
        {
            var data = new TheoryData<bool, int?, int[]?>();
            foreach (bool all in new[] { false, true })
                foreach (int? truncate in new int?[] { null, 1, 2, 3, 5, 6, 9 })
                    foreach (int[]? lengths in new[] { null, Padded.OfThree }) data.Add(all, truncate, lengths);
            return data;
        }
    }

    [Theory, MemberData(nameof(Truncations))]
    public void Values_and_gradients_are_those_of_the_unfolding(bool all, int? truncate, int[]? lengths)
    {
        Compare<double>(new(all, truncate, Padded.Lengths(lengths), all), 1e-13);
        Compare<float>(new(all, truncate, Padded.Lengths(lengths), all), 1e-5);
    }

    /// <summary>What has one order of summation has the same bits; the weights' gradients are summed over time in the other direction.</summary>
    private static void Compare<T>(SequenceOptions options, double tolerance) where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int N = 3, Steps = 6, D = 4, H = 7;
        var (fused, unfolded) = (Inputs(), Inputs());
        var y = Run(fused, unroll: false);
        var z = Run(unfolded, unroll: true);
        Bits.AssertSame<T>(z, y, "states");
        // A batch in which some sequences have ended is no single chain of sums where it is taken apart.
        bool sameOrder = options.Lengths is null;
        if (sameOrder) Bits.AssertSame(unfolded[0].Gradient, fused[0].Gradient, "dx");
        if (sameOrder && unfolded[1].HasGradient) Bits.AssertSame(unfolded[1].Gradient, fused[1].Gradient, "dh_0");
        for (int i = 0; i < 5; i++)
        {
            T[] actual = fused[i].Gradient.ToArray(), expected = unfolded[i].HasGradient ? unfolded[i].Gradient.ToArray() : new T[actual.Length];
            double largest = expected.Max(v => Math.Abs(double.CreateChecked(v)));
            Assert.Equal(expected, actual, (a, b) => Math.Abs(double.CreateChecked(a - b)) <= tolerance * largest);
        }

        Parameter<T>[] Inputs() =>
        [
            .. new Shape[] { [N, Steps, D], [N, H], [D, H], [H, H], [H] }.Select((shape, input) => new Parameter<T>(
                shape, [.. Enumerable.Range(0, shape.Elements).Select(i => T.CreateChecked(0.5 * Math.Sin(1.7 * i + 0.9 * input + 0.3)))], $"x{input}")),
        ];

        T[] Run(Parameter<T>[] inputs, bool unroll)
        {
            using var tape = Tape<T>.Record([.. inputs]);
            var output = unroll ? inputs[0].UnrolledRnn(inputs[1], inputs[2], inputs[3], inputs[4], options, RnnActivation.Tanh)
                : new RnnOp<T>(inputs[0], inputs[1], inputs[2], inputs[3], inputs[4], options, RnnActivation.Tanh).Apply();
            T[] wave = [.. Enumerable.Range(0, output.Length).Select(i => T.CreateChecked(Math.Cos(2.3 * i + 0.7)))];
            tape.Backward(output, Nn<T>.Tensor(output.Shape, wave));
            return output.Values.ToArray();
        }
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public void The_terms_of_a_truncated_network_sum_to_its_gradients(bool all, int truncate)
    {
        Parameter<double>[] inputs = Case("", [2, 5, 3], 4).Doubles();
        using var tape = Record([.. inputs]);
        var y = inputs[0].Rnn(inputs[1], inputs[2], inputs[3], inputs[4], all, truncate);
        tape.Backward(y, Filled(y.Shape, 0.7));
        for (int input = 0; input < inputs.Length; input++)
            for (int index = 0; index < inputs[input].Length; index++)
                Assert.Equal(inputs[input].Gradient[index], tape.Steps[0].Terms(input, index).Sum(term => term.Value), 1e-14);
    }

    [Fact]
    public void Nothing_flows_to_what_lies_behind_the_cut()
    {
        Parameter<double>[] inputs = Case("", [2, 5, 3], 4).Doubles();
        using var tape = Record([.. inputs]);
        var y = inputs[0].Rnn(inputs[1], inputs[2], inputs[3], inputs[4], truncate: 2);
        tape.Backward(y, Filled(y.Shape, 1));
        var dx = inputs[0].Gradient.ToArray();
        Assert.All(Enumerable.Range(0, dx.Length), i => Assert.Equal(i / 3 % 5 < 3, dx[i] == 0));
        Assert.All(inputs[1].Gradient.ToArray(), entry => Assert.Equal(0, entry));
    }

    [Fact]
    public void Shapes_that_do_not_belong_together_are_refused()
    {
        Refused("Rnn: x [2, 3] came, [N, T, D] with at least one time step is needed",
            () => Zeros([2, 3]).Rnn(Zeros([2, 4]), Zeros([3, 4]), Zeros([4, 4])));
        Refused("Rnn: x [2, 0, 3] came, [N, T, D] with at least one time step is needed",
            () => Zeros([2, 0, 3]).Rnn(Zeros([2, 4]), Zeros([3, 4]), Zeros([4, 4])));
        Refused("Rnn: W_x [2, 4] came, x [2, 5, 3] needs [3, H]", () => Zeros([2, 5, 3]).Rnn(Zeros([2, 4]), Zeros([2, 4]), Zeros([4, 4])));
        Refused("Rnn: W_h [3, 4] came, W_x [3, 4] needs [4, 4]", () => Zeros([2, 5, 3]).Rnn(Zeros([2, 4]), Zeros([3, 4]), Zeros([3, 4])));
        Refused("Rnn: b [3] came, W_x [3, 4] needs [4]", () => Zeros([2, 5, 3]).Rnn(Zeros([2, 4]), Zeros([3, 4]), Zeros([4, 4]), Zeros([3])));
        Refused("Rnn: the first state [1, 4] came, x [2, 5, 3] and W_x [3, 4] need [2, 4]",
            () => Zeros([2, 5, 3]).Rnn(Zeros([1, 4]), Zeros([3, 4]), Zeros([4, 4])));
        Assert.Equal("Rnn: truncate is 0, 1 or more is needed.", Assert.Throws<ArgumentOutOfRangeException>(
            () => Zeros([2, 5, 3]).Rnn(Zeros([2, 4]), Zeros([3, 4]), Zeros([4, 4]), truncate: 0)).Message);
    }

    private static void Refused(string message, Action act) => Assert.Equal(message, Assert.Throws<ShapeException>(act).Message);
}
