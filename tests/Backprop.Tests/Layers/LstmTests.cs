using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

public class LstmTests
{
    public static LayerCase[] Cases =>
    [
        new("Lstm to the last state", random => Lstm(2, 3, random, name: "memory"), [2, 4, 2]),
        new("Lstm to all states", random => Lstm(2, 3, random, returnSequences: true), [2, 4, 2]),
        new("Lstm unrolled", random => Lstm(2, 3, random, returnSequences: true, unrolled: true), [2, 3, 2]),
        new("Lstm without bias", random => Lstm(2, 3, random, bias: false), [2, 3, 2]),
        new("Lstm of two layers", random => Lstm(2, 3, random, layers: 2), [2, 3, 2]),
    ];

    private const int T = 5;

    private static Tensor<double> Sequences => Tensor([2, T, 3], [.. Enumerable.Range(0, 30).Select(i => Math.Sin(1.3 * i + 0.2))]);

    [Fact]
    public void Weights_are_drawn_in_order_and_the_forget_gate_begins_at_one()
    {
        var cell = LstmCell(2, 3, new Random(7));
        var random = new Random(7);
        Assert.Equal(GlorotUniform().Parameter("", [2, 12], 2, 12, random).Values.ToArray(), cell.InputWeight.Values.ToArray());
        Assert.Equal(Orthogonal().Parameter("", [3, 12], 3, 12, random).Values.ToArray(), cell.RecurrentWeight.Values.ToArray());
        Assert.Equal([0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0], cell.Bias!.Values.ToArray());
        Assert.Equal(["inputWeight", "recurrentWeight", "bias"], cell.Parameters.Names);
        Assert.Equal(".f[1,2]", cell.InputWeight.Place(12 + 5));
        Assert.Equal(".o[0]", cell.Bias.Place(9));
    }

    [Fact]
    public void The_states_are_those_of_the_cell_step_by_step()
    {
        var lstm = Lstm(3, 4, new Random(3), returnSequences: true);
        var (states, last) = lstm.Forward(Sequences, lstm.Start(2));
        Assert.Equal(lstm.Forward(Sequences).Values.ToArray(), states.Values.ToArray());
        var state = lstm.Cell.Start(2);
        for (int t = 0; t < T; t++)
        {
            state = lstm.Cell.Step(Sequences.Select(1, t), state);
            Assert.Equal(state.Hidden.Values.ToArray(), states.Select(1, t).Values.ToArray());
        }
        Assert.Equal(state.Hidden.Values.ToArray(), last.Hidden.Values.ToArray());
        Assert.Equal(state.Cell.Values.ToArray(), last.Cell.Values.ToArray());
    }

    [Theory]
    [InlineData(false, 1, false)]
    [InlineData(true, 1, false)]
    [InlineData(false, 2, false)]
    [InlineData(true, 2, true)]
    public void A_stream_in_two_parts_is_the_whole(bool all, int layers, bool unrolled)
    {
        var lstm = Lstm(3, 4, new Random(3), returnSequences: all, layers: layers, unrolled: unrolled);
        var (whole, end) = lstm.Forward(Sequences, lstm.Start(2));
        var (first, state) = lstm.Forward(Sequences.Slice(1, 0, 2), lstm.Start(2));
        var (second, last) = lstm.Forward(Sequences.Slice(1, 2, 3), state.Copy());
        Assert.Equal(whole.Values.ToArray(), (all ? Concat(1, first, second) : second).Values.ToArray());
        Assert.Equal(end.Hidden.Values.ToArray(), last.Hidden.Values.ToArray());
        Assert.Equal(end.Cell.Values.ToArray(), last.Cell.Values.ToArray());
    }

    [Fact]
    public void Gradients_flow_through_the_state_that_is_carried_on()
    {
        var lstm = Lstm(3, 4, new Random(3));
        double[][] whole = Gradients(() => lstm.Forward(Sequences));
        double[][] parts = Gradients(() => lstm.Forward(
            Sequences.Slice(1, 2, 3), lstm.Forward(Sequences.Slice(1, 0, 2), lstm.Start(2)).State).Output);
        foreach (var (a, b) in whole.Zip(parts)) Assert.Equal(a, b, (x, y) => Math.Abs(x - y) < 1e-14);

        double[][] Gradients(Func<Tensor<double>> forward)
        {
            using var tape = Record(lstm.Parameters);
            var output = forward();
            tape.Backward(output, Filled(output.Shape, 1));
            return [.. lstm.Parameters.Select(parameter => parameter.Gradient.ToArray())];
        }
    }

