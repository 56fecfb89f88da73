using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Reference;

/// <summary>The two bugs that users of karpathy/micrograd meet; its numbers are replayed by Backprop.Lessons.</summary>
public class MicrogradTests
{
    [Fact]
    public void A_value_that_is_used_twice_collects_both_gradients()
    {
        var a = Parameter([], 3);
        using var tape = Record([a]);
        Tensor<double> b = a + a;
        tape.Backward(b + b);
        Assert.Equal([4], a.Gradient.ToArray());
    }

    [Fact]
    public void A_second_backward_is_refused_and_a_replay_gives_the_same_again_or_the_sum_if_asked_for()
    {
        var (a, b) = (Parameter([], 3), Parameter([], 2));
        using var tape = Record([a, b]);
        var d = (a + b) * 1;
        tape.Backward(d);
        Assert.Throws<InvalidOperationException>(() => tape.Backward(d));
        Assert.Equal([1], a.Gradient.ToArray());

        tape.Replay();
        tape.Backward(d);
        Assert.Equal([1], a.Gradient.ToArray());

        tape.Replay();
        tape.Backward(d, accumulate: true);
        Assert.Equal([2], a.Gradient.ToArray());
    }
}
