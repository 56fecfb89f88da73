using Backprop.Operations;
using Backprop.Randomness;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Replays;

/// <summary>The networks of Andrew Trask's lessons: sigmoid units without biases, full batch, ½ squared errors, and figures of the forward pass
/// before an update.</summary>
internal static class TraskNetwork
{
    public const int Every = 10_000;

    /// <summary>By how many units in the last place a weight is moved to see what a rounding does.</summary>
    public const int MovedBy = 8;

    /// <summary>The first of his two lessons on small networks.</summary>
    public static Publication PartOne { get; } = new(
        "Andrew Trask", "A Neural Network in 11 lines of Python (Part 1)", 2015, "https://iamtrask.github.io/2015/07/12/basic-python-network/");

    /// <summary>The four inputs that all his small networks learn.</summary>
    public static Tensor<double> Inputs => Tensor([4, 3], 0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1);

    /// <summary>Weights 2·random() − 1.</summary>
    public static Parameter<double> Weights(Random random, int inputs, int outputs) =>
        Parameter([inputs, outputs], [.. Enumerable.Range(0, inputs * outputs).Select(_ => 2 * random.NextDouble() - 1)]);

    /// <summary>When an error was printed.</summary>
    public static string After(int index) => FormattableString.Invariant($"after {index * Every:N0} steps");

    /// <summary>Trains three layers on XOR.</summary>
    /// <param name="sheet">Hears how far it is.</param>
    /// <param name="units">Hidden units.</param>
    /// <param name="learningRate">His alpha.</param>
    /// <param name="steps">Updates.</param>
    /// <param name="moved">A weight that begins a few units in its last place too large, counted through both layers; none if left out.</param>
    public static XorRun TrainXor(ReplaySheet sheet, int units, double learningRate, int steps, int? moved = null)
    {
        var random = new NumPyRandom(1);
        var (first, second) = (Weights(random, 3, units), Weights(random, units, 1));
        if (moved < first.Length) Move(first, moved.Value);
        else if (moved is { } index) Move(second, index - first.Length);
        double[] initial = [.. first.Values, .. second.Values];
        var sgd = Sgd([first, second], learningRate);
        Tensor<double> x = Inputs, y = Tensor([4, 1], 0, 1, 1, 0);
        using var tape = Record(sgd.Parameters, x, y);
        var output = x.MatMul(first).Sigmoid().MatMul(second).Sigmoid();
        var error = (output - y).Abs().Mean();
        var loss = HalfSquaredError(output, y);
        var errors = new List<double>();
        for (int step = 0; step < steps; step++)
        {
            if (step > 0) tape.Replay();
            if (step % Every == 0)
            {
                errors.Add(error.Value);
                sheet.Report(FormattableString.Invariant($"{units} hidden units, learning rate {learningRate}, step {step:N0} of {steps:N0}"));
            }
            tape.Backward(loss);
            sgd.Step();
        }
        return new([.. errors], output.Values.ToArray(), initial);
    }

    private static void Move(Parameter<double> weights, int index)
    {
        double weight = weights.Values[index];
        weights.Set(index, weight + Math.CopySign(MovedBy * (Math.BitIncrement(Math.Abs(weight)) - Math.Abs(weight)), weight));
    }
}

/// <summary>What a training run on XOR came to.</summary>
/// <param name="Errors">The mean error before every ten thousandth update.</param>
/// <param name="Outputs">The outputs before the last update.</param>
/// <param name="Initial">The weights before the first.</param>
internal sealed record XorRun(double[] Errors, double[] Outputs, double[] Initial);
