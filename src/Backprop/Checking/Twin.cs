using Backprop.Randomness;
using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>A right tape beside one step: the composition into which it unfolds, an operation of the library that computes the same, or, where there is
/// neither, its own forward run with a measured backward pass.</summary>
internal sealed class Twin : IDisposable
{
    private const double SameValue = 1e-9;

    /// <summary>Up to how many numbers in its inputs a step is measured.</summary>
    private const int MostMeasured = 400;

    private readonly Tape<double> tape;
    private readonly Tensor<double>[] inputs;
    private readonly MistakenWalk walk;

    private Twin(Tape<double> tape, Tensor<double>[] inputs, MistakenWalk walk) => (this.tape, this.inputs, this.walk) = (tape, inputs, walk);

    /// <summary>The twins of a step, the simplest first.</summary>
    /// <param name="step">A step that computes the right values.</param>
    /// <param name="outputGradient">The gradient of its output.</param>
    /// <param name="nameOf">What its inputs are called.</param>
    public static IEnumerable<Twin> Of(Operation<double> step, double[] outputGradient, Func<Tensor<double>, string> nameOf)
    {
        if (Try(stand => step.Unfold(stand), isGiven: true) is { } unfolded)
        {
            yield return unfolded;
            if (unfolded.tape.Steps is [var fused] && Try(stand => unfolded.Unfold(fused, stand)) is { } simple) yield return simple;
        }
        foreach (var compose in LibraryTwins.Of(step))
            if (Try(compose) is { } same)
            {
                yield return same;
                if (same.tape.Steps is [var fused] && Try(stand => same.Unfold(fused, stand)) is { } simple) yield return simple;
                break;
            }
        if (step.Inputs.Sum(input => (long)input.Length) <= MostMeasured && Try(stand => new MeasuredOp(step, stand).Apply()) is { } measured) yield return measured;

        Twin? Try(Func<IReadOnlyList<Tensor<double>>, Tensor<double>?> compose, bool isGiven = false)
        {
            var stand = StandIns(step, nameOf);
            var tape = Tape<double>.Record([.. stand.OfType<Parameter<double>>().Distinct()]);
            try
            {
                if (compose(stand) is { } output && output.Source is not null && IsSame(output, step.Output) && (!isGiven || IsRight(tape, output)))
                    return new(tape, stand, new MistakenWalk(tape, output, Nn<double>.Tensor(output.Shape, outputGradient)));
            }
            catch (Exception error) when (error is ArgumentException or InvalidOperationException)
            {
                // These operands are not for this operation.
            }
            tape.Dispose();
            return null;
        }
    }

    /// <summary>Whether the right gradients are those given, by input.</summary>
    public bool Gives(IReadOnlyDictionary<int, double[]> given) =>
        given.All(entry => Nearness.Distance(MistakenWalk.GradientOf(inputs[entry.Key]), entry.Value) <= Nearness.Explained);

    /// <summary>The mistakes that explain gradients, by input.</summary>
    public IReadOnlyList<Cause> Causes(IReadOnlyDictionary<int, double[]> given) =>
        new Explanation(walk, given.ToDictionary(entry => inputs[entry.Key], entry => entry.Value)).Causes();

    public void Dispose()
    {
        walk.Dispose();
        tape.Dispose();
    }

    private Tensor<double>? Unfold(Operation<double> fused, IReadOnlyList<Tensor<double>> stand)
    {
        int[] places = [.. fused.Inputs.Select(input => Array.IndexOf(inputs, input))];
        return places.Contains(-1) ? null : fused.Unfold([.. places.Select(place => stand[place])]);
    }

    /// <summary>Parameters in the place of inputs that want a gradient, constants in the place of the others.</summary>
    private static Tensor<double>[] StandIns(Operation<double> step, Func<Tensor<double>, string> nameOf)
    {
        var made = new Dictionary<Tensor<double>, Tensor<double>>();
        for (int input = 0; input < step.Inputs.Count; input++)
        {
            var tensor = step.Inputs[input];
            if (!made.ContainsKey(tensor))
                made[tensor] = step.WantsInput(input) ? new Parameter<double>(tensor.Shape, tensor.Values, nameOf(tensor))
                    : Nn<double>.Tensor(tensor.Shape, tensor.Values).Named(nameOf(tensor));
        }
        return [.. step.Inputs.Select(input => made[input])];
    }

    private static bool IsSame(Tensor<double> output, Tensor<double> expected) =>
        output.Shape == expected.Shape && Nearness.Distance(output.Values, expected.Values) <= SameValue;

    /// <summary>Whether differences agree with a composition that somebody wrote; what it detaches is held constant.</summary>
    private static bool IsRight(Tape<double> tape, Tensor<double> output) =>
        GradientCheck.Of(tape, output, new SeededRandom(1), Doctor.Held(tape)).Verdict != Verdict.Wrong;
}
