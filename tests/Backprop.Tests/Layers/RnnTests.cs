using Backprop.Layers;
using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

public class RnnTests
{
    // A truncated network is no case here: its gradients differ from finite differences by design, and are examined below.
    public static LayerCase[] Cases =>
    [
        new("Rnn to the last state", random => Rnn(2, 3, random, name: "memory"), [2, 4, 2]),
        new("Rnn to all states", random => Rnn(2, 3, random, returnSequences: true), [2, 4, 2]),
        new("Rnn of one step, one unit", random => Rnn(1, 1, random, returnSequences: true), [1, 1, 1]),
        new("Rnn unrolled", random => Rnn(2, 3, random, returnSequences: true, unrolled: true), [2, 3, 2]),
        new("Rnn without bias", random => Rnn(2, 3, random, bias: false), [2, 3, 2]),
        new("Rnn on Rnn", random => Sequential(Rnn(2, 3, random, returnSequences: true), Rnn(3, 2, random), Linear(2, 1, random)), [2, 3, 2]),
    ];

    private const int T = 5;

    private static Tensor<double> Sequences => Tensor([2, T, 3], [.. Enumerable.Range(0, 30).Select(i => Math.Sin(1.3 * i + 0.2))]);

    [Fact]
    public void The_states_are_those_of_the_cell_step_by_step()
    {
        var rnn = Rnn(3, 4, new Random(3), returnSequences: true);
        var states = rnn.Forward(Sequences);
        var state = rnn.Cell.Start(2);
        for (int t = 0; t < T; t++)
        {
            state = rnn.Cell.Step(Sequences.Select(1, t), state);
            Assert.Equal(state.Values.ToArray(), states.Select(1, t).Values.ToArray());
        }
        Assert.Equal(state.Values.ToArray(), Rnn(rnn.Cell).Forward(Sequences).Values.ToArray());
    }

    [Fact]
    public void A_stream_in_two_parts_is_the_whole()
    {
        var rnn = Rnn(3, 4, new Random(3), returnSequences: true);
        var whole = rnn.Forward(Sequences);
        var (first, state) = rnn.Forward(Sequences.Slice(1, 0, 2), rnn.Cell.Start(2));
        var (second, last) = rnn.Forward(Sequences.Slice(1, 2, 3), state);
        Assert.Equal(whole.Values.ToArray(), Concat(1, first, second).Values.ToArray());
        Assert.Equal(whole.Select(1, T - 1).Values.ToArray(), last.Values.ToArray());
    }

    [Fact]
    public void Inputs_and_states_are_named_by_their_time_step()
    {
        var rnn = Rnn(3, 4, new Random(3), unrolled: true);
        using var tape = Record(rnn.Parameters, Sequences);
        rnn.Forward((Tensor<double>)tape.Inputs[0]);
        var names = tape.Steps.Select(step => step.Output.Name).Where(name => name.Length > 0);
        Assert.Equal(["x_1", "h_1", "x_2", "h_2", "x_3", "h_3", "x_4", "h_4", "x_5", "h_5"], names);
    }

