using Backprop.Explaining;
using Backprop.Tensors;

namespace Backprop.Lessons.Worksheets;

// Numbers that are values of a function: activations and losses.
internal sealed partial class Slips
{
    private IEnumerable<Slip> OfActivation(Operation<double> step, int index, double y)
    {
        if (step.Inputs is not [var input] || input.Shape != step.Output.Shape) yield break;
        double x = input.Values[index];
        yield return new($"{step.Formula.Replace("{0}", form.Symbols[input], StringComparison.Ordinal)} is left out: this is {form.Symbols[input]}", x);
        if (step.Name is not ("Sigmoid" or "Tanh" or "Relu")) yield break;
        if (step.Name != "Sigmoid") yield return new("σ is taken in the place of this function", 1 / (1 + Math.Exp(-x)));
        if (step.Name != "Tanh") yield return new("tanh is taken in the place of this function", Math.Tanh(x));
        if (step.Name != "Relu") yield return new("max(0, ·) is taken in the place of this function", Math.Max(0, x));
        if (step.Name == "Sigmoid")
        {
            yield return new("the sign in the exponent is the other one: 1/(1 + exp(z))", 1 - y);
            yield return new("this is its derivative", y * (1 - y));
        }
        if (step.Name == "Tanh") yield return new("this is its derivative", 1 - y * y);
        if (step.Name == "Relu") yield return new("the absolute value is taken", Math.Abs(x));
    }

    /// <summary>The slopes that are taken at the wrong place, or of the wrong function.</summary>
    private static IEnumerable<(string Sentence, double Slope)> Misplaced(string function, string z, string a, double x, double y)
    {
        double ofSigmoid = 1 / (1 + Math.Exp(-y));
        return function switch
        {
            "Sigmoid" =>
            [
                ($"the derivative is taken at {z}: {z}(1 − {z}); it is {a}(1 − {a})", x * (1 - x)),
                ($"the derivative is taken at {a} once more: σ({a})(1 − σ({a}))", ofSigmoid * (1 - ofSigmoid)),
                ("the derivative is that of tanh", 1 - y * y),
            ],
            "Tanh" =>
            [
                ($"the derivative is taken at {z}: 1 − {z}²; it is 1 − {a}²", 1 - x * x),
                ($"the derivative is taken at {a} once more: 1 − tanh²({a})", 1 - Math.Tanh(y) * Math.Tanh(y)),
                ("the derivative is that of σ", y * (1 - y)),
            ],
            _ => [],
        };
    }

    private IEnumerable<Slip> OfLoss(FormEntry<double> entry, double right)
    {
        var step = LossStep;
        bool penalized = entry.Line.Tensor.Source != step;
        if (penalized)
        {
            yield return new("the penalty is left out", step.Output.Values[0]);
            yield return new("this is the penalty alone", right - step.Output.Values[0]);
        }
        if (step.Name is "HalfSquaredError") yield return new("the factor ½ is left out", 2 * right);
        else yield return new("a factor ½ too much", right / 2);
        foreach (var slip in OfCounts(right)) yield return slip;
        foreach (int two in CountsOf().Where(count => count == 2))
        {
            yield return new("a sum where a mean belongs", right * two);
            yield return new("a mean where a sum belongs", right / two);
        }
        if (step.Name.Contains("Entropy", StringComparison.Ordinal))
        {
            yield return new("the logarithm to the base 10 is taken; it is the natural one", right / Math.Log(10));
            yield return new("the logarithm to the base 2 is taken; it is the natural one", right / Math.Log(2));
        }
        if (step.Inputs.Count < 2 || step.Inputs[0].Length < 2 || step.Name is not ("HalfSquaredError" or "MeanSquaredError")) yield break;
        var (p, t) = (step.Inputs[0].Values.ToArray(), step.Inputs[1].Values.ToArray());
        double[] squares = [.. p.Zip(t, (own, other) => (own - other) * (own - other))];
        double factor = right / squares.Sum();
        yield return new("the differences are not squared", factor * p.Zip(t, (own, other) => Math.Abs(own - other)).Sum());
        for (int i = 0; i < squares.Length; i++)
        {
            string place = step.Inputs[0].Place(i);
            yield return new($"only the error at {place} is taken", factor * squares[i], Everywhere: false);
            yield return new($"the error at {place} is left out", right - factor * squares[i], Everywhere: false);
        }
    }
}
