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
            if (golden.Outputs.ContainsKey($"norm{t}")) golden.Matches($"norm{t}", Tensor([], optimizer.GradientNorm));
        }
        foreach (var (memory, values) in optimizer.State.Memory)
        {
            golden.Matches($"{memory} of w", Tensor(w.Shape, values[0]));
            golden.Matches($"{memory} of b", Tensor(b.Shape, values[1]));
        }
    }

    private static Optimizer<double> Make(GoldenCase golden, ParameterList<double> parameters)
    {
        double rate = golden.Number("learningRate");
        Optimizer<double> optimizer = golden.Text("type") switch
        {
            "sgd" => Sgd(parameters, rate, golden.Number("momentum"), golden.Flag("nesterov")),
            "adagrad" => Adagrad(parameters, rate, golden.Number("epsilon")),
            "rmsprop" => RmsProp(parameters, rate, golden.Number("alpha"), golden.Number("momentum"), golden.Number("epsilon")),
            "adadelta" => Adadelta(parameters, rate, golden.Number("rho"), golden.Number("epsilon")),
            "adam" => Adam(parameters, rate, golden.Number("beta1"), golden.Number("beta2"), golden.Number("epsilon")),
            var other => throw new NotSupportedException($"optimizers.json has a case of '{other}', which this test does not know."),
        };
        optimizer.Penalizes = (_, _) => true;
        optimizer.WeightDecay = Optional("weightDecay") ?? 0;
        optimizer.L1 = Optional("l1") ?? 0;
        optimizer.L2 = Optional("l2") ?? 0;
        optimizer.MaxGradient = Optional("maxGradient") ?? double.PositiveInfinity;
        optimizer.MaxGradientNorm = Optional("maxGradientNorm") ?? double.PositiveInfinity;
        return optimizer;

        double? Optional(string setting) => golden.Settings.TryGetProperty(setting, out var value) ? value.GetDouble() : null;
    }
}
