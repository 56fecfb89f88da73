using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Tensors;

public class ReplayTests
{
    private readonly Parameter<double> w = new([2, 2], [1, 2, 3, 4], "w");
    private readonly Parameter<double> v = new([2, 1], [0.5, -1], "v");
    private readonly Tensor<double> x = Tensor([1, 2], 3, 5);

    [Fact]
    public void New_inputs_run_through_the_same_steps()
    {
        using var tape = Record([w, v], x);
        var h = x.MatMul(w);
        var loss = h.MatMul(v);
        tape.Replay(Tensor([1, 2], 1, -1));
        Assert.Equal([-2, -2], h.Values.ToArray());
        Assert.Equal(1, loss.Value);
        Assert.Equal([1, -1], x.Values.ToArray());
        tape.Backward(loss);
        Assert.Equal([-2, -2], v.Gradient.ToArray());
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        using var tape = Record([w, v], x);
        var loss = x.MatMul(w).MatMul(v);
        var other = Tensor([1, 2], 1, -1);
        Assert.Equal(0, Allocated.Least(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                tape.Replay(other);
                tape.Backward(loss);
            }
        }));
    }

    [Fact]
    public void Another_shape_is_refused()
    {
        using var tape = Record([w], x);
        x.MatMul(w);
        var error = Assert.Throws<ShapeException>(() => tape.Replay(Tensor([2, 2], 1, 2, 3, 4)));
        Assert.Equal("Replay: input 0 is [2, 2], recorded was [1, 2]; another shape needs a recording of its own", error.Message);
    }

    [Fact]
    public void Another_number_of_inputs_is_refused()
    {
        using var tape = Record([w], x);
        Assert.Throws<ArgumentException>(() => tape.Replay(x, x));
    }

    [Fact]
    public void Indices_in_the_place_of_a_tensor_are_refused()
    {
        using var tape = Record([w], x);
        Assert.Throws<ArgumentException>(() => tape.Replay(Indices([1, 2], 0, 1)));
    }

    [Fact]
    public void Numbers_of_another_type_are_refused_and_nothing_is_taken()
    {
        using var tape = Record([w], x);
        var error = Assert.Throws<ArgumentException>(() => tape.Replay(Nn<float>.Tensor([1, 2], 1, -1)));
        Assert.Equal("Replay: input 0 is a tensor of numbers of another type, the tape was recorded with a tensor.", error.Message);
        Assert.Equal([3, 5], x.Values.ToArray());
    }

    [Fact]
    public void Recorded_inputs_may_change_places()
    {
        var (a, b) = (Tensor([1, 2], 1, 2), Tensor([1, 2], 10, 20));
        using var tape = Record([w], a, b);
        var difference = a - b;
        tape.Replay(b, a);
        Assert.Equal([9, 18], difference.Values.ToArray());
    }

    [Fact]
    public void A_disposed_input_is_found_before_anything_is_taken()
    {
        Tensor<double> gone;
        using (Record([w], x)) gone = x.MatMul(w);
        var y = Tensor([1, 2], 1, 1);
        using var tape = Record([w], x, y);
        x.MatMul(w);
        Assert.Throws<ObjectDisposedException>(() => tape.Replay(Tensor([1, 2], 9, 9), gone));
        Assert.Equal([3, 5], x.Values.ToArray());
    }

    [Fact]
    public void Indices_out_of_range_are_found_also_when_they_were_set()
    {
        var rows = Indices([2], 0, 1);
        using var tape = Record([v], rows);
        var loss = v.Gather(rows).Sum();
        rows.Set([1, 2]);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => tape.Replay());
        Assert.Contains("index 2 at [1] is outside 0 … 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("stopped half-way", Assert.Throws<InvalidOperationException>(() => tape.Backward(loss)).Message, StringComparison.Ordinal);
        rows.Set([1, 1]);
        tape.Replay();
        tape.Backward(loss);
        Assert.Equal([0, 2], v.Gradient.ToArray());
    }

    [Fact]
    public void Indices_out_of_range_are_refused_and_nothing_is_taken()
    {
        var rows = Indices([2], 0, 1);
        using var tape = Record([v], x, rows);
        v.Gather(rows);
        Assert.Throws<ArgumentOutOfRangeException>(() => tape.Replay(Tensor([1, 2], 9, 9), Indices([2], 5, 0)));
        Assert.Equal([0, 1], rows.Values.ToArray());
        Assert.Equal([3, 5], x.Values.ToArray());
    }

    [Fact]
    public void A_target_out_of_range_is_found_in_a_replay()
    {
        var target = Tensor([1, 1], 1);
        using var tape = Record([w, v], x, target);
        BinaryCrossEntropy(x.MatMul(w).MatMul(v).Sigmoid(), target);
        Assert.Throws<ArgumentOutOfRangeException>(() => tape.Replay(x, Tensor([1, 1], 2)));
    }

    [Fact]
    public void A_pinned_value_stands_in_the_place_of_the_computed_one()
    {
        using var tape = Record([w, v], x);
        var h = x.MatMul(w);
        var loss = h.MatMul(v);
        tape.Replay([new Pin<double>(h, 1, 100)]);
        Assert.Equal(18 * 0.5 - 100, loss.Value);
        tape.Backward(loss);
        Assert.Equal([18, 100], v.Gradient.ToArray());
        tape.Replay();
        Assert.Equal(26, h.Values[1]);
    }

    [Fact]
    public void A_pinned_gradient_flows_on()
    {
        using var tape = Record([w, v], x);
        var h = x.MatMul(w);
        var loss = h.MatMul(v);
        tape.Replay([new Pin<double>(h, 0, 7, OnGradient: true), new Pin<double>(v, 1, 42, OnGradient: true)]);
        tape.Backward(loss);
        Assert.Equal([7, -1], h.Gradient.ToArray());
        Assert.Equal([21, -3, 35, -5], w.Gradient.ToArray());
        Assert.Equal([18, 42], v.Gradient.ToArray());
    }

    [Fact]
    public void A_pin_that_replaces_nothing_is_refused()
    {
        using var tape = Record([w], x);
        var y = x.MatMul(w);
        var mask = x * 2.0;
        Assert.Throws<ArgumentException>(() => tape.Replay([new Pin<double>(w, 0, 1)]));
        Assert.Throws<ArgumentException>(() => tape.Replay([new Pin<double>(Zeros([1]), 0, 1)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => tape.Replay([new Pin<double>(y, 2, 1)]));
        Assert.Throws<ArgumentException>(() => tape.Replay([new Pin<double>(mask, 0, 1, OnGradient: true)]));
    }

    [Fact]
    public void A_gradient_of_an_earlier_run_is_not_shown()
    {
        using var tape = Record([w, v], x);
        var h = x.MatMul(w);
        tape.Backward(h.MatMul(v));
        Assert.True(h.HasGradient);
        tape.Replay();
        Assert.False(h.HasGradient);
    }
}
