using Backprop.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Reference;

/// <summary>The circuits of CS231n's notes "optimization-2", and the losses that a network starts with.</summary>
public class CircuitTests
{
    [Fact]
    public void A_sum_times_a_number()
    {
        var (x, y, z) = (Parameter([], -2), Parameter([], 5), Parameter([], -4));
        using var tape = Record([x, y, z]);
        var f = (x + y) * z;
        tape.Backward(f);
        Assert.Equal(-12, f.Value);
        Assert.Equal([-4, -4, 3], [x.Gradient[0], y.Gradient[0], z.Gradient[0]]);
    }

    [Fact]
    public void A_sigmoid_neuron()
    {
        var (w, x) = (Parameter([3], 2, -3, -3), Parameter([2], -1, -2));
        using var tape = Record([w, x]);
        var dot = (w.Slice(0, 0, 2) * x).Sum() + w.Slice(0, 2, 1).Sum();
        var f = dot.Sigmoid();
        tape.Backward(f);
        Assert.Equal(1, dot.Value);
        Published.Same("0.7310585786300049", f.Value);
        Published.Same("0.19661193324148185", dot.Gradient);
        Published.Same("0.3932238664829637 -0.5898357997244456", x.Gradient);
        Published.Same("-0.19661193324148185 -0.3932238664829637 0.19661193324148185", w.Gradient);
    }

    [Fact]
    public void The_same_neuron_gate_by_gate()
    {
        var (w0, x0, w1, x1, w2) = (Parameter([], 2), Parameter([], -1), Parameter([], -3), Parameter([], -2), Parameter([], -3));
        using var tape = Record([w0, x0, w1, x1, w2]);
        var dot = w0 * x0 + w1 * x1 + w2;
        var negative = -dot;
        var power = negative.Exp();
        var f = 1 / (power + 1);
        tape.Backward(f);
        Published.Same("0.73", f.Value);
        Published.Same("-0.53", power.Gradient);
        Published.Same("-0.20", negative.Gradient);
        Published.Same("0.20", dot.Gradient);
        Published.Same("-0.20 0.39 -0.39 -0.59 0.20", [w0.Gradient[0], x0.Gradient[0], w1.Gradient[0], x1.Gradient[0], w2.Gradient[0]]);
    }

    [Fact]
    public void A_staged_expression_with_two_sigmoids()
    {
        var (x, y) = (Parameter([], 3), Parameter([], -4));
        using var tape = Record([x, y]);
        var f = (x + y.Sigmoid()) / (x.Sigmoid() + (x + y).Square());
        tape.Backward(f);
        Published.Same("1.5456448841066441", f.Value);
        Published.Same("2.0595697955721652", x.Gradient);
        Published.Same("1.5922327514838093", y.Gradient);
    }

    [Fact]
    public void A_maximum_routes_the_gradient_to_the_larger()
    {
        var (x, y, z, w) = (Parameter([], 3), Parameter([], -4), Parameter([], 2), Parameter([], -1));
        using var tape = Record([x, y, z, w]);
        var f = 2 * (x * y + z.Maximum(w));
        tape.Backward(f);
        Assert.Equal(-20, f.Value);
        Assert.Equal([-8, 6, 2, 0], [x.Gradient[0], y.Gradient[0], z.Gradient[0], w.Gradient[0]]);
    }

    [Fact]
    public void The_softmax_gradient_is_the_probabilities_with_one_taken_off_the_class()
    {
        var logits = Parameter([1, 3], Math.Log(0.2), Math.Log(0.3), Math.Log(0.5));
        using var tape = Record([logits]);
        tape.Backward(SoftmaxCrossEntropy(logits, Indices([1], 1)));
        Published.Same("0.2 -0.7 0.5", [.. logits.Gradient.ToArray().Select(g => Math.Round(g, 14))]);
    }

    [Theory]
    [InlineData(10, "2.3026")]
    [InlineData(3, "1.0986")]
    public void A_softmax_that_knows_nothing_starts_with_the_log_of_the_classes(int classes, string printed)
    {
        var loss = SoftmaxCrossEntropy(Zeros([4, classes]), Indices([4], 0, 1, 2, 0)).Value;
        Published.Same(printed, loss);
        Assert.Equal(Math.Log(classes), loss, 14);
    }
}
