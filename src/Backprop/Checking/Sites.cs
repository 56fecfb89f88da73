using System.Globalization;
using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>The places of a tape where mistakes can be made, and what they are called.</summary>
internal sealed class Sites
{
    private readonly Tape<double> tape;
    /// <summary>Up to how many steps a recurrent network is also looked at time step by time step.</summary>
    private const int MostSteps = 200;

    private readonly HashSet<Operation<double>> active;
    private readonly Dictionary<string, Operation<double>> lastOfLayer = [];

    public Sites(MistakenWalk walk)
    {
        tape = walk.Tape;
        Output = walk.Output;
        active = [.. tape.BackwardSteps];
        foreach (var step in tape.Steps) lastOfLayer[step.Layer] = step;
        Time = new TimeSteps(tape);
    }

    public Tensor<double> Output { get; }

    public IReadOnlyList<Operation<double>> Steps => tape.BackwardSteps;

    public TimeSteps Time { get; }

    /// <summary>Every single place, from the loss back.</summary>
    public IEnumerable<Site> Single() =>
        from step in Steps.Reverse()
        from input in Wanted(step)
        select Of([step], input);

    /// <summary>Places that are one line of a program: a step, or the same step at every time step; from the loss back.</summary>
    public IEnumerable<Site> Lines()
    {
        var seen = new HashSet<Operation<double>>();
        foreach (var step in Steps.Reverse())
        {
            if (!seen.Add(step)) continue;
            var alike = Time.Alike(step);
            seen.UnionWith(alike);
            for (int input = 0; input < step.Inputs.Count; input++)
                if (alike.Where(other => active.Contains(other) && Wanted(other).Contains(input)).ToArray() is { Length: > 0 } steps) yield return Of(steps, input);
        }
    }

    /// <summary>Single places and lines, each once.</summary>
    public IEnumerable<Site> All() => Lines().Concat(Steps.Count <= MostSteps ? Single().Where(site => Time.Alike(site.Step).Count > 1) : []);

    /// <summary>One place of some steps.</summary>
    public Site Of(IReadOnlyList<Operation<double>> steps, int input)
    {
        var step = steps[0];
        string tensor = NameAt(steps, step.Inputs[input]);
        return new(steps, input, Describe(steps), tensor, $"∂L/∂{tensor} = {Formula(steps, input)}");
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
        if (tensor == Output && tensor.Length == 1) return "L";
        if (tape.NameOf(tensor) is { Length: > 0 } name) return name;
        if (tensor == Output) return "output";
        if (tensor.Source is { } source) return lastOfLayer[source.Layer] == source && source.Layer.Length > 0 ? source.Layer : source.Name.ToLowerInvariant();
        int place = tape.Inputs.ToList().IndexOf(tensor);
        return place switch { 0 => "x", 1 => "y", > 1 => $"x{place}", _ => "constant" };
    }

    /// <summary>What steps are called: <c>Tanh of hidden</c>, <c>MatMul of rnn1 at every time step</c>.</summary>
    public string Describe(IReadOnlyList<Operation<double>> steps)
    {
        var step = steps[0];
        int t = Time.Of(step);
        string time = t == 0 ? "" : steps.Count > 1 ? " at every time step" : $" at t = {t}";
        bool saysItself = step.Layer.StartsWith(step.Name, StringComparison.OrdinalIgnoreCase);
        return $"{(saysItself ? step.Layer : step.Layer.Length > 0 ? $"{step.Name} of {step.Layer}" : step.Name)}{time}";
    }

    /// <summary>The gradient formula of an input in the names of the tensors.</summary>
    private string Formula(IReadOnlyList<Operation<double>> steps, int input)
    {
        var step = steps[0];
        string formula = step.GradientFormula(input);
        for (int i = 0; i < step.Inputs.Count; i++) formula = formula.Replace($"{{{i}}}", NameAt(steps, step.Inputs[i]), StringComparison.Ordinal);
        // ∂L/∂L is 1: a factor that nobody writes.
        if (step.Output == Output && Output.Length == 1) formula = formula.Replace("{dy} · ", "", StringComparison.Ordinal).Replace("{dy}", "1", StringComparison.Ordinal);
        return formula.Replace("{y}", NameAt(steps, step.Output), StringComparison.Ordinal)
            .Replace("{dy}", $"∂L/∂{NameAt(steps, step.Output)}", StringComparison.Ordinal);
    }

    /// <summary>The name of a tensor beside the first of several time steps: h_t for h_3 beside the third, h_(t−1) for h_2.</summary>
    private string NameAt(IReadOnlyList<Operation<double>> steps, Tensor<double> tensor)
    {
        string name = NameOf(tensor);
        int t = Time.Of(steps[0]), end = name.LastIndexOf('_');
        if (steps.Count == 1 || t == 0 || end < 0 || !int.TryParse(name.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int at)) return name;
        string time = (at - t) switch { 0 => "t", -1 => "(t−1)", 1 => "(t+1)", _ => name[(end + 1)..] };
        return $"{name[..end]}_{time}";
    }
}
