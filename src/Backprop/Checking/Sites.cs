using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>The places of a tape where mistakes can be made, and what they are called.</summary>
internal sealed class Sites
{
    private readonly Tape<double> tape;
    private readonly HashSet<Operation<double>> active;

    public Sites(MistakenWalk walk)
    {
        tape = walk.Tape;
        Output = walk.Output;
        active = [.. tape.BackwardSteps];
        Time = new TimeSteps(tape);
    }

    public Tensor<double> Output { get; }

    public IReadOnlyList<Operation<double>> Steps => tape.BackwardSteps;

    public TimeSteps Time { get; }

    /// <summary>Every single place.</summary>
    public IEnumerable<Site> Single() =>
        from step in Steps
        from input in Wanted(step)
        select Of([step], input);

    /// <summary>Places that are one line of a program: a step, or the same step at every time step.</summary>
    public IEnumerable<Site> Lines()
    {
        var seen = new HashSet<Operation<double>>();
        foreach (var step in Steps)
        {
            if (!seen.Add(step)) continue;
            var alike = Time.Alike(step);
            seen.UnionWith(alike);
            for (int input = 0; input < step.Inputs.Count; input++)
                if (alike.Where(other => active.Contains(other) && Wanted(other).Contains(input)).ToArray() is { Length: > 0 } steps) yield return Of(steps, input);
        }
    }

    /// <summary>Single places and lines, each once.</summary>
    public IEnumerable<Site> All() => Lines().Concat(Single().Where(site => Time.Of(site.Step) > 0));

    /// <summary>One place of some steps.</summary>
    public Site Of(IReadOnlyList<Operation<double>> steps, int input)
    {
        var step = steps[0];
        return new(steps, input, Describe(steps), NameOf(step.Inputs[input]), $"∂L/∂{NameOf(step.Inputs[input])} = {Formula(step, input)}");
    }

    /// <summary>The inputs of a step that get a gradient; of a tensor that stands at two, the first.</summary>
    public static IEnumerable<int> Wanted(Operation<double> step)
    {
        var inputs = step.Inputs.ToList();
        return Enumerable.Range(0, inputs.Count).Where(input => step.WantsInput(input) && inputs.IndexOf(inputs[input]) == input);
    }

    /// <summary>What a tensor is called: its path or name, else that of the layer or operation that computes it.</summary>
    public string NameOf(Tensor<double> tensor)
    {
        if (tape.NameOf(tensor) is { Length: > 0 } name) return name;
        if (tensor.Source is { } source) return source.Layer.Length > 0 && IsLastOfLayer(source) ? source.Layer : source.Name.ToLowerInvariant();
        int place = tape.Inputs.ToList().IndexOf(tensor);
        return place switch { 0 => "x", 1 => "y", > 1 => $"x{place}", _ => "constant" };
    }

    /// <summary>The gradient formula of an input in the names of the tensors.</summary>
    public string Formula(Operation<double> step, int input)
    {
        string formula = step.GradientFormula(input);
        for (int i = 0; i < step.Inputs.Count; i++) formula = formula.Replace($"{{{i}}}", NameOf(step.Inputs[i]), StringComparison.Ordinal);
        return formula.Replace("{y}", NameOf(step.Output), StringComparison.Ordinal).Replace("{dy}", $"∂L/∂{NameOf(step.Output)}", StringComparison.Ordinal);
    }

    /// <summary>What steps are called: <c>Tanh of hidden</c>, <c>MatMul at every time step</c>.</summary>
    public string Describe(IReadOnlyList<Operation<double>> steps)
    {
        var step = steps[0];
        int t = Time.Of(step);
        string time = t == 0 ? "" : steps.Count > 1 ? " at every time step" : $" at t = {t}";
        return $"{step.Name}{(step.Layer.Length > 0 ? $" of {step.Layer}" : "")}{time}";
    }

    private bool IsLastOfLayer(Operation<double> step) => tape.Steps.Last(other => other.Layer == step.Layer) == step;
}
