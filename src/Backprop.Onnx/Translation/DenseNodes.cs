using Backprop.Layers;

namespace Backprop.Onnx.Translation;

/// <summary>Tables and weighted sums.</summary>
internal static class DenseNodes
{
    public static string Add(GraphBuilder graph, Embedding<float> embedding, string name, Value x)
    {
        string tokens = x.Type == OnnxType.Int64 ? x.Name : graph.Add("Cast", $"{name}.tokens", [x.Name], Attributes.Of("to", (long)OnnxType.Int64));
        return graph.Add("Gather", name, [graph.Weight($"{name}.weight", embedding.Weight), tokens], Attributes.Of("axis", 0L));
    }

    /// <summary>Gemm knows matrices only; sequences take a product and a sum.</summary>
    public static string Add(GraphBuilder graph, Linear<float> linear, string name, Value x)
    {
        string weight = graph.Weight($"{name}.weight", linear.Weight);
        string? bias = linear.Bias is null ? null : graph.Weight($"{name}.bias", linear.Bias);
        if (x.Shape.Rank == 2) return graph.Add("Gemm", name, bias is null ? [x.Name, weight] : [x.Name, weight, bias]);
        if (bias is null) return graph.Add("MatMul", name, [x.Name, weight]);
        return graph.Add("Add", name, [graph.Add("MatMul", $"{name}.product", [x.Name, weight]), bias]);
    }
}
