using Backprop.Operations;
using Backprop.Optimizers;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Replays;

/// <summary>The checks of update rules in CS231n's assignments: equally spaced weights, gradients and memory.</summary>
internal sealed class CourseOptimizersReplay : ReplayLesson
{
    private const int Count = 20;

    public override string Name => "cs231n-optimizers";

    public override string Summary => "one update by SGD, momentum, RMSprop and Adam";

    public override Publication Publication { get; } = new("The staff of CS231n", "Assignment 2", 2016, "https://cs231n.github.io/assignments2016/assignment2/");

    public override string Remark => "The figures stand in the assignment's notebook; the first and the last of twenty are replayed.";

    protected override void Play(ReplaySheet sheet)
    {
        Update(sheet, "SGD, learning rate 0.01", "-0.394 0.596", parameters => Sgd(parameters, 1e-2));
        // There v ← μ·v − η·g and w ← w + v, so that v is −η times our velocity.
        Update(
            sheet, "SGD with momentum 0.9, learning rate 0.001", "0.1406 1.4096", parameters => Sgd(parameters, 1e-3, momentum: 0.9),
            ("velocity", [.. Spaced.Values(0.6, 0.9, Count).Select(v => -v / 1e-3)]));
        Update(
            sheet, "RMSprop, decay 0.99, learning rate 0.01", "-0.39223849 0.59576619", parameters => RmsProp(parameters, 1e-2, alpha: 0.99),
            ("squaredMean", Spaced.Values(0.6, 0.9, Count)));
        Update(
            sheet, "Adam, sixth step, learning rate 0.01", "-0.40094747 0.59801459", parameters => Adam(parameters, 1e-2),
            ("mean", Spaced.Values(0.6, 0.9, Count)), ("squaredMean", Spaced.Values(0.7, 0.5, Count)));
    }

    private static void Update(
        ReplaySheet sheet, string group, string published, Func<ParameterList<double>, Optimizer<double>> make, params (string Name, double[] Values)[] memory)
    {
        var w = Parameter([4, 5], Spaced.Values(-0.4, 0.6, Count));
        var optimizer = make([w]);
        optimizer.State = new OptimizerState<double>(5, [5], memory.ToDictionary(entry => entry.Name, IReadOnlyList<double[]> (entry) => [entry.Values]));
        using var tape = Record([w]);
        tape.Backward((w * Spaced.Over([4, 5], -0.6, 0.4)).Sum());
        optimizer.Step();
        sheet.Begin(group);
        sheet.Add("w[0,0] w[3,4]", published, [w.Values[0], w.Values[^1]]);
    }
}
