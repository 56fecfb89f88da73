using Backprop.Randomness;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Tensors;

public class RecurrenceTests
{
    private static readonly Tensor<double> Sequences = Tensor([2, 3, 2], [.. Enumerable.Range(0, 12).Select(i => Math.Sin(i))]);

    [Fact]
    public void Each_step_of_an_unrolled_network_knows_its_time_step()
    {
        var random = new SeededRandom(1);
        var model = Sequential(Rnn(2, 3, random, unrolled: true), Linear(3, 1, random));
        var x = Sequences.Copy();
        using var tape = Record(model.Parameters, x);
        model.Forward(x);
        Assert.Equal([1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, null], tape.Steps.Select(step => step.Time));
        var recurrence = tape.Steps[0].Recurrence!;
        Assert.All(tape.Steps.SkipLast(1), step => Assert.Same(recurrence, step.Recurrence));
        Assert.Null(tape.Steps[^1].Recurrence);
        Assert.Equal(3, recurrence.TimeSteps);
        Assert.Equal(["h_0", "h_1", "h_2", "h_3"], recurrence.States.Select(state => state.Name));
        Assert.Empty(recurrence.Cells);
        for (int t = 1; t <= 3; t++) Assert.Equal(t, recurrence.States[t].Source!.Time);
    }

    [Fact]
    public void A_memory_has_cells_too()
    {
        var model = Lstm(2, 3, new SeededRandom(1), returnSequences: true, truncate: 1, unrolled: true);
        var x = Sequences.Copy();
        using var tape = Record(model.Parameters, x);
        model.Forward(x, new Indices([2], 3, 2));
        var recurrence = tape.Steps[0].Recurrence!;
        Assert.Equal(["c_0", "c_1", "c_2", "c_3"], recurrence.Cells.Select(cell => cell.Name));
        Assert.All(tape.Steps.SkipLast(1), step => Assert.NotNull(step.Time));
        Assert.Null(tape.Steps[^1].Time);
    }

    [Fact]
    public void Layers_and_directions_are_told_apart_by_their_paths()
    {
        var random = new SeededRandom(1);
        var model = Sequential(
            Bidirectional(Rnn(2, 2, random, returnSequences: true, unrolled: true), Rnn(2, 2, random, returnSequences: true, unrolled: true)),
            Gru(4, 2, random, layers: 2, unrolled: true));
        var x = Sequences.Copy();
        using var tape = Record(model.Parameters, x);
        model.Forward(x);
        var layers = tape.Steps.Where(step => step.Recurrence is not null).GroupBy(step => step.Recurrence).Select(steps => steps.Select(step => step.Layer).Distinct().Single());
        Assert.Equal(["bidirectional1.forward", "bidirectional1.backward", "gru1.layer1", "gru1.layer2"], layers);
        Assert.Equal([false, true, false, false], tape.Steps.Select(step => step.Recurrence).OfType<Recurrence<double>>().Distinct().Select(each => each.ReadsFromEnd));
        foreach (var step in tape.Steps)
            foreach (var parameter in step.Inputs.OfType<Parameter<double>>()) Assert.StartsWith($"{step.Layer}.", tape.NameOf(parameter), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stack_that_reads_from_the_end_does_so_in_every_layer()
    {
        var random = new SeededRandom(1);
        var model = Sequential(Bidirectional(Rnn(2, 2, random, layers: 2, unrolled: true), Rnn(2, 2, random, layers: 2, unrolled: true)));
        var x = Sequences.Copy();
        using var tape = Record(model.Parameters, x);
        model.Forward(x);
        Assert.Equal(
            [("bidirectional1.forward.layer1", false), ("bidirectional1.forward.layer2", false), ("bidirectional1.backward.layer1", true), ("bidirectional1.backward.layer2", true)],
            tape.Steps.Where(step => step.Recurrence is not null).Select(step => (step.Layer, step.Recurrence!.ReadsFromEnd)).Distinct());
    }

    [Fact]
    public void What_is_fused_has_no_time_steps()
    {
        var model = Rnn(2, 3, new SeededRandom(1));
        var x = Sequences.Copy();
        using var tape = Record(model.Parameters, x);
        model.Forward(x);
        Assert.Null(Assert.Single(tape.Steps).Time);
    }
}
