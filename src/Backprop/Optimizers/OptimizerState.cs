using System.Numerics;

namespace Backprop.Optimizers;

/// <summary>What an optimizer remembers from step to step: with it, training goes on after a pause as if there had been none.</summary>
/// <param name="Steps">The number of steps taken.</param>
/// <param name="Updates">How many of them changed each parameter, in the order of the optimizer's parameters.</param>
/// <param name="Memory">The remembered numbers by name (<c>velocity</c>; <c>mean</c>, <c>squaredMean</c>): one row-major array per parameter,
/// empty for a parameter that was never updated.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record OptimizerState<T>(long Steps, IReadOnlyList<long> Updates, IReadOnlyDictionary<string, IReadOnlyList<T[]>> Memory)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Throws unless this is a state that the optimizer could be in.</summary>
    internal void Check(Optimizer<T> optimizer, string[] names)
    {
        var parameters = optimizer.Parameters;
        if (Memory.Count != names.Length || names.Any(name => !Memory.ContainsKey(name)))
            throw new ArgumentException(
                $"State: [{string.Join(", ", Memory.Keys)}] came, this {optimizer.Type} remembers [{string.Join(", ", names)}]; " +
                "restore into an optimizer of the same kind and settings.");
        if (Updates.Count != parameters.Count || Memory.Values.Any(values => values.Count != parameters.Count))
            throw new ArgumentException(
                $"State: it is of {Updates.Count} parameters, this {optimizer.Type} changes {parameters.Count}; restore into an optimizer of the same model.");
        if (Steps < 0 || Updates.Any(count => count < 0 || count > Steps))
            throw new ArgumentException($"State: {Steps} steps with {string.Join(", ", Updates)} updates came; a parameter has 0 updates up to one per step.");
        foreach (var (name, values) in Memory)
            for (int i = 0; i < values.Count; i++)
                if (values[i].Length != parameters[i].Length && (values[i].Length > 0 || Updates[i] > 0))
                    throw new ArgumentException(
                        $"State: {name} of '{parameters.Names[i]}' has {values[i].Length} numbers, {parameters[i].Shape} needs {parameters[i].Length}.");
    }
}
