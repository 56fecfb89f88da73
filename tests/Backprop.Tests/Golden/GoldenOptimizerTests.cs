using Backprop.Optimizers;
using Backprop.Tensors;
using Backprop.Tests.Optimizers;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Golden;

public class GoldenOptimizerTests
{
    public static TheoryData<string> Cases => GoldenFile.Names("optimizers");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Five_steps_are_PyTorchs(string name)
    {
        var golden = GoldenFile.Case("optimizers", name);
        var (w, b) = (golden.Inputs["w"].ToParameter("w"), golden.Inputs["b"].ToParameter("b"));
        var optimizer = Make(golden, [w, b]);
        for (int t = 1; t <= golden.Whole("steps"); t++)
        {
            w.Give(golden.Inputs[$"dw{t}"].Values);
            b.HasGradient = false;
            if (golden.Inputs.TryGetValue($"db{t}", out var gradient)) b.Give(gradient.Values);
            optimizer.Step();
            golden.Matches($"w{t}", w);
            golden.Matches($"b{t}", b);
        }
        foreach (var (memory, values) in optimizer.State.Memory)
        {
            golden.Matches($"{memory} of w", Tensor(w.Shape, values[0]));
            golden.Matches($"{memory} of b", Tensor(b.Shape, values[1]));
        }
    }

    private static Optimizer<double> Make(GoldenCase golden, ParameterList<double> parameters) => golden.Text("type") == "sgd"
        ? Sgd(parameters, golden.Number("learningRate"), golden.Number("momentum"), golden.Flag("nesterov"))
        : Adam(parameters, golden.Number("learningRate"), golden.Number("beta1"), golden.Number("beta2"), golden.Number("epsilon"));
}
