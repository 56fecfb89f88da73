using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>What one step by itself contributes to the gradients of its inputs, for an output gradient, and how it treats what stands there already.</summary>
internal sealed class StepContribution
{
    private readonly Operation<double> step;

    /// <summary>Runs the backward pass of one step, at last over three different contents of the gradients that are as large as what it contributes.</summary>
    /// <param name="step">A step of a sealed tape that a backward pass has reached.</param>
    /// <param name="outputGradient">The gradient of its output, row-major.</param>
    public StepContribution(Operation<double> step, double[] outputGradient)
    {
        this.step = step;
        outputGradient.CopyTo(step.Output.WritableGradient);
        Inputs = [.. Sites.Wanted(step)];
        double[] units = [.. Inputs.Select(_ => 1.0)];
        double[][] once = Run(adds: false, 0, units);
        if (!once.All(own => Noise.AreModerate(own)))
        {
            // What stands in a gradient cannot be seen beside such numbers.
            Values = once;
            return;
        }
        for (int k = 0; k < units.Length; k++)
            for (double largest = once[k].Select(Math.Abs).DefaultIfEmpty(0).Max(); units[k] < largest;) units[k] *= 2;
        var (first, second, third) = (Run(adds: false, 0.75, units), Run(adds: false, -1.25, units), Run(adds: true, 0.5, units));
        Values = [.. Inputs.Select((_, k) => Own(k, units[k], first[k], second[k], third[k]))];
    }

    /// <summary>The inputs that it contributes to; of a tensor that stands at two, the first.</summary>
    public IReadOnlyList<int> Inputs { get; }

    /// <summary>The contributions, input by input.</summary>
    public IReadOnlyList<double[]> Values { get; }

    /// <summary>How it treats what stands in a gradient, where that is a mistake.</summary>
    public List<Cause> Mistreats { get; } = [];

    private double[] Own(int k, double unit, double[] first, double[] second, double[] third)
    {
        string line = $"∂L/∂({step.Name}, input {Inputs[k]})";
        bool leaves = false, addsToOld = false;
        var own = new double[first.Length];
        for (int i = 0; i < own.Length; i++)
        {
            // Written, the same comes of both contents; left alone or added to, they keep their distance of two units.
            bool written = !(Math.Abs(first[i] - second[i]) > unit);
            own[i] = written ? first[i] : first[i] - 0.75 * unit;
            leaves |= !written && own[i] == 0;
            addsToOld |= !written && own[i] != 0;
        }
        if (addsToOld)
            Mistreats.Add(new(
                MistakeKind.NotCleared, step.Name, $"{step.Name} adds to the gradient of its input {Inputs[k]} where it is the first to contribute: what stood there before stays in the sum.",
                "where Accumulate(input) is false, write every entry: ="));
        else if (leaves)
            Mistreats.Add(new(
                MistakeKind.EntriesNotWritten, step.Name, $"{step.Name} leaves entries of the gradient of its input {Inputs[k]} as they were.",
                "write every entry where Accumulate(input) is false, or say in ReachesAll(input) that not all are reached"));
        double largest = own.Select(Math.Abs).Append(0.5).Max();
        if (own.Length > 0 && own.Any(value => value != 0) && own.Zip(third).All(pair => Math.Abs(pair.Second - pair.First) <= 1e-9 * largest))
            Mistreats.Add(new(
                MistakeKind.Overwritten, step.Name, $"{step.Name} sets the gradient of its input {Inputs[k]} where it belongs added to: what other uses of the tensor contributed is lost.",
                "where Accumulate(input) is true, add: +="));
        return own;
    }

    private int PlaceOf(int input) => Inputs.TakeWhile(other => other != input).Count();

    private double[][] Run(bool adds, double content, double[] units)
    {
        var seen = new HashSet<Tensor<double>>();
        for (int input = 0; input < step.Inputs.Count; input++)
        {
            if (!step.WantsInput(input)) continue;
            bool first = seen.Add(step.Inputs[input]);
            step.PlanContribution(input, adds: adds || !first);
            if (first) step.Inputs[input].WritableGradient.Fill(content * units[PlaceOf(input)]);
        }
        step.RunBackward();
        return [.. Inputs.Select(input => step.Inputs[input].WritableGradient.ToArray())];
    }
}
