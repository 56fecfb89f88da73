using Backprop.Randomness;
using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>Compares the gradients of a tape with finite differences of its own forward run.</summary>
/// <remarks>
/// The gradient of several outputs is random: an all-ones one accepts a transpose that does not turn back. What is compared for a single output is
/// its own gradient. Differences are central, in double, with a step of 6·10⁻⁶·max(1, |x|), and refined by Richardson extrapolation where they disagree with the gradient.
/// A trainable parameter that no gradient reaches is compared with 0: right where the output does not depend on it. A frozen one is not checked.
/// What the rounding of the forward run alone can make of a difference decides nothing, nor do numbers that are not finite: there it cannot be told.
/// To check a model that trains in float, build the same layers with <c>Nn&lt;double&gt;</c>.
/// Source: CS231n, "Neural Networks Part 3: Gradient checks"; Ridders, Adv. Eng. Software 4 (1982) for the refinement.
/// </remarks>
public static class GradientCheck
{
    /// <summary>Tensors up to this size are checked entry by entry, larger ones by a sample.</summary>
    private const int CheckedWhole = 200;

    private const int Sample = 60;

    /// <summary>What sums of this part of the largest gradient on the tape leave is rounding: a bias before a normalisation has the gradient 0 but for it.</summary>
    private const double Rounding = 1e-13;

    /// <summary>And it is at most this part of the largest gradient of a parameter: beside a saturated sigmoid gradients on the way are huge.</summary>
    private const double Negligible = 1e-6;

    /// <summary>The gradient that a single output is given: an operation that ignores it is seen, and dividing by it rounds nothing.</summary>
    private const double OfSingle = -2;

    /// <summary>Records a function and checks its gradients.</summary>
    /// <param name="function">Computes an output of any shape from the parameters and from whatever else it reads.</param>
    /// <param name="parameters">The tensors whose gradients are checked.</param>
    /// <param name="random">Draws the output gradient and the samples; the same numbers every time if left out.</param>
    /// <exception cref="InvalidOperationException">The output depends on none of the parameters.</exception>
    public static GradientReport Of(Func<Tensor<double>> function, ParameterList<double> parameters, Random? random = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        using var tape = Tape<double>.Record(parameters);
        return Of(tape, function(), random);
    }

    /// <summary>Checks the gradients of a tape by replaying it.</summary>
    /// <param name="tape">A tape that is open or sealed; afterwards it is sealed, holds its own values again and no gradients.</param>
    /// <param name="output">A tensor that the tape computed: the loss, or an output of any shape.</param>
    /// <param name="random">Draws the output gradient and the samples; the same numbers every time if left out.</param>
    /// <exception cref="InvalidOperationException">The output depends on no trainable parameter of the tape.</exception>
    public static GradientReport Of(Tape<double> tape, Tensor<double> output, Random? random = null)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(output);
        return Of(tape, output, random ?? new SeededRandom(1), []);
    }

    /// <summary>The same with some numbers held as they are while the differences are measured: constants, as what is detached says of itself.</summary>
    internal static GradientReport Of(Tape<double> tape, Tensor<double> output, Random random, IReadOnlyCollection<Pin<double>> held)
    {
        var weights = new double[output.Length];
        foreach (ref double weight in weights.AsSpan()) weight = (random.Next(2) * 2 - 1) * (0.5 + random.NextDouble());
        double factor = output.Length == 1 ? OfSingle : 1;
        if (output.Length == 1) weights[0] = OfSingle;

        tape.Replay();
        tape.BackwardWithoutCommit(output, new PlainTensor<double>(output.Shape, weights, 0, "output gradient"));
        var gradients = tape.Parameters.Select(parameter => parameter.HasGradient ? Divided(parameter.Gradient, factor) : null).ToArray();
        var noise = Noise.Of(
            [.. tape.Parameters, .. tape.Inputs.OfType<Tensor<double>>(), .. tape.Steps.Select(step => step.Output)],
            MistakenWalk.Differentiated(tape).Select(tensor => (tensor, tensor.Gradient.ToArray())));
        if (output.Length == 1) weights[0] = 1;
        var slope = new Slope(Replay, output, weights, noise.By(factor), RoundingOf(tape, factor, gradients));
        var checks = new List<ParameterCheck>();
        for (int i = 0; i < gradients.Length; i++)
            if (tape.Parameters[i].Trainable)
                checks.Add(Check(slope, tape.Parameters[i], tape.Parameters.Names[i], gradients[i], random));
        tape.Replay();
        foreach (var parameter in tape.Parameters) parameter.HasGradient = false;
        return new GradientReport(checks);

        void Replay()
        {
            if (held.Count == 0) tape.Replay();
            else tape.Replay(held);
        }
    }

    /// <summary>Compares the entries of a gradient, or a sample of them, with differences.</summary>
    internal static ParameterCheck Check(Slope slope, Tensor<double> parameter, string name, double[]? gradient, Random random)
    {
        double largest = Largest([gradient ?? []]);
        int[] entries = parameter.Length <= CheckedWhole ? [.. Enumerable.Range(0, parameter.Length)] : Draw(parameter.Length, random);
        EntryCheck? worst = null;
        foreach (int index in entries)
        {
            var entry = slope.Compare(parameter, index, gradient is null ? 0 : gradient[index], largest);
            if (gradient is null && entry.Verdict == Verdict.Wrong) entry = entry with { Reason = "no gradient reaches it" };
            if (worst is null || (entry.Verdict, entry.Error).CompareTo((worst.Verdict, worst.Error)) > 0) worst = entry;
        }
        return new ParameterCheck(name, parameter.Shape, entries.Length, worst ?? new EntryCheck(Verdict.Right, -1, 0, 0, 0, ""));
    }

    /// <summary>Up to where a gradient is rounding of the gradients on the way, if that is negligible beside the gradients of the parameters.</summary>
    private static double RoundingOf(Tape<double> tape, double factor, double[]?[] gradients) => Math.Min(
        Rounding / Math.Abs(factor) * Largest(MistakenWalk.Differentiated(tape).Select(tensor => tensor.Gradient.ToArray())),
        Negligible * Largest(gradients.OfType<double[]>()));

    private static double Largest(IEnumerable<double[]> gradients)
    {
        double largest = 0;
        foreach (double[] gradient in gradients)
            foreach (double entry in gradient)
                if (double.IsFinite(entry)) largest = Math.Max(largest, Math.Abs(entry));
        return largest;
    }

    private static double[] Divided(ReadOnlySpan<double> gradient, double factor)
    {
        double[] divided = gradient.ToArray();
        foreach (ref double entry in divided.AsSpan()) entry /= factor;
        return divided;
    }

    private static int[] Draw(int length, Random random)
    {
        var drawn = new SortedSet<int> { 0, length - 1 };
        while (drawn.Count < Sample) drawn.Add(random.Next(length));
        return [.. drawn];
    }
}
