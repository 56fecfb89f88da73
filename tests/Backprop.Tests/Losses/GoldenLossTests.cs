using System.Text.Json;
using Backprop.Losses;
using Backprop.Tensors;
using Backprop.Tests.Golden;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Losses;

public class GoldenLossTests
{
    public static TheoryData<string> Names => GoldenFile.Names("losses");

    [Theory, MemberData(nameof(Names))]
    public void Value_and_gradient_are_those_of_PyTorch(string name)
    {
        var golden = GoldenFile.Case("losses", name);
        var reduction = golden.Text("reduction") == "mean" ? Reduction.Mean : Reduction.Sum;
        var prediction = golden.Inputs["x"].ToParameter("x");
        var target = golden.Inputs["y"];
        using var tape = Record([prediction]);
        var loss = name.Split(' ')[0] switch
        {
            "mse" => MeanSquaredError(prediction, target.ToTensor(), reduction),
            "half" => HalfSquaredError(prediction, target.ToTensor(), reduction),
            "bce" => BinaryCrossEntropy(prediction, target.ToTensor(), reduction),
            "bce_logits" when Optional("p") is { } weight => BinaryCrossEntropyWithLogits(prediction, target.ToTensor(), weight, reduction),
            "bce_logits" => BinaryCrossEntropyWithLogits(prediction, target.ToTensor(), reduction),
            "cross_entropy" => SoftmaxCrossEntropy(
                prediction, target.ToIndices(), reduction, Optional("w"), Setting("smoothing")?.GetDouble() ?? 0, Setting("ignored")?.GetInt32(), Optional("m")),
            "absolute" => MeanAbsoluteError(prediction, target.ToTensor(), reduction),
            "huber" => Huber(prediction, target.ToTensor(), 0.7, reduction),
            "kl" => KullbackLeibler(prediction, target.ToTensor(), reduction),
            "hinge" => Hinge(prediction, target.ToTensor(), reduction),
            "multi_class_hinge" => MultiClassHinge(prediction, target.ToIndices(), 1, reduction),
            var other => throw new NotSupportedException($"losses.json has a case of '{other}', which this test does not know."),
        };
        tape.Backward(loss, golden.Inputs["dy"].ToTensor());
        golden.Matches("y", loss);
        golden.MatchesGradient("x", prediction);

        Tensor<double>? Optional(string input) => golden.Inputs.TryGetValue(input, out var tensor) ? tensor.ToTensor() : null;

        JsonElement? Setting(string name) => golden.Settings.TryGetProperty(name, out var value) ? value : null;
    }
}
