using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Health;

/// <summary>How a step's place in the network is called.</summary>
internal static class Place
{
    /// <summary>The path of its layer; outside of any, the path of a parameter that it reads, or its own name and position.</summary>
    public static string Of<T>(Tape<T> tape, Operation<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (step.Layer.Length > 0) return step.Layer;
        foreach (var input in step.Inputs)
            if (input is Parameter<T> parameter && tape.NameOf(parameter) is { Length: > 0 } name) return name;
        int position = 1;
        foreach (var other in tape.Steps)
        {
            if (other == step) break;
            position++;
        }
        return $"{step.Name} (step {position})";
    }
}
