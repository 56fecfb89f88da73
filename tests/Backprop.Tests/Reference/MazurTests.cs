using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Reference;

/// <summary>Matt Mazur, A Step by Step Backpropagation Example (2015): 2-2-2, sigmoid, ½ squared error, η 0.5.</summary>
public class MazurTests
{
    private enum Biases
    {
        /// <summary>As in the article: they stay as they are.</summary>
        Fixed,

        /// <summary>One per neuron.</summary>
        OfNeurons,

        /// <summary>One per layer.</summary>
        OfLayers,
    }

    private readonly Tensor<double> x = Tensor([1, 2], 0.05, 0.10), y = Tensor([1, 2], 0.01, 0.99);

    /// <summary>The article's w1 … w4 and w5 … w8, turned to [from, to].</summary>
    private readonly Parameter<double> hidden = Parameter([2, 2], 0.15, 0.25, 0.20, 0.30), output = Parameter([2, 2], 0.40, 0.50, 0.45, 0.55);

    [Fact]
    public void The_forward_pass_gives_every_published_value()
    {
        var (z1, h, z2, o, loss) = Forward(Bias(0.35, Biases.Fixed), Bias(0.60, Biases.Fixed));
        Published.Same("0.3775 0.3925", z1.Values);
        Published.Same("0.593269992 0.596884378", h.Values);
        Published.Same("1.105905967 1.2249214040964653", z2.Values);
        Published.Same("0.75136507 0.772928465", o.Values);
        Published.Same("0.274811083 0.023560026", (0.5 * (o - y).Square()).Values);
        Published.Same("0.298371109", loss.Value);
        Published.Same("0.2983711087600027", loss.Value);
    }

    [Fact]
    public void The_backward_pass_gives_every_published_gradient()
    {
        using var tape = Record([hidden, output], x, y);
        var (z1, h, z2, _, loss) = Forward(Bias(0.35, Biases.Fixed), Bias(0.60, Biases.Fixed));
        tape.Backward(loss);
        Published.Same("0.138498562 -0.03809823651655623", z2.Gradient);      // the article cuts the second one off at -0.038098236
        Published.Same("0.082167041 -0.022602540477475067 0.08266762784753326 -0.02274024221597822", output.Gradient);
        Published.Same("0.036350306 0.04137032264874471", h.Gradient);
        Published.Same("0.008771354689486937 0.009954254705217202", z1.Gradient);
        Published.Same("0.000438568 0.0004977127352608601 0.0008771354689486937 0.0009954254705217202", hidden.Gradient);
    }

    [Fact]
    public void One_round_gives_the_published_weights_and_the_corrected_loss()
    {
        double loss = Train(1, Biases.Fixed).Loss;
        Published.Same("0.35891648 0.511301270 0.408666186 0.561370121", output.Values);
        Published.Same("0.149780716 0.24975114 0.19956143 0.29950229", hidden.Values);
        Published.Same("0.29102777369359933", loss);
    }

    [Theory]
    [InlineData(9_999, "0.0000351085", "3.510854812e-05")]
    [InlineData(10_000, "3.510187782978859e-05", "0.000035101878")]
    public void Ten_thousand_rounds_give_the_corrected_loss_and_one_fewer_the_newer_copies_figure(int rounds, string printed, string exact)
    {
        double loss = Train(rounds, Biases.Fixed).Loss;
        Published.Same(printed, loss);
        Published.Same(exact, loss);
    }

    [Fact]
    public void Ten_thousand_rounds_give_the_corrected_outputs() =>
        Published.Same("0.01591362044355068 0.9840642735146238", Train(10_000, Biases.Fixed).Outputs);

    [Fact]
    public void Biases_of_neurons_are_learnt_too()
    {
        Published.Same("0.280471446791", Train(1, Biases.OfNeurons, out var b1, out var b2).Loss);
        Published.Same("0.3456143226552565 0.3450228726473914", b1.Values);
        Published.Same("0.5307507191857215 0.6190491182582781", b2.Values);
    }

