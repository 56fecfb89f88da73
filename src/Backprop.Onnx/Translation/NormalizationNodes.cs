using Backprop.Layers;

namespace Backprop.Onnx.Translation;

/// <summary>Normalisation by running statistics and by samples.</summary>
internal static class NormalizationNodes
{
    public static string Add(GraphBuilder graph, BatchNorm<float> norm, string name, Value x) => graph.Add(
        "BatchNormalization", name,
        [
            x.Name, graph.Weight($"{name}.scale", norm.Scale), graph.Weight($"{name}.shift", norm.Shift),
            graph.Weight($"{name}.runningMean", norm.RunningMean), graph.Weight($"{name}.runningVariance", norm.RunningVariance),
        ],
        Attributes.Of("epsilon", norm.Epsilon));

    public static string Add(GraphBuilder graph, LayerNorm<float> norm, string name, Value x) => graph.Add(
        "LayerNormalization", name, [x.Name, graph.Weight($"{name}.scale", norm.Scale), graph.Weight($"{name}.shift", norm.Shift)],
        Attributes.Of("axis", (long)-norm.Axes.Rank), Attributes.Of("epsilon", norm.Epsilon));
}
