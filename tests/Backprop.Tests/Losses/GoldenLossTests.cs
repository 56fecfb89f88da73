using Backprop.Losses;
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
            "bce_logits" => BinaryCrossEntropyWithLogits(prediction, target.ToTensor(), reduction),
            "cross_entropy" => SoftmaxCrossEntropy(prediction, target.ToIndices(), reduction),
            var other => throw new NotSupportedException($"losses.json has a case of '{other}', which this test does not know."),
        };
        tape.Backward(loss, golden.Inputs["dy"].ToTensor());
        golden.Matches("y", loss);
        golden.MatchesGradient("x", prediction);
    }
}