    [Fact]
    public void Biases_of_neurons_learn_faster_over_ten_thousand_rounds() =>
        Published.Same("2.4475622359e-06", Train(10_000, Biases.OfNeurons).Loss);

    [Fact]
    public void A_bias_that_a_layer_shares_collects_the_gradient_of_all_its_neurons() =>
        Published.Same("0.285750886699", Train(1, Biases.OfLayers).Loss);

    [Fact]
    public void Hidden_deltas_by_updated_output_weights_give_the_articles_wrong_loss()
    {
        double loss = TrainInTheWrongOrder(1, Biases.Fixed).Loss;
        Published.Same("0.291027924", loss);
        Published.Same("0.291027923905", loss);
    }

    [Fact]
    public void Hidden_deltas_by_updated_output_weights_give_the_articles_wrong_outputs_after_ten_thousand_rounds()
    {
        var (loss, outputs) = TrainInTheWrongOrder(10_000, Biases.Fixed);
        Published.Same("0.015912196 0.984065734", outputs);
        Published.Same("0.000035085", loss);
        Published.Same("3.5084786e-05", loss);
    }

    [Fact]
    public void The_wrong_order_with_biases_of_neurons_is_wrong_in_its_own_way() =>
        Published.Same("0.280484076606", TrainInTheWrongOrder(1, Biases.OfNeurons).Loss);

    private static Parameter<double> Bias(double value, Biases biases) => biases == Biases.OfLayers ? Parameter([], value) : Parameter([2], value, value);

    private (Tensor<double> Z1, Tensor<double> H, Tensor<double> Z2, Tensor<double> O, Tensor<double> Loss) Forward(
        Tensor<double> b1, Tensor<double> b2)
    {
        var z1 = x.MatMul(hidden) + b1;
        var h = z1.Sigmoid();
        var z2 = h.MatMul(output) + b2;
        var o = z2.Sigmoid();
        return (z1, h, z2, o, HalfSquaredError(o, y));
    }

    private (double Loss, double[] Outputs) Train(int rounds, Biases biases) => Train(rounds, biases, out _, out _);

    private (double Loss, double[] Outputs) Train(int rounds, Biases biases, out Parameter<double> b1, out Parameter<double> b2)
    {
        (b1, b2) = (Bias(0.35, biases), Bias(0.60, biases));
        b1.Trainable = b2.Trainable = biases != Biases.Fixed;
        var sgd = Sgd([hidden, b1, output, b2], learningRate: 0.5);
        using var tape = Record(sgd.Parameters, x, y);
        var (_, _, _, o, loss) = Forward(b1, b2);
        for (int round = 0; round < rounds; round++)
        {
            tape.Backward(loss);
            sgd.Step();
            tape.Replay();
        }
        return (loss.Value, o.Values.ToArray());
    }

    /// <summary>The mistake behind the article's figures: the output weights are updated before the hidden deltas are computed by them.</summary>
    private (double Loss, double[] Outputs) TrainInTheWrongOrder(int rounds, Biases biases)
    {
        Parameter<double> b1 = Bias(0.35, biases), b2 = Bias(0.60, biases);
        b1.Trainable = b2.Trainable = biases != Biases.Fixed;
        var (outer, inner) = (Sgd([output, b2], learningRate: 0.5), Sgd([hidden, b1], learningRate: 0.5));
        for (int round = 0; round < rounds; round++)
        {
            Tensor<double> outputDeltas;
            using (var tape = Record(outer.Parameters, x, y))
            {
                var (_, _, z2, _, loss) = Forward(b1, b2);
                tape.Backward(loss);
                outputDeltas = Tensor([1, 2], z2.Gradient);
            }
            outer.Step();
            using (var tape = Record(inner.Parameters, x, y))
            {
                var z2 = Forward(b1, b2).Z2;
                tape.Backward(z2, outputDeltas);
            }
            inner.Step();
        }
        var (_, _, _, o, after) = Forward(b1, b2);
        return (after.Value, o.Values.ToArray());
    }
}
