using Backprop.Tensors;

namespace Backprop.Explaining;

// The way back, read aloud.
public sealed partial class TapeReader<T>
{
    private IEnumerable<ReadStep<T>> ReadBackward()
    {
        var firstReader = new Dictionary<Tensor<T>, Operation<T>>();
        foreach (var step in tape.BackwardSteps)
            foreach (var input in step.Inputs) firstReader.TryAdd(input, step);
        foreach (var step in tape.BackwardSteps.Reverse())
        {
            // A gradient is complete, and can be read, once the walk has passed every step that reads the tensor.
            if (step.Output != tape.Loss) yield return ReadGradient(step.Output);
            else if (!BeginsAtOne) yield return ReadGivenGradient(step.Output);
            foreach (var parameter in step.Inputs.OfType<Parameter<T>>().Distinct())
                if (parameter is { Trainable: true, HasGradient: true } && firstReader[parameter] == step) yield return ReadGradient(parameter);
        }
    }

    private ReadStep<T> ReadGradient(Tensor<T> tensor)
    {
        var formulas = new List<string>();
        var uses = new List<(Operation<T> Step, int Input)>();
        foreach (var step in tape.BackwardSteps)
            for (int input = 0; input < step.Inputs.Count; input++)
            {
                if (step.Inputs[input] != tensor) continue;
                formulas.Add(Put(step.GradientFormula(input), step));
                uses.Add((step, input));
            }
        // What stood there before is not on the tape any more, only the sum.
        string earlier = tensor is Parameter<T> parameter && tape.HasAccumulated(parameter) ? " + earlier" : "";
        return Read(
            Phase.Backward, tensor, onGradient: true, Join(formulas) + earlier + GivenEntries(tensor, onGradient: true), FirstNonZero(tensor.Gradient), tensor.Gradient,
            entry => tape.IsGiven(tensor, entry, onGradient: true) ? Given : Join(Contributions(uses, entry)) + earlier)
            with
        { Operation = string.Join(", ", uses.Select(use => use.Step.Name).Distinct()) };
    }

    /// <summary>What each use of a tensor contributes to an entry of its gradient, with the numbers put in.</summary>
    private List<string> Contributions(List<(Operation<T> Step, int Input)> uses, int entry)
    {
        var parts = new List<string>();
        foreach (var (step, input) in uses)
        {
            if (step.GradientWithNumbers(input, entry, options.Number) is not { } formula)
                parts.AddRange(step.Terms(input, entry).Select(term => string.Join("·", term.Factors.Select(factor => options.Number(factor.Value)))));
            else
            {
                // Beside others, a leading minus needs its brackets.
                string part = WithGradient(formula, step, entry).Replace(" · ", "·", StringComparison.Ordinal);
                parts.Add(parts.Count > 0 && part.StartsWith('−') ? $"({part})" : part);
            }
        }
        return parts;
    }

    /// <summary>A formula of one entry with the number of the gradient that comes in, which is left out where it is ∂L/∂L = 1.</summary>
    private string WithGradient(string formula, Operation<T> step, int entry) => step.Output == tape.Loss && BeginsAtOne ? WithoutGradient(formula)
        : formula.Replace("{dy}", options.Number(step.Output.Gradient[step.Output.Length == 1 ? 0 : entry]), StringComparison.Ordinal);

    /// <summary>Whether the walk back begins at ∂L/∂L = 1, and not at a gradient that the program gave.</summary>
    private bool BeginsAtOne => tape.Loss is { Length: 1, HasGradient: true } loss && loss.Gradient[0] == T.One;

    private ReadStep<T> ReadGivenGradient(Tensor<T> output) =>
        Read(Phase.Backward, output, onGradient: true, Given, FirstNonZero(output.Gradient), output.Gradient, _ => Given);
}
