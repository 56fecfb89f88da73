using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Reference;

/// <summary>The published numbers of karpathy/micrograd: its README, its test, its lecture, and the two bugs that its users meet.</summary>
public class MicrogradTests
{
    [Fact]
    public void The_expression_of_the_readme()
    {
        var (a, b) = (Parameter([], -4), Parameter([], 2));
        using var tape = Record([a, b]);
        var c = a + b;
        c = 2 * c + 1;
        c = 2 * c + 1 - a;
        var d = a * b + b.Power(3);
        d = 3 * d + (b + a).Relu();
        d = 4 * d + (b - a).Relu();
        var e = c - d;
        var f = e.Square();
        var g = f / 2 + 10 / f;
        tape.Backward(g);
        Assert.Equal([-1, 6, -7, 49], [c.Value, d.Value, e.Value, f.Value]);
        Published.Same("24.70408163265306", g.Value);
        Published.Same("138.83381924198252", a.Gradient);
        Published.Same("645.5772594752187", b.Gradient);
        Published.Same("-6.941690962099126 6.941690962099126 0.4958350687213661", [c.Gradient[0], d.Gradient[0], f.Gradient[0]]);
    }

    [Fact]
    public void The_sanity_check()
    {
        var x = Parameter([], -4);
        using var tape = Record([x]);
        var z = 2 * x + 2 + x;
        var q = z.Relu() + z * x;
        var y = z.Square().Relu() + q + q * x;
        tape.Backward(y);
        Assert.Equal(-20, y.Value);
        Assert.Equal([46], x.Gradient.ToArray());
    }

    [Fact]
    public void The_lectures_first_expression()
    {
        var (a, b, c, f) = (Parameter([], 2), Parameter([], -3), Parameter([], 10), Parameter([], -2));
        using var tape = Record([a, b, c, f]);
        var e = a * b;
        var d = e + c;
        var loss = d * f;
        tape.Backward(loss);
        Assert.Equal(-8, loss.Value);
        Assert.Equal([6, -4, -2, 4], [a.Gradient[0], b.Gradient[0], c.Gradient[0], f.Gradient[0]]);
        Assert.Equal([-2, -2], [e.Gradient[0], d.Gradient[0]]);
    }

    [Fact]
    public void The_lectures_neuron()
    {
        var (x, w, b) = (Parameter([1, 2], 2, 0), Parameter([2, 1], -3, 1), Parameter([1], 6.8813735870195432));
        using var tape = Record([x, w, b]);
        var n = x.Linear(w, b);
        var o = n.Tanh();
        tape.Backward(o);
        Published.Same("0.8813735870195432", n.Value);
        Published.Same("0.7071067811865477", o.Value);
        Published.Same("-1.5 0.5", [.. x.Gradient.ToArray().Select(g => Math.Round(g, 14))]);
        Published.Same("1.0 0.0", [.. w.Gradient.ToArray().Select(g => Math.Round(g, 14))]);
    }

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
