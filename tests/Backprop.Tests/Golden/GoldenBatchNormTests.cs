using static Backprop.Nn<double>;

namespace Backprop.Tests.Golden;

public class GoldenBatchNormTests
{
    public static TheoryData<string> Cases => GoldenFile.Names("batch-norm");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_gradients_and_running_statistics_are_PyTorchs(string name)
    {
        var golden = GoldenFile.Case("batch-norm", name);
        var x = golden.Inputs["x"].ToParameter("x");
        var layer = BatchNorm2d(
            golden.Inputs["scale"].ToTensor(), golden.Inputs["shift"].ToTensor(), golden.Inputs["mean"].ToTensor(), golden.Inputs["variance"].ToTensor(),
            golden.Number("momentum"), golden.Number("epsilon"));
        bool training = golden.Flag("training");
        using var tape = Record([x, .. layer.Parameters], training);
        var y = layer.Forward(x);
        golden.Matches("y", y);
        tape.Backward(y, golden.Inputs["dy"].ToTensor());
        golden.MatchesGradient("x", x);
        golden.MatchesGradient("scale", layer.Scale);
        golden.MatchesGradient("shift", layer.Shift);
        Assert.False(layer.RunningMean.HasGradient || layer.RunningVariance.HasGradient);
        if (training)
        {
            golden.Matches("mean after", layer.RunningMean);
            golden.Matches("variance after", layer.RunningVariance);
        }
        else Assert.Equal(golden.Inputs["mean"].Values, layer.RunningMean.Values.ToArray());
    }
}
