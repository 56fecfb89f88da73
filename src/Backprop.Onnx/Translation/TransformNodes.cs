using Backprop.Data;

namespace Backprop.Onnx.Translation;

/// <summary>Fitted transforms of the data as operations.</summary>
internal static class TransformNodes
{
    /// <summary>From the units of the data to what the network reads.</summary>
    public static Value Apply(GraphBuilder graph, Transform transform, string name, Value x)
    {
        var standardizer = Known(transform);
        float[] means = [.. standardizer.Means.Select(mean => (float)mean)];
        string shifted = graph.Add("Sub", $"{name}.shift", [x.Name, Numbers(graph, $"{name}.mean", means)]);
        // A mean that float cannot hold leaves a rest: 1949.6 years is off by more than the network may be.
        float[] rests = [.. standardizer.Means.Zip(means, (mean, near) => (float)(mean - near))];
        if (standardizer.Deviations.Zip(rests).Any(pair => Math.Abs(pair.Second) > 1e-7 * pair.First))
            shifted = graph.Add("Sub", $"{name}.shift_rest", [shifted, Numbers(graph, $"{name}.mean_rest", rests)]);
        // A column that was constant in training stays 0, whatever comes.
        float[] scales = [.. standardizer.Deviations.Select(deviation => deviation == 0 ? 0 : (float)(1 / deviation))];
        return x with { Name = graph.Add("Mul", name, [shifted, Numbers(graph, $"{name}.scale", scales)]) };
    }

    /// <summary>From what the network gives back to the units of the data.</summary>
    public static Value Invert(GraphBuilder graph, Transform transform, string name, Value y)
    {
        var standardizer = Known(transform);
        string scaled = graph.Add(
            "Mul", $"{name}.scaled", [y.Name, Numbers(graph, $"{name}.deviation", [.. standardizer.Deviations.Select(deviation => (float)deviation)])]);
        return y with { Name = graph.Add("Add", name, [scaled, Numbers(graph, $"{name}.mean", [.. standardizer.Means.Select(mean => (float)mean)])]) };
    }

    private static Standardizer Known(Transform transform) => transform as Standardizer
        ?? throw new NotSupportedException(
            $"ONNX: the transform '{transform.Type}' has no translation; export the model without it, and transform the data before it.");

    private static string Numbers(GraphBuilder graph, string name, float[] values) => graph.Numbers(name, [values.Length], values);
}
