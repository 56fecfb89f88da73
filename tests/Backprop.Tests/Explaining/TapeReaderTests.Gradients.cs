using Backprop.Explaining;
using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Explaining;

// Gradients that the tape's own backward pass did not compute alone.
public partial class TapeReaderTests
{
    private static ReadStep<double> Line(Tape<double> tape, string symbol) =>
        TapeReader<double>.Attach(tape).Steps.Single(step => step.Symbol == symbol);

    [Fact]
    public void A_gradient_added_to_an_earlier_one_says_so()
    {
        var w = new Parameter<double>([1], [3], "w");
        var v = new Parameter<double>([1], [5], "v");
        using (var first = Record([w])) first.Backward((w * w).Sum());
        using var tape = Record([w, v]);
        tape.Backward((w * w * v).Sum(), accumulate: true);
        var line = Line(tape, "∂L/∂w");
        Assert.EndsWith(" + earlier", line.Formula, StringComparison.Ordinal);
        Assert.EndsWith(" + earlier", line.Numbers, StringComparison.Ordinal);
        Assert.Equal(36, line.EntryResult);
        Assert.DoesNotContain("earlier", Line(tape, "∂L/∂v").Formula, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gradient_that_another_tape_has_written_since_is_not_read()
    {
        var w = new Parameter<double>([1], [3], "w");
        using var tape = Record([w]);
        tape.Backward((w * w).Sum());
        using (var other = Record([w])) other.Backward((w * w * w).Sum());
        var error = Assert.Throws<InvalidOperationException>(() => TapeReader<double>.Attach(tape));
        Assert.Contains("gradient of 'w'", error.Message, StringComparison.Ordinal);
        Assert.Contains("Attach the reader right after", error.Message, StringComparison.Ordinal);
        tape.Replay();
        Assert.DoesNotContain(TapeReader<double>.Attach(tape).Steps, step => step.Phase == Phase.Backward);
    }

    [Fact]
    public void A_gradient_that_another_tape_has_taken_away_is_not_read()
    {
        var (v, w) = (new Parameter<double>([1], [2], "v"), new Parameter<double>([1], [3], "w"));
        using var tape = Record([w]);
        tape.Backward((w * w).Sum());
        using (var other = Record([v, w])) other.Backward((v * v).Sum());
        Assert.Throws<InvalidOperationException>(() => TapeReader<double>.Attach(tape));
    }

    [Fact]
    public void A_tape_replayed_after_another_one_is_read_again()
    {
        var w = new Parameter<double>([1], [3], "w");
        using var tape = Record([w]);
        var loss = (w * w).Sum();
        tape.Backward(loss);
        using (var other = Record([w])) other.Backward((w * w * w).Sum());
        tape.Replay();
        tape.Backward(loss);
        Assert.Equal(6, Line(tape, "∂L/∂w").EntryResult);
    }

    [Fact]
    public void A_given_number_is_not_explained_by_a_formula()
    {
        var (w, x1) = (new Parameter<double>([1, 2], [2, 4], "w"), Tensor([1, 1], 3));
        using var tape = Record([w], x1);
        var z = x1.MatMul(w);
        var loss = z.Tanh().Sum();
        tape.Replay([new Pin<double>(z, 0, 100), new Pin<double>(w, 1, 7, OnGradient: true)]);
        tape.Backward(loss);
        var forward = Line(tape, "z1");
        Assert.Equal(("given", 100), (forward.Numbers, forward.EntryResult));
        Assert.EndsWith(", [0,0] given", forward.Formula, StringComparison.Ordinal);
        var backward = Line(tape, "∂L/∂w");
        Assert.Equal(("[0,1]", "given", 7), (backward.Entry, backward.Numbers, backward.EntryResult));
        tape.Replay();
        tape.Backward(loss);
        Assert.All(TapeReader<double>.Attach(tape).Steps, step => Assert.DoesNotContain("given", step.Formula + step.Numbers, StringComparison.Ordinal));
    }

    [Fact]
    public void A_given_output_gradient_is_no_1()
    {
        var (w, x1) = (new Parameter<double>([1, 2], [2, 4], "w"), Tensor([1, 1], 3));
        using var tape = Record([w], x1);
        var output = x1.MatMul(w).Named("out");
        tape.Backward(output, Tensor([1, 2], 5, 6));
        Assert.Equal(("given", "given", 5), (Line(tape, "∂L/∂out").Formula, Line(tape, "∂L/∂out").Numbers, Line(tape, "∂L/∂out").EntryResult));
        Assert.Contains("∂L/∂out", Line(tape, "∂L/∂w").Formula, StringComparison.Ordinal);
        Assert.Equal(("3·5", 15), (Line(tape, "∂L/∂w").Numbers, Line(tape, "∂L/∂w").EntryResult));
    }

    [Fact]
    public void An_update_by_another_gradient_or_by_two_steps_is_not_read()
    {
        var (tape, optimizer) = Train();
        using (tape)
        {
            var reader = TapeReader<double>.Attach(tape);
            optimizer.Step();
            optimizer.Step();
            Assert.Contains("more than once", Assert.Throws<InvalidOperationException>(() => reader.Update(optimizer)).Message, StringComparison.Ordinal);
            tape.Replay();
            tape.Backward(tape.Loss!);
            reader = TapeReader<double>.Attach(tape);
            tape.Replay();
            tape.Backward(tape.Loss!);
            optimizer.Step();
            Assert.Contains("another Backward", Assert.Throws<InvalidOperationException>(() => reader.Update(optimizer)).Message, StringComparison.Ordinal);
        }
    }
}
