using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Reference;

/// <summary>Matt Mazur, A Step by Step Backpropagation Example (2015): 2-2-2, sigmoid, ½ squared error, η 0.5. Its own figures are replayed by
/// Backprop.Lessons; these are of variants of it, recomputed independently.</summary>
public class MazurTests
{
    private enum Biases
    {
        /// <summary>One per neuron.</summary>
        OfNeurons,

        /// <summary>One per layer.</summary>
        OfLayers,
    }

    private readonly Tensor<double> x = Tensor([1, 2], 0.05, 0.10), y = Tensor([1, 2], 0.01, 0.99);

    /// <summary>The article's w1 … w4 and w5 … w8, turned to [from, to].</summary>
    private readonly Parameter<double> hidden = Parameter([2, 2], 0.15, 0.25, 0.20, 0.30), output = Parameter([2, 2], 0.40, 0.50, 0.45, 0.55);

    [Fact]
    public void What_the_article_leaves_out_is_right_too()
    {
        using var tape = Record([hidden, output], x, y);
        var (z1, h, z2, loss) = Forward(Bias(0.35, Biases.OfNeurons), Bias(0.60, Biases.OfNeurons));
        tape.Backward(loss);
        Published.Same("0.3775 0.3925", z1.Values);
        Published.Same("1.10590596705977 1.2249214040964653", z2.Values);
        Published.Same("0.13849856162855698 -0.03809823651655623", z2.Gradient);
        Published.Same("0.08216704056423078 -0.022602540477475067 0.08266762784753326 -0.02274024221597822", output.Gradient);
        Published.Same("0.03635030639314468 0.04137032264874471", h.Gradient);
        Published.Same("0.008771354689486937 0.009954254705217202", z1.Gradient);
        Published.Same("0.00043856773447434685 0.0004977127352608601 0.0008771354689486937 0.0009954254705217202", hidden.Gradient);
    }

    [Fact]
    public void Biases_of_neurons_are_learnt_too()
    {
        Published.Same("0.280471446791", Train(1, Biases.OfNeurons, out var b1, out var b2));
        Published.Same("0.3456143226552565 0.3450228726473914", b1.Values);
        Published.Same("0.5307507191857215 0.6190491182582781", b2.Values);
    }

    [Fact]
    public void Biases_of_neurons_learn_faster_over_ten_thousand_rounds() => Published.Same("2.4475622359e-06", Train(10_000, Biases.OfNeurons, out _, out _));

    [Fact]
    public void A_bias_that_a_layer_shares_collects_the_gradient_of_all_its_neurons() => Published.Same("0.285750886699", Train(1, Biases.OfLayers, out _, out _));

    /// <summary>The article's mistake, made with biases too: the output weights are updated before the hidden deltas are computed by them.</summary>
    [Fact]
    public void The_wrong_order_with_biases_of_neurons_is_wrong_in_its_own_way()
    {
        Parameter<double> b1 = Bias(0.35, Biases.OfNeurons), b2 = Bias(0.60, Biases.OfNeurons);
        var (outer, inner) = (Sgd([output, b2], learningRate: 0.5), Sgd([hidden, b1], learningRate: 0.5));
        Tensor<double> outputDeltas;
        using (var tape = Record(outer.Parameters, x, y))
        {
            var (_, _, z2, loss) = Forward(b1, b2);
            tape.Backward(loss);
            outputDeltas = Tensor([1, 2], z2.Gradient);
        }
        outer.Step();
        using (var tape = Record(inner.Parameters, x, y)) tape.Backward(Forward(b1, b2).Z2, outputDeltas);
        inner.Step();
        Published.Same("0.280484076606", Forward(b1, b2).Loss.Value);
    }

    private static Parameter<double> Bias(double value, Biases biases) => biases == Biases.OfLayers ? Parameter([], value) : Parameter([2], value, value);

    private (Tensor<double> Z1, Tensor<double> H, Tensor<double> Z2, Tensor<double> Loss) Forward(Tensor<double> b1, Tensor<double> b2)
    {
        var z1 = x.MatMul(hidden) + b1;
        var h = z1.Sigmoid();
        var z2 = h.MatMul(output) + b2;
        return (z1, h, z2, HalfSquaredError(z2.Sigmoid(), y));
    }

    /// <returns>The loss after the last round.</returns>
    private double Train(int rounds, Biases biases, out Parameter<double> b1, out Parameter<double> b2)
    {
        (b1, b2) = (Bias(0.35, biases), Bias(0.60, biases));
        var sgd = Sgd([hidden, b1, output, b2], learningRate: 0.5);
        using var tape = Record(sgd.Parameters, x, y);
        var loss = Forward(b1, b2).Loss;
        for (int round = 0; round < rounds; round++)
        {
            tape.Backward(loss);
            sgd.Step();
            tape.Replay();
        }
        return loss.Value;
    }
}
