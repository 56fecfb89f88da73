using Backprop.Operations;
using Backprop.Optimizers;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Golden;

/// <summary>Ten steps of small networks: forward, loss, backward, update and replay together.</summary>
public class GoldenTrainingTests
{
    /// <summary>Roundings grow over the steps.</summary>
    private const double AfterTraining = 1e-11;

    [Fact]
    public void Ten_losses_of_a_network_on_xor_are_PyTorchs() => Train("xor", ["w1", "b1", "w2", "b2"], (x, y, p) =>
        MeanSquaredError(x.Linear(p["w1"], p["b1"]).Tanh().Linear(p["w2"], p["b2"]).Sigmoid(), y.ToTensor()));

    [Fact]
    public void Ten_losses_of_a_convolutional_network_are_PyTorchs() => Train("cnn", ["k", "kb", "w", "b"], (x, y, p) =>
        SoftmaxCrossEntropy(x.Conv2d(p["k"], p["kb"]).Relu().MaxPool2d(2).Flatten().Linear(p["w"], p["b"]), y.ToIndices()));

    [Fact]
    public void Ten_losses_of_a_recurrent_network_are_PyTorchs() => Train("rnn", ["wx", "wh", "bh", "w", "b"], (x, y, p) =>
    {
        var h = Zeros([x.Shape[0], 4]);
        for (int t = 0; t < x.Shape[1]; t++) h = (x.Select(1, t).Linear(p["wx"], p["bh"]) + h.MatMul(p["wh"])).Tanh();
        return BinaryCrossEntropyWithLogits(h.Linear(p["w"], p["b"]), y.ToTensor());
    });

    private static void Train(string name, string[] weights, Func<Tensor<double>, GoldenTensor, ParameterList<double>, Tensor<double>> lossOf)
    {
        var golden = GoldenFile.Case("training", name);
        ParameterList<double> parameters = [.. weights.Select(weight => golden.Inputs[weight].ToParameter(weight))];
        double learningRate = golden.Number("learningRate");
        Optimizer<double> optimizer = golden.Text("optimizer") == "adam"
            ? Adam(parameters, learningRate)
            : Sgd(parameters, learningRate, golden.Number("momentum"));
        var x = golden.Inputs["x"].ToTensor();
        var losses = new List<double>();
        using var tape = Record(parameters, x);
        var loss = lossOf(x, golden.Inputs["y"], parameters);
        for (int step = 0; step < golden.Whole("steps"); step++)
        {
            if (step > 0) tape.Replay();
            losses.Add(loss.Value);
            tape.Backward(loss);
            if (step == 0)
                foreach (string weight in weights) golden.MatchesGradient(weight, parameters[weight]);
            optimizer.Step();
        }
        golden.Matches("losses", Tensor([losses.Count], [.. losses]));
        foreach (string weight in weights) golden.Matches($"{weight} at the end", parameters[weight], AfterTraining);
    }
}
