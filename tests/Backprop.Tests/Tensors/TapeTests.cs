using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Tensors;

public class TapeTests
{
    private readonly Parameter<double> w = Parameter([2, 2], 1, 2, 3, 4);
    private readonly Parameter<double> v = Parameter([2, 1], 0.5, -1);
    private readonly Tensor<double> x = Tensor([1, 2], 3, 5);

    private static Tensor<double> Cube(Tensor<double> x) => new CubeOp(x).Apply();

    [Fact]
    public void Every_step_that_reads_a_watched_value_is_recorded_in_order()
    {
        using var tape = Record([w, v], x);
        var y = Cube(x.MatMul(w)).MatMul(v);
        Assert.Equal(["MatMul", "Cube", "MatMul"], tape.Steps.Select(step => step.Name));
        Assert.Same(y, tape.Steps[^1].Output);
        Assert.Same(tape.Steps[1], tape.Steps[1].Output.Source);
    }

    [Fact]
    public void A_step_on_an_input_is_recorded_though_it_wants_no_gradient()
    {
        using var tape = Record([w], x);
        var mask = Cube(x);
        Assert.Single(tape.Steps);
        tape.Replay(Tensor([1, 2], 1, 2));
        Assert.Equal([1, 8], mask.Values.ToArray());
    }

    [Fact]
    public void Nothing_is_recorded_where_nothing_is_watched()
    {
        using var tape = Record([w], x);
        var y = Cube(Tensor([1], 2));
        Assert.Empty(tape.Steps);
        Assert.Null(y.Source);
    }

    [Fact]
    public void A_leaf_that_is_not_watched_is_a_constant()
    {
        var c = Tensor([2, 2], 1, 0, 0, 1);
        using var tape = Record([w], x);
        x.MatMul(w).MatMul(c).MatMul(c);
        Assert.Equal([c], tape.Constants);
    }

    [Fact]
    public void Backward_fills_the_gradients()
    {
        using var tape = Record([w, v], x);
        tape.Backward(x.MatMul(w).MatMul(v));
        Assert.Equal([1.5, -3, 2.5, -5], w.Gradient.ToArray());
        Assert.Equal([18, 26], v.Gradient.ToArray());
    }

    [Fact]
    public void An_input_gets_no_gradient()
    {
        using var tape = Record([w, v], x);
        tape.Backward(x.MatMul(w).MatMul(v));
        Assert.False(x.HasGradient);
        var error = Assert.Throws<InvalidOperationException>(() => x.Gradient.Length);
        Assert.Contains("has no gradient", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_contribution_writes_and_later_ones_add()
    {
        var a = Parameter([1, 1], 3);
        using var tape = Record([a]);
        tape.Backward(Cube(a).MatMul(Cube(a)).MatMul(a));   // a⁷
        Assert.Equal(7 * 729, a.Gradient[0], 1e-9);
        tape.Replay();
        tape.Backward(tape.Steps[^1].Output);
        Assert.Equal(7 * 729, a.Gradient[0], 1e-9);
    }

    [Fact]
    public void Backward_adds_to_earlier_gradients_when_told_to()
    {
        using var tape = Record([w, v], x);
        var loss = x.MatMul(w).MatMul(v);
        tape.Backward(loss);
        tape.Replay();
        tape.Backward(loss, accumulate: true);
        Assert.Equal([36, 52], v.Gradient.ToArray());
        tape.Replay();
        tape.Backward(loss);
        Assert.Equal([18, 26], v.Gradient.ToArray());
    }

    [Fact]
    public void A_parameter_that_the_loss_does_not_reach_has_no_gradient()
    {
        using var first = Record([w, v], x);
        first.Backward(x.MatMul(w).MatMul(v));
        using var second = Record([w, v], x);
        var loss = Tensor([1, 2], 1, 1).MatMul(v);
        x.MatMul(w);
        second.Backward(loss);
        Assert.False(w.HasGradient);
        Assert.True(v.HasGradient);
    }

    [Fact]
    public void A_frozen_parameter_is_skipped()
    {
        w.Trainable = false;
        using var tape = Record([w, v], x);
        tape.Backward(x.MatMul(w).MatMul(v));
        Assert.False(w.HasGradient);
        Assert.Equal([18, 26], v.Gradient.ToArray());
    }

    [Fact]
    public void Backward_takes_the_gradient_of_an_output_of_any_shape()
    {
        using var tape = Record([w], x);
        tape.Backward(x.MatMul(w), Tensor([1, 2], 10, 100));
        Assert.Equal([30, 300, 50, 500], w.Gradient.ToArray());
    }

    [Fact]
    public void Commit_runs_once_after_backward_in_training_and_never_in_inference()
    {
        foreach (bool training in new[] { true, false })
        {
            using var tape = Record([w], training, x);
            var loss = Cube(x.MatMul(w)).MatMul(v);
            var cube = (CubeOp)tape.Steps[1];
            tape.Replay();
            Assert.Equal(0, cube.Commits);
            tape.Backward(loss);
            Assert.Equal(training ? 1 : 0, cube.Commits);
        }
    }

    [Fact]
    public void Copy_takes_a_value_off_the_tape()
    {
        Tensor<double> y, copy;
        using (Record([w], x))
        {
            y = x.MatMul(w);
            copy = y.Copy();
        }
        Assert.Equal([18, 26], copy.Values.ToArray());
        var error = Assert.Throws<ObjectDisposedException>(() => y.Values.Length);
        Assert.Contains("Copy()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_keep_values_and_gradients_when_the_tape_is_gone()
    {
        using (var tape = Record([v], x)) tape.Backward(x.MatMul(v));
        Assert.Equal([3, 5], v.Gradient.ToArray());
    }

    [Fact]
    public void A_loop_that_records_each_step_uses_the_same_memory()
    {
        ParameterList<double> parameters = [w, v];
        using (Record(parameters, x)) x.MatMul(w);
        var arena = parameters.RentArena();
        parameters.ReturnArena(arena);
        using var tape = Record(parameters, x);
        Assert.Same(arena, tape.Arena);
    }

    [Fact]
    public void Outputs_begin_at_multiples_of_64_bytes()
    {
        using var tape = Record([w], x);
        for (int i = 0; i < 5; i++) x.MatMul(w);
        foreach (var step in tape.Steps)
        {
            ref double first = ref System.Runtime.InteropServices.MemoryMarshal.GetReference(step.Output.Values);
            nint address;
            unsafe { address = (nint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref first); }
            Assert.Equal(0, address % 64);
        }
    }

    [Fact]
    public void A_tape_can_be_read_and_replayed_while_another_is_open()
    {
        using var first = Record([w, v], x);
        var loss = x.MatMul(w).MatMul(v);
        first.Backward(loss);
        using var second = Record([w, v]);
        first.Replay(Tensor([1, 2], 1, 0));
        Assert.Equal(-1.5, loss.Value);
    }

    [Fact]
    public void The_first_step_that_is_not_finite_is_found()
    {
        using var tape = Record([w, v], x);
        x.MatMul(w).MatMul(v);
        Assert.Null(tape.FindNonFinite());
        w.Set(0, double.PositiveInfinity);
        tape.Replay();
        Assert.Same(tape.Steps[0], tape.FindNonFinite());
    }
}
