using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Tensors;

/// <summary>Each misuse has a text that says what to do instead.</summary>
public class TapeMisuseTests
{
    private readonly Parameter<double> w = new([2, 2], [1, 2, 3, 4], "w");
    private readonly Parameter<double> v = new([2, 1], [0.5, -1], "v");
    private readonly Tensor<double> x = Tensor([1, 2], 3, 5);

    private static void Says<TException>(string part, Action action) where TException : Exception =>
        Assert.Contains(part, Assert.Throws<TException>(action).Message, StringComparison.Ordinal);

    [Fact]
    public void Backward_twice()
    {
        using var tape = Record([w, v], x);
        var loss = x.MatMul(w).MatMul(v);
        tape.Backward(loss);
        Says<InvalidOperationException>("Replay the tape first", () => tape.Backward(loss));
    }

    [Fact]
    public void A_loss_that_is_no_single_number()
    {
        using var tape = Record([w], x);
        var y = x.MatMul(w);
        Says<ShapeException>("the loss is a single number; take its Sum or Mean", () => tape.Backward(y));
    }

    [Fact]
    public void A_loss_of_another_tape()
    {
        using var other = Record([w, v], x);
        var loss = x.MatMul(w).MatMul(v);
        other.Backward(loss);
        using var tape = Record([w, v], x);
        Says<InvalidOperationException>("not computed on this tape", () => tape.Backward(loss));
    }

    [Fact]
    public void A_loss_that_no_parameter_reaches()
    {
        using var tape = Record([w], x);
        var loss = x.MatMul(Tensor([2, 1], 1, 1));
        Says<InvalidOperationException>("depends on no trainable parameter", () => tape.Backward(loss));
    }

    [Fact]
    public void A_parameter_on_two_open_tapes()
    {
        using var tape = Record([w], x);
        Says<InvalidOperationException>("the parameter 'w' is on another open tape", () => Record([v, w]));
        Assert.Null(v.Tape);
    }

    [Fact]
    public void An_input_on_two_open_tapes()
    {
        using var tape = Record([w], x);
        Says<InvalidOperationException>("on another open tape", () => Record([v], x));
    }

    [Fact]
    public void Operands_of_two_open_tapes()
    {
        using var first = Record([w], x);
        using var second = Record([v]);
        var h = x.MatMul(w);
        Says<InvalidOperationException>("on two open tapes", () => h.MatMul(v));
    }

    [Fact]
    public void An_operand_of_a_sealed_tape()
    {
        using var first = Record([w, v], x);
        var h = x.MatMul(w);
        first.Backward(h.MatMul(v));
        using var second = Record([w, v], x);
        Says<InvalidOperationException>("Copy()", () => h.MatMul(v));
    }

    [Fact]
    public void Recording_from_another_thread()
    {
        using var tape = Record([w], x);
        Exception? caught = null;
        var thread = new Thread(() => caught = Xunit.Record.Exception(() => x.MatMul(w)));
        thread.Start();
        thread.Join();
        Assert.Contains("model.Predictor()", Assert.IsType<InvalidOperationException>(caught).Message, StringComparison.Ordinal);
        Assert.Empty(tape.Steps);
    }

    [Fact]
    public void A_weight_changed_between_forward_and_backward()
    {
        using var tape = Record([w, v], x);
        var loss = x.MatMul(w).MatMul(v);
        w.Set(0, 9);
        Says<InvalidOperationException>("the values of 'w' [2, 2] have changed since the forward run", () => tape.Backward(loss));
        tape.Replay();
        tape.Backward(loss);
        Assert.Equal(9 * 3 + 3 * 5, v.Gradient[0]);
    }

    [Fact]
    public void An_input_or_a_constant_changed_between_forward_and_backward()
    {
        var constant = Tensor([2, 1], 1, 1);
        using var tape = Record([w], x);
        var loss = x.MatMul(w).MatMul(constant);
        x.Set(0, 100);
        Says<InvalidOperationException>("the values of a tensor [1, 2] have changed", () => tape.Backward(loss));
        tape.Replay();
        constant.Set(0, 7);
        Says<InvalidOperationException>("the values of a tensor [2, 1] have changed", () => tape.Backward(loss));
    }

    [Fact]
    public void Indices_changed_between_forward_and_backward()
    {
        var rows = Indices([1], 0);
        using var tape = Record([v], rows);
        var loss = v.Gather(rows);
        rows.Set([1]);
        Says<InvalidOperationException>("the values of indices [1] have changed", () => tape.Backward(loss));
    }

    [Fact]
    public void A_tape_lost_in_an_exception_can_be_closed()
    {
        ParameterList<double> parameters = [w, v];
        Record(parameters, x);
        Says<InvalidOperationException>("CloseTapes()", () => Record(parameters, x));
        parameters.CloseTapes();
        using var tape = Record(parameters, x);
        Assert.True(tape.IsOpen);
    }

    [Fact]
    public void An_input_given_twice() => Says<ArgumentException>("an input came twice", () => Record([w], x, x));

    [Fact]
    public void A_weight_frozen_between_recording_and_backward()
    {
        using var tape = Record([w, v], x);
        var loss = x.MatMul(w).MatMul(v);
        w.Trainable = false;
        Says<InvalidOperationException>("Trainable of 'w' has changed", () => tape.Backward(loss));
    }

    [Fact]
    public void A_tape_used_after_its_end()
    {
        var tape = Record([w, v], x);
        var loss = x.MatMul(w).MatMul(v);
        tape.Dispose();
        tape.Dispose();
        Says<ObjectDisposedException>("disposed", () => tape.Replay());
        Says<ObjectDisposedException>("disposed", () => tape.Backward(loss));
        Says<ObjectDisposedException>("disposed", () => _ = tape.Steps);
        Assert.DoesNotContain("Object name", Assert.Throws<ObjectDisposedException>(() => loss.Value).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Writing_a_computed_value()
    {
        using var tape = Record([w], x);
        var y = x.MatMul(w);
        Says<InvalidOperationException>("MatMul computed this tensor", () => y.Set(0, 1));
    }

    [Fact]
    public void A_number_type_other_than_float_and_double() =>
        Says<NotSupportedException>("float or double", () => Nn<Half>.Tensor([1], (Half)1));
}
