using System.Globalization;
using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>Examines single steps of a tape: their contributions against finite differences of their own forward run, and what explains those that are
/// wrong.</summary>
internal sealed class StepExamination(Sites sites, Random random)
{
    /// <summary>The steps whose contributions are not the measured slopes, but those that the step says of itself: it stops a gradient on purpose.</summary>
    public List<string> Stopping { get; } = [];

    /// <summary>What is wrong with a step; null where nothing is.</summary>
    public Finding? Of(Operation<double> step)
    {
        if (step.Output.Length == 0) return null;
        string where = sites.Describe([step]);
        var outputGradient = new double[step.Output.Length];
        foreach (ref double entry in outputGradient.AsSpan()) entry = (random.Next(2) * 2 - 1) * (0.5 + random.NextDouble());
        var contribution = new StepContribution(step, outputGradient);
        var wrong = Wrong(step, contribution, outputGradient);
        if (wrong is null)
            return contribution.Mistreats.Count == 0 ? null
                : new(where, $"{where} gives the right numbers, but does not put them where they belong.", contribution.Mistreats);
        string symptom = string.Create(
            CultureInfo.InvariantCulture,
            $"{where} is wrong by itself: its contribution to ∂L/∂{wrong.WorstEntry} is {wrong.Worst.Analytic:G6}, differences say {wrong.Worst.Numeric:G6}.");
        var given = new Dictionary<int, double[]>(contribution.Inputs.Zip(contribution.Values, KeyValuePair.Create));
        if (Explained(step, outputGradient, given) is { } causes) return new(where, symptom, [.. contribution.Mistreats, .. causes]);
        Stopping.Add(where);
        return null;
    }

    /// <summary>What explains contributions that are not those of the measured slope; null where they are those that the step says of itself, because it stops
    /// a gradient on purpose.</summary>
    private IReadOnlyList<Cause>? Explained(Operation<double> step, double[] outputGradient, Dictionary<int, double[]> given)
    {
        var twins = new List<Twin>();
        try
        {
            foreach (var twin in Twin.Of(step, outputGradient, sites.NameOf))
            {
                twins.Add(twin);
                if (twin.Gives(given)) return null;
                if (twin.Causes(given) is { Count: > 0 } causes) return causes;
            }
            return [];
        }
        finally
        {
            foreach (var twin in twins) twin.Dispose();
        }
    }

    /// <summary>Mistakes of a step that may not show on its tape: how it treats what other steps contributed.</summary>
    public static IReadOnlyList<Cause> Hidden(Operation<double> step) =>
        step.Output.Length == 0 ? [] : new StepContribution(step, [.. Enumerable.Repeat(1.0, step.Output.Length)]).Mistreats;

    /// <summary>The check of the first input whose contribution is wrong.</summary>
    private ParameterCheck? Wrong(Operation<double> step, StepContribution contribution, double[] outputGradient)
    {
        // The output gradient is about 1, and so are most contributions.
        var noise = Noise.Of(
            [.. step.Inputs, step.Output],
            contribution.Inputs.Select((input, k) => (step.Inputs[input], contribution.Values[k])).Append((step.Output, outputGradient)));
        var slope = new Slope(step.RunForward, step.Output, outputGradient, noise, rounding: 1e-13);
        for (int k = 0; k < contribution.Inputs.Count; k++)
        {
            var tensor = step.Inputs[contribution.Inputs[k]];
            var check = GradientCheck.Check(slope, tensor, sites.NameOf(tensor), contribution.Values[k], random);
            if (check.Verdict == Verdict.Wrong) return check;
        }
        return null;
    }
}
