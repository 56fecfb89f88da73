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
        int entry = FirstNonZero(tensor.Gradient);
        var formulas = new List<string>();
        var terms = new List<Term<T>>();
        foreach (var step in tape.BackwardSteps)
            for (int input = 0; input < step.Inputs.Count; input++)
            {
                if (step.Inputs[input] != tensor) continue;
                formulas.Add(Put(step.GradientFormula(input), step));
                terms.AddRange(step.Terms(input, entry));
            }
        // What stood there before is not on the tape any more, only the sum.
        string earlier = tensor is Parameter<T> parameter && tape.HasAccumulated(parameter) ? " + earlier" : "";
        string numbers = tape.IsGiven(tensor, entry, onGradient: true) ? Given : Products(terms) + earlier;
        return new ReadStep<T>(
            Phase.Backward, Symbols.GradientOf(tensor), Join(formulas) + earlier + GivenEntries(tensor, onGradient: true), tensor.Place(entry), numbers,
            tensor.Gradient[entry], tensor.Shape, tensor.Gradient.ToArray());
    }

    /// <summary>Whether the walk back begins at ∂L/∂L = 1, and not at a gradient that the program gave.</summary>
    private bool BeginsAtOne => tape.Loss is { Length: 1, HasGradient: true } loss && loss.Gradient[0] == T.One;

    private ReadStep<T> ReadGivenGradient(Tensor<T> output)
    {
        int entry = FirstNonZero(output.Gradient);
        return new ReadStep<T>(
            Phase.Backward, Symbols.GradientOf(output), Given, output.Place(entry), Given, output.Gradient[entry], output.Shape,
            output.Gradient.ToArray());
    }
}
