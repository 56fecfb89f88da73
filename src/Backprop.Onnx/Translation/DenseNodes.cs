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

    /// <summary>The columns in runs, tokens by their vectors, side by side again.</summary>
    public static string Add(GraphBuilder graph, EmbeddedColumns<float> embedded, string name, Value x)
    {
        var parts = new List<string>();
        foreach (var (start, length, i) in embedded.Runs(x.Shape[1]))
        {
            string part = $"{name}.{(i < 0 ? $"columns{start}" : $"{embedded.LayerNames[i]}.column")}";
            string taken = graph.Add(
                "Slice", part,
                [x.Name, graph.Wholes($"{part}.start", start), graph.Wholes($"{part}.end", start + length), graph.Wholes($"{part}.axis", 1)]);
            if (i < 0)
            {
                parts.Add(taken);
                continue;
            }
            // [N, 1] tokens give [N, 1, E].
            string own = $"{name}.{embedded.LayerNames[i]}", vectors = Add(graph, embedded.Embeddings[i], own, x with { Name = taken });
            parts.Add(graph.Add("Flatten", $"{own}.vectors", [vectors], Attributes.Of("axis", 1L)));
        }
        return graph.Add("Concat", name, parts, Attributes.Of("axis", 1L));
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