    [Fact]
    public void The_whole_sequence_is_one_step_unless_it_is_unrolled()
    {
        var (last, all) = (Rnn(3, 4, new Random(3)), Rnn(3, 4, new Random(3), returnSequences: true));
        using var tape = Record([.. last.Parameters, .. all.Parameters]);
        last.Forward(Sequences);
        all.Forward(Sequences);
        Assert.Equal([("Rnn", "h_5"), ("Rnn", "h")], tape.Steps.Select(step => (step.Name, step.Output.Name)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_last_state_reaches_exactly_the_steps_of_the_truncation(int k)
    {
        // The same sum by hand: the first T − k steps only say where the state stands.
        var cut = Rnn(3, 4, new Random(3), truncate: k);
        var whole = Rnn(3, 4, new Random(3));
        var before = whole.Forward(Sequences.Slice(1, 0, T - k)).Copy();
        Assert.Equal(
            Gradients(whole, () => whole.Forward(Sequences.Slice(1, T - k, k), before).Output),
            Gradients(cut, () => cut.Forward(Sequences)));
    }

    [Theory]
    [InlineData(T)]
    [InlineData(T + 3)]
    public void A_truncation_as_long_as_the_sequence_cuts_nothing(int k)
    {
        var (cut, whole) = (Rnn(3, 4, new Random(3), true, k), Rnn(3, 4, new Random(3), true));
        Assert.Equal(Gradients(whole, () => whole.Forward(Sequences)), Gradients(cut, () => cut.Forward(Sequences)));
        var unrolled = Rnn(cut.Cell, truncate: k, unrolled: true);
        using var tape = Record(unrolled.Parameters);
        unrolled.Forward(Sequences);
        Assert.DoesNotContain(tape.Steps, step => step.Name == "Detach");
    }

    [Theory]
    [InlineData(1, new[] { 1, 2, 3, 4 })]
    [InlineData(2, new[] { 1, 3 })]
    [InlineData(3, new[] { 2 })]
    [InlineData(4, new[] { 1 })]
    public void Cuts_are_counted_from_the_end(int k, int[] steps)
    {
        var rnn = Rnn(3, 4, new Random(3), truncate: k, unrolled: true);
        using var tape = Record(rnn.Parameters);
        rnn.Forward(Sequences);
        Assert.Equal(steps.Select(t => $"h_{t}"), tape.Steps.Where(step => step.Name == "Detach").Select(step => step.Inputs[0].Name));
    }

    [Fact]
    public void Truncation_changes_no_value() => Assert.Equal(
        Rnn(3, 4, new Random(3)).Forward(Sequences).Values.ToArray(), Rnn(3, 4, new Random(3), truncate: 1).Forward(Sequences).Values.ToArray());

    [Fact]
    public void Settings_make_an_equal_layer()
    {
        var random = new Random(3);
        Assert.Equal([("units", (object)4), ("returnSequences", false)], Rnn(3, 4, random).Settings);
        Assert.Equal(
            [("units", (object)4), ("returnSequences", true), ("truncate", 2), ("bias", false), ("unrolled", true)],
            Rnn(3, 4, random, returnSequences: true, truncate: 2, bias: false, unrolled: true).Settings);
        var copy = (Rnn<double>)Rnn(3, 4, random, truncate: 2, unrolled: true).Copy(parameter => parameter);
        Assert.Equal((2, true), (copy.Truncate, copy.Unrolled));
    }

    [Theory]
    [InlineData("RnnCell: inputs is 0, 1 or more is needed.", 0, 1, 1)]
    [InlineData("RnnCell: units is -1, 1 or more is needed.", 1, -1, 1)]
    [InlineData("Rnn: truncate is 0, 1 or more is needed.", 1, 1, 0)]
    public void Sizes_below_one_are_refused(string message, int inputs, int units, int truncate) => Assert.Equal(
        message, Assert.Throws<ArgumentOutOfRangeException>(() => Rnn(inputs, units, new Random(1), truncate: truncate)).Message);

    public static TheoryData<Shape> Misfits => [new Shape(2, 3), new Shape(2, 5, 4), new Shape(2, 0, 3)];

    [Theory, MemberData(nameof(Misfits))]
    public void Other_shapes_are_refused(Shape shape)
    {
        var rnn = Rnn(3, 4, new Random(3));
        string message = $"Rnn: x {shape} came, [N, T, 3] with at least one time step is needed";
        Assert.Equal(message, Assert.Throws<ShapeException>(() => rnn.Forward(Zeros(shape))).Message);
        Assert.Equal(message, Assert.Throws<ShapeException>(() => rnn.Describe(shape)).Message);
    }

    [Fact]
    public void A_state_of_another_shape_is_refused()
    {
        var rnn = Rnn(3, 4, new Random(3));
        Assert.Throws<ShapeException>(() => rnn.Forward(Sequences, Zeros([1, 4])));
    }

    private static double[] Gradients(Rnn<double> rnn, Func<Tensor<double>> forward)
    {
        using var tape = Record(rnn.Parameters);
        var output = forward();
        tape.Backward(output, Tensor(output.Shape, [.. Enumerable.Range(0, output.Length).Select(i => Math.Cos(2.3 * i + 0.7))]));
        return [.. rnn.Parameters.SelectMany(parameter => parameter.Gradient.ToArray())];
    }
}
