using Backprop.Operations;
using Backprop.Optimizers;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Reference;

/// <summary>The optimizers' test vectors of CS231n's assignments: equally spaced weights, gradients and memory.</summary>
public class CourseOptimizerTests
{
    [Fact]
    public void Sgd_step() => Published.Same("-0.394 0.596", Ends(parameters => Sgd(parameters, 1e-2), []));

    /// <summary>There v ← μ·v − η·g and w ← w + v, so that v is −η times our velocity.</summary>
    [Fact]
    public void Momentum_step() => Published.Same(
        "0.1406 1.4096",
        Ends(parameters => Sgd(parameters, 1e-3, momentum: 0.9), [("velocity", [.. Spaced(0.6, 0.9, 20).Select(v => -v / 1e-3)])]));

    [Fact]
    public void RmsProp_step() => Published.Same(
        "-0.39223849 0.59576619", Ends(parameters => RmsProp(parameters, 1e-2, alpha: 0.99), [("squaredMean", Spaced(0.6, 0.9, 20))]));

    [Fact]
    public void Adam_step() => Published.Same(
        "-0.40094747 0.59801459",
        Ends(parameters => Adam(parameters, 1e-2), [("mean", Spaced(0.6, 0.9, 20)), ("squaredMean", Spaced(0.7, 0.5, 20))]));

    /// <summary>The first and the last weight after the sixth step.</summary>
    private static double[] Ends(Func<ParameterList<double>, Optimizer<double>> make, (string Name, double[] Values)[] memory)
    {
        var w = Parameter([4, 5], Spaced(-0.4, 0.6, 20));
        var optimizer = make([w]);
        optimizer.State = new OptimizerState<double>(5, [5], memory.ToDictionary(entry => entry.Name, IReadOnlyList<double[]> (entry) => [entry.Values]));
        using var tape = Record([w]);
        tape.Backward((w * Tensor([4, 5], Spaced(-0.6, 0.4, 20))).Sum());
        optimizer.Step();
        return [w.Values[0], w.Values[^1]];
    }

    private static double[] Spaced(double from, double to, int count) => [.. Enumerable.Range(0, count).Select(i => from + (to - from) * i / (count - 1))];
}