    [Fact]
    public void Sequences_of_different_lengths_are_as_if_alone()
    {
        foreach (bool all in new[] { false, true })
        {
            var lstm = Lstm(3, 4, new Random(3), returnSequences: all, layers: 2);
            var lengths = Indices([2], 2, T);
            var (y, state) = lstm.Forward(Sequences, lstm.Start(2), lengths);
            Assert.Equal(lstm.Forward(Sequences, lengths).Values.ToArray(), y.Values.ToArray());
            var (alone, end) = lstm.Forward(Sequences.Slice(0, 0, 1).Slice(1, 0, 2), lstm.Start(1));
            Assert.Equal(alone.Values.ToArray(), y.Values[..alone.Length].ToArray());
            if (all) Assert.Equal(new double[3 * 4], y.Values[(2 * 4)..(T * 4)].ToArray());
            Assert.Equal(end.Cell.Select(1, 0).Values.ToArray(), state.Cell.Select(1, 0).Values.ToArray());
        }
    }

    [Fact]
    public void Lengths_can_be_replayed()
    {
        var lstm = Lstm(3, 4, new Random(3));
        var (x, lengths) = (Sequences, Indices([2], 2, T));
        using var tape = Record(lstm.Parameters, x, lengths);
        var y = lstm.Forward(x, lengths);
        tape.Replay(x, Indices([2], 4, 1));
        Assert.Equal(lstm.Forward(x, Indices([2], 4, 1)).Values.ToArray(), y.Values.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => tape.Replay(x, Indices([2], 6, 1)));
        Assert.Equal([4, 1], lengths.Values.ToArray());
    }

    [Fact]
    public void Gates_are_named_by_their_time_step_where_it_is_unrolled()
    {
        var lstm = Lstm(3, 4, new Random(3), unrolled: true);
        using var tape = Record(lstm.Parameters, Sequences);
        lstm.Forward((Tensor<double>)tape.Inputs[0]);
        var names = tape.Steps.Select(step => step.Output.Name).Where(name => name.EndsWith("_2", StringComparison.Ordinal));
        Assert.Equal(["x_2", "z_2", "i_2", "f_2", "g_2", "o_2", "c_2", "h_2"], names);
    }

    [Fact]
    public void The_table_counts_the_gates()
    {
        var row = Assert.Single(Lstm(3, 4, new Random(1), layers: 2).Describe([2, T, 3]).Rows);
        Assert.Equal(("lstm", new Shape(2, 4), 16L * (3 + 4 + 1) + 16 * (4 + 4 + 1), 2L * T * 16 * (3 + 4 + 4 + 4)), (row.Type, row.Output, row.Parameters, row.MultiplyAdds));
        Assert.Equal(
            Lstm(3, 4, new Random(1)).Describe([2, T, 3]).MultiplyAdds, Lstm(3, 4, new Random(1), unrolled: true).Describe([2, T, 3]).MultiplyAdds);
    }

    [Fact]
    public void Settings_make_an_equal_layer()
    {
        Assert.Equal(
            [("units", (object)4), ("returnSequences", true), ("layers", 2), ("truncate", 2), ("bias", false), ("unrolled", true)],
            Lstm(3, 4, new Random(1), returnSequences: true, truncate: 2, bias: false, layers: 2, unrolled: true).Settings);
        Assert.Equal(
            ["layer1.inputWeight", "layer1.recurrentWeight", "layer1.bias", "layer2.inputWeight", "layer2.recurrentWeight", "layer2.bias"],
            Lstm(3, 4, new Random(1), layers: 2).Parameters.Names);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var lstm = Lstm(3, 4, new Random(3), layers: 2);
        Refused("LstmCell: the input weight [2, 6] came, [inputs, 4·units] is needed", () => LstmCell(Zeros([2, 6]), Zeros([2, 8])));
        Refused("LstmCell: the recurrent weight [2, 2] came, [2, 8] is needed", () => LstmCell(Zeros([3, 8]), Zeros([2, 2])));
        Refused("LstmCell: the bias [2] came, [8] is needed", () => LstmCell(Zeros([3, 8]), Zeros([2, 8]), Zeros([2])));
        Refused("LstmCell: the cell [1, 3] came, x_t [1, 3] needs [1, 4]", () => lstm.Cell.Step(Zeros([1, 3]), new(Zeros([1, 4]), Zeros([1, 3]))));
        Refused("Lstm: x [2, 5, 4] came, [N, T, 3] with at least one time step is needed", () => lstm.Forward(Zeros([2, 5, 4])));
        Refused("Lstm: the first state [2, 4] came, 2 layers and x [2, 5, 3] need [2, 2, 4]",
            () => lstm.Forward(Sequences, new(Zeros([2, 4]), Zeros([2, 2, 4]))));
        Assert.Throws<ArgumentException>(() => Lstm([lstm.Cells[1], lstm.Cells[0]]));
        Assert.Equal("Lstm: layers is 0, 1 or more is needed.", Assert.Throws<ArgumentOutOfRangeException>(() => Lstm(3, 4, new Random(1), layers: 0)).Message);

        static void Refused(string message, Action act) => Assert.Equal(message, Assert.Throws<ShapeException>(act).Message);
    }
}
