using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Replays;

/// <summary>Mazur's network of 2-2-2 sigmoid units with ½ squared errors, learning rate 0.5 and biases that stay as they are.</summary>
internal sealed class MazurNetwork
{
    private const double LearningRate = 0.5;

    private readonly Tensor<double> b1 = Tensor([2], 0.35, 0.35), b2 = Tensor([2], 0.60, 0.60);

    public Tensor<double> X { get; } = Tensor([1, 2], 0.05, 0.10);

    public Tensor<double> Y { get; } = Tensor([1, 2], 0.01, 0.99);

    /// <summary>The article's w1 … w4, turned to [from, to].</summary>
    public Parameter<double> Hidden { get; } = Parameter([2, 2], 0.15, 0.25, 0.20, 0.30);

    /// <summary>The article's w5 … w8, turned to [from, to].</summary>
    public Parameter<double> Output { get; } = Parameter([2, 2], 0.40, 0.50, 0.45, 0.55);

    public MazurPass Forward()
    {
        var net1 = X.MatMul(Hidden) + b1;
        var out1 = net1.Sigmoid();
        var product = out1.MatMul(Output);
        var net2 = product + b2;
        var out2 = net2.Sigmoid();
        return new(net1, out1, product, net2, out2, HalfSquaredError(out2, Y));
    }

    /// <summary>Trains as it should be.</summary>
    /// <returns>The loss and the outputs after the last update.</returns>
    public (double Loss, double[] Outputs) Train(int rounds)
    {
        var sgd = Sgd([Hidden, Output], LearningRate);
        using var tape = Record(sgd.Parameters, X, Y);
        var pass = Forward();
        for (int round = 0; round < rounds; round++)
        {
            tape.Backward(pass.Loss);
            sgd.Step();
            tape.Replay();
        }
        return (pass.Loss.Value, pass.Out2.Values.ToArray());
    }

    /// <summary>Trains with the article's mistake: the output weights are updated before the hidden deltas are computed by them.</summary>
    /// <returns>The loss and the outputs after the last update.</returns>
    public (double Loss, double[] Outputs) TrainInTheWrongOrder(int rounds)
    {
        var (outer, inner) = (Sgd([Output], LearningRate), Sgd([Hidden], LearningRate));
        using var first = Record(outer.Parameters, X, Y);
        var firstPass = Forward();
        first.Backward(firstPass.Loss);
        using var second = Record(inner.Parameters, X, Y);
        var secondPass = Forward();
        for (int round = 0; round < rounds; round++)
        {
            if (round > 0)
            {
                first.Replay();
                first.Backward(firstPass.Loss);
            }
            outer.Step();
            second.Replay();
            second.Backward(secondPass.Net2, Tensor([1, 2], firstPass.Net2.Gradient));
            inner.Step();
        }
        var after = Forward();
        return (after.Loss.Value, after.Out2.Values.ToArray());
    }
}

/// <summary>The values of a forward pass through Mazur's network.</summary>
internal sealed record MazurPass(
    Tensor<double> Net1, Tensor<double> Out1, Tensor<double> Product, Tensor<double> Net2, Tensor<double> Out2, Tensor<double> Loss);
