using Backprop.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Golden;

public class GoldenConvolutionTests
{
    public static TheoryData<string> Cases => GoldenFile.Names("convolution");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_and_gradients_are_PyTorchs(string name)
    {
        var golden = GoldenFile.Case("convolution", name);
        var inputs = golden.Inputs.Where(input => input.Key != "dy").ToDictionary(input => input.Key, input => input.Value.ToParameter(input.Key));
        var x = inputs["x"];
        Size2d kernel = Pair("kernel"), stride = Pair("stride"), padding = Pair("padding");
        using var tape = Record([.. inputs.Values]);
        var y = golden.Text("type") switch
        {
            "conv2d" => x.Conv2d(inputs["k"], inputs.GetValueOrDefault("b"), stride, padding),
            "max_pool2d" => x.MaxPool2d(kernel, stride, padding),
            _ => x.AveragePool2d(kernel, stride, padding),
        };
        tape.Backward(y, golden.Inputs["dy"].ToTensor());
        golden.Matches("y", y);
        foreach (var (input, parameter) in inputs) golden.MatchesGradient(input, parameter);

        Size2d Pair(string setting) => golden.Wholes(setting) is [int rows, int columns] ? (rows, columns) : throw new InvalidDataException(setting);
    }
}
