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
            entry => tape.IsGiven(tensor, entry, onGradient: true) ? Given : Products([.. uses.SelectMany(use => use.Step.Terms(use.Input, entry))]) + earlier);
    }

    /// <summary>Whether the walk back begins at ∂L/∂L = 1, and not at a gradient that the program gave.</summary>
    private bool BeginsAtOne => tape.Loss is { Length: 1, HasGradient: true } loss && loss.Gradient[0] == T.One;

    private ReadStep<T> ReadGivenGradient(Tensor<T> output) =>
        Read(Phase.Backward, output, onGradient: true, Given, FirstNonZero(output.Gradient), output.Gradient, _ => Given);
}
