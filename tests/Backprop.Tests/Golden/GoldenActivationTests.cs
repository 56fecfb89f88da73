using Backprop.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Golden;

public class GoldenActivationTests
{
    public static TheoryData<string> Cases => GoldenFile.Names("activations");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_and_gradients_are_PyTorchs(string name)
    {
        var golden = GoldenFile.Case("activations", name);
        var inputs = golden.Inputs.Where(input => input.Key != "dy").ToDictionary(input => input.Key, input => input.Value.ToParameter(input.Key));
        var x = inputs["x"];
        using var tape = Record([.. inputs.Values]);
        var y = golden.Text("type") switch
        {
            "relu" => x.Relu(),
            "leaky_relu" => x.LeakyRelu(golden.Number("slope")),
            "prelu" => x.PRelu(inputs["a"]),
            "elu" => x.Elu(golden.Number("alpha")),
            "selu" => x.Selu(),
            "gelu" => x.Gelu(),
            "gelu_tanh" => x.GeluTanh(),
            "silu" => x.Silu(),
            "softplus" => x.Softplus(),
            "softsign" => x.Softsign(),
            "hard_sigmoid" => x.HardSigmoid(),
            "sigmoid" => x.Sigmoid(),
            "tanh" => x.Tanh(),
            var other => throw new NotSupportedException($"activations.json has a case of '{other}', which this test does not know."),
        };
        tape.Backward(y, golden.Inputs["dy"].ToTensor());
        golden.Matches("y", y);
        // PyTorch multiplies by 1/6 as a float, also in double.
        double tolerance = golden.Text("type") == "hard_sigmoid" ? 1e-7 : GoldenAssert.Tolerance;
        foreach (var (input, parameter) in inputs) golden.MatchesGradient(input, parameter, tolerance);
    }
}
