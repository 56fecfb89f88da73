using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>Says whether gradients are right, and where they are wrong, what mistake explains them.</summary>
/// <remarks>
/// A mistake counts when it explains every entry of every parameter to 10⁻⁶ of the largest; all that do are named, with an input that would tell them apart.
/// When none does, the cause is unknown.
/// </remarks>
public static partial class Doctor
{
    /// <summary>Examines gradients that came from elsewhere: another program, a calculation by hand.</summary>
    /// <param name="tape">The same network with the same numbers, of right operations. Afterwards it is sealed and holds its own values and gradients.</param>
    /// <param name="loss">A single number that the tape computed.</param>
    /// <param name="claimed">The gradients, row-major, by the path of the parameter. Those of some parameters are enough.</param>
    /// <param name="before">The gradients that the step before went down, by the same paths: by them alone it can be told that they were not cleared.</param>
    /// <exception cref="ArgumentException">A path is not that of a trainable parameter of the tape, or its gradient has another number of entries.</exception>
    /// <exception cref="InvalidOperationException">The loss depends on no trainable parameter of the tape, or a parameter has changed since the forward run.</exception>
    public static Diagnosis Examine(
        Tape<double> tape, Tensor<double> loss, IReadOnlyDictionary<string, double[]> claimed, IReadOnlyDictionary<string, double[]>? before = null)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(claimed);
        Check(tape, claimed);
        if (before is not null) Check(tape, before);
        using var walk = new MistakenWalk(tape, loss);
        var given = ByParameter(tape, claimed);
        double least = Nearness.Least(given.Values);
        var report = new GradientReport([.. given.Select(entry => Comparison.Of(tape.NameOf(entry.Key), entry.Key, entry.Value, least))], "given", "right");
        if (report.Verdict != Verdict.Wrong) return new(report, [], []);
        string[] wrong = [.. report.Parameters.Where(parameter => parameter.Verdict == Verdict.Wrong).Select(parameter => parameter.Name)];
        string symptom = $"The gradient of {string.Join(", ", wrong)} is wrong.";
        return new(report, [new(wrong[0], symptom, new Explanation(walk, given, before is null ? null : ByParameter(tape, before)).Causes())], []);
    }

    private static Dictionary<Tensor<double>, double[]> ByParameter(Tape<double> tape, IReadOnlyDictionary<string, double[]> byPath) =>
        tape.Parameters.Where(parameter => byPath.ContainsKey(tape.NameOf(parameter)))
            .ToDictionary(Tensor<double> (parameter) => parameter, parameter => byPath[tape.NameOf(parameter)]);

    private static void Check(Tape<double> tape, IReadOnlyDictionary<string, double[]> claimed)
    {
        if (claimed.Count == 0) throw new ArgumentException("Examine: no gradient came; at least that of one parameter is needed.");
        foreach (var (path, gradient) in claimed)
        {
            int index = tape.Parameters.Names.ToList().IndexOf(path);
            if (index < 0 || !tape.Parameters[index].Trainable)
                throw new ArgumentException($"Examine: there is no trainable parameter '{path}'; there are {string.Join(", ", tape.Parameters.Names)}.");
            if (gradient.Length != tape.Parameters[index].Length)
                throw new ArgumentException($"Examine: {gradient.Length} numbers came for '{path}', {tape.Parameters[index].Shape} needs {tape.Parameters[index].Length}.");
        }
    }
}
