using Backprop.Data;

namespace Backprop.Onnx.Translation;

/// <summary>Fitted transforms of the data as operations.</summary>
internal static class TransformNodes
{
    /// <summary>From the units of the data to what the network reads.</summary>
    public static Value Apply(GraphBuilder graph, Transform transform, string name, Value x)
    {
        var scaling = Known(transform);
        float[] shifts = [.. scaling.Shifts.Select(shift => (float)shift)];
        string shifted = graph.Add("Sub", $"{name}.shifted", [x.Name, Numbers(graph, $"{name}.shift", shifts)]);
        // A shift that float cannot hold leaves a rest: 1949.6 years is off by more than the network may be.
        float[] rests = [.. scaling.Shifts.Zip(shifts, (shift, near) => (float)(shift - near))];
        if (scaling.Sizes.Zip(rests).Any(pair => Math.Abs(pair.Second) > 1e-7 * pair.First))
            shifted = graph.Add("Sub", $"{name}.shifted_rest", [shifted, Numbers(graph, $"{name}.shift_rest", rests)]);
        // A column that was constant in training stays 0, whatever comes.
        float[] factors = [.. scaling.Sizes.Select(size => size == 0 ? 0 : (float)(1 / size))];
        return x with { Name = graph.Add("Mul", name, [shifted, Numbers(graph, $"{name}.factor", factors)]) };
    }

    /// <summary>From what the network gives back to the units of the data.</summary>
    public static Value Invert(GraphBuilder graph, Transform transform, string name, Value y)
    {
        var scaling = Known(transform);
        string sized = graph.Add("Mul", $"{name}.sized", [y.Name, Numbers(graph, $"{name}.size", [.. scaling.Sizes.Select(size => (float)size)])]);
        return y with { Name = graph.Add("Add", name, [sized, Numbers(graph, $"{name}.shift", [.. scaling.Shifts.Select(shift => (float)shift)])]) };
    }

    private static Scaling Known(Transform transform) => transform as Scaling
        ?? throw new NotSupportedException(
            $"ONNX: the transform '{transform.Type}' has no translation; export the model without it, and transform the data before it.");

    private static string Numbers(GraphBuilder graph, string name, float[] values) => graph.Numbers(name, [values.Length], values);
}
