using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

public class GruTests
{
    public static LayerCase[] Cases =>
    [
        new("Gru to the last state", random => Gru(2, 3, random, name: "memory"), [2, 4, 2]),
        new("Gru to all states", random => Gru(2, 3, random, returnSequences: true), [2, 4, 2]),
        new("Gru unrolled", random => Gru(2, 3, random, returnSequences: true, unrolled: true), [2, 3, 2]),
        new("Gru without biases", random => Gru(2, 3, random, bias: false), [2, 3, 2]),
        new("Gru of two layers", random => Gru(2, 3, random, layers: 2), [2, 3, 2]),
        new("Rnn of two layers with ReLU", random => Rnn(2, 3, random, activation: RnnActivation.Relu, layers: 2), [2, 3, 2]),
    ];

    private const int T = 5;

    private static Tensor<double> Sequences => Tensor([2, T, 3], [.. Enumerable.Range(0, 30).Select(i => Math.Sin(1.3 * i + 0.2))]);

    [Fact]
    public void Both_biases_begin_at_zero_or_are_left_out()
    {
        var cell = GruCell(2, 3, new Random(7));
        Assert.Equal(["inputWeight", "recurrentWeight", "bias", "recurrentBias"], cell.Parameters.Names);
        Assert.Equal(new double[9], cell.RecurrentBias!.Values.ToArray());
        Assert.Equal(".z[1,2]", cell.InputWeight.Place(9 + 5));
        Assert.Equal(["inputWeight", "recurrentWeight"], GruCell(2, 3, new Random(7), bias: false).Parameters.Names);
        Assert.Equal(new double[6], GruCell(Zeros([1, 6]), Zeros([2, 6]), Zeros([6])).RecurrentBias!.Values.ToArray());
        Assert.Throws<ShapeException>(() => GruCell(Zeros([1, 6]), Zeros([2, 6]), null, Zeros([6])));
        Assert.Throws<ShapeException>(() => GruCell(Zeros([1, 6]), Zeros([2, 6]), Zeros([6]), Zeros([2])));
    }

    [Fact]
    public void The_states_are_those_of_the_cell_step_by_step()
    {
        var gru = Gru(3, 4, new Random(3), returnSequences: true);
        foreach (var parameter in gru.Parameters) parameter.Set([.. Enumerable.Range(0, parameter.Length).Select(i => 0.5 * Math.Sin(i + 1))]);
        var (states, last) = gru.Forward(Sequences, gru.Start(2));
        var state = gru.Cell.Start(2);
        for (int t = 0; t < T; t++)
        {
            state = gru.Cell.Step(Sequences.Select(1, t), state);
            Assert.Equal(state.Values.ToArray(), states.Select(1, t).Values.ToArray());
        }
        Assert.Equal(state.Values.ToArray(), last.Values.ToArray());
        Assert.Equal(state.Values.ToArray(), Gru(gru.Cell).Forward(Sequences).Values.ToArray());
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public void A_stream_in_two_parts_is_the_whole(bool all, int layers)
    {
        var gru = Gru(3, 4, new Random(3), returnSequences: all, layers: layers);
        var (whole, end) = gru.Forward(Sequences, gru.Start(2));
        var (first, state) = gru.Forward(Sequences.Slice(1, 0, 2), gru.Start(2));
        var (second, last) = gru.Forward(Sequences.Slice(1, 2, 3), state);
        Assert.Equal(whole.Values.ToArray(), (all ? Concat(1, first, second) : second).Values.ToArray());
        Assert.Equal(end.Values.ToArray(), last.Values.ToArray());
    }

    [Fact]
    public void Gates_are_named_by_their_time_step_where_it_is_unrolled()
    {
        var gru = Gru(3, 4, new Random(3), unrolled: true);
        using var tape = Record(gru.Parameters, Sequences);
        gru.Forward((Tensor<double>)tape.Inputs[0]);
        var names = tape.Steps.Select(step => step.Output.Name).Where(name => name.EndsWith("_2", StringComparison.Ordinal));
        Assert.Equal(["x_2", "u_2", "v_2", "zr_2", "r_2", "zz_2", "z_2", "zn_2", "n_2", "h_2"], names);
    }

    [Fact]
    public void Cells_of_two_activations_do_not_make_one_network() => Assert.Throws<ArgumentException>(
        () => Rnn([RnnCell(2, 2, new Random(1)), RnnCell(2, 2, new Random(1), activation: RnnActivation.Relu)]));
}
