using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>Walks a tape back with mistakes planted in the way. Disposing it puts the gradients back that were there before.</summary>
internal sealed class MistakenWalk : IDisposable
{
    private readonly Tape<double> tape;
    private readonly Tensor<double> output;
    private readonly Tensor<double> outputGradient;
    private readonly Dictionary<Tensor<double>, double[]> before = [];
    private readonly bool hadGradients;

    public MistakenWalk(Tape<double> tape, Tensor<double> output, Tensor<double>? outputGradient = null)
    {
        (this.tape, this.output) = (tape, output);
        this.outputGradient = outputGradient ?? Nn<double>.Filled(output.Shape, 1);
        hadGradients = tape.HasRunBackward;
        if (hadGradients)
            foreach (var tensor in Differentiated(tape)) before[tensor] = tensor.WritableGradient.ToArray();
        Walk(null);
    }

    public Tape<double> Tape => tape;

    public Tensor<double> Output => output;

    /// <summary>Leaves on the tape the gradients of a pass with a mistake, or of the right one.</summary>
    public void Walk(Mistake? mistake) => tape.BackwardBy(output, outputGradient, step => Run(step, mistake));

    /// <summary>The gradient of a tensor as the last walk left it; zeros where it reached none.</summary>
    public static ReadOnlySpan<double> GradientOf(Tensor<double> tensor) => tensor.HasGradient ? tensor.Gradient : new double[tensor.Length];

    /// <summary>The gradients of a pass with a mistake.</summary>
    public MistakenPass Pass(Mistake mistake)
    {
        Walk(mistake);
        return new(mistake, Differentiated(tape).ToDictionary(tensor => tensor, tensor => tensor.Gradient.ToArray()));
    }

    public void Dispose()
    {
        if (!hadGradients)
        {
            tape.ForgetBackward();
            return;
        }
        Walk(null);
        foreach (var (tensor, gradient) in before) gradient.CopyTo(tensor.WritableGradient);
    }

    /// <summary>The tensors that the last backward pass reached.</summary>
    public static IEnumerable<Tensor<double>> Differentiated(Tape<double> tape) =>
        tape.BackwardSteps.SelectMany(step => step.Inputs).Concat(tape.BackwardSteps.Select(step => step.Output)).Where(tensor => tensor.HasGradient).Distinct();

    private static void Run(Operation<double> step, Mistake? mistake)
    {
        var contributions = new Contribution?[step.Inputs.Count];
        if (mistake is null || !Enumerable.Range(0, contributions.Length).Any(input => mistake.ChangeAt(step, input) is not null))
        {
            step.RunBackward();
            return;
        }
        // A tensor that stands at two inputs gets one contribution, at the first of them.
        for (int input = 0; input < contributions.Length; input++)
            if (step.WantsInput(input) && step.Inputs.ToList().IndexOf(step.Inputs[input]) == input)
                contributions[input] = new Contribution(step, input, contributions);
        foreach (var contribution in contributions) contribution?.Compute();
        for (int input = 0; input < contributions.Length; input++)
            if (contributions[input] is { } contribution) mistake.ChangeAt(step, input)?.Invoke(contribution);
        foreach (var contribution in contributions) contribution?.Write();
    }
}
