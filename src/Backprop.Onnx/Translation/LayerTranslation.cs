using Backprop.Layers;

namespace Backprop.Onnx.Translation;

/// <summary>Layers as operations: the one place that knows which layer becomes what.</summary>
internal sealed class LayerTranslation(GraphBuilder graph)
{
    /// <summary>Adds what a layer does to the graph.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="path">Its path in the model; empty for the model itself.</param>
    /// <param name="x">What it reads.</param>
    /// <returns>What it gives.</returns>
    /// <exception cref="NotSupportedException">The layer is not of the library.</exception>
    public Value Translate(Layer<float> layer, string path, Value x)
    {
        if (layer is Sequential<float> chain) return Run(chain, path, x);
        string name = path.Length > 0 ? path : layer.Name.Length > 0 ? layer.Name : layer.Type;
        return new Value(Nodes(layer, name, x), layer.Describe(x.Shape).Output);
    }

    private Value Run(Sequential<float> chain, string path, Value x)
    {
        foreach (var (layer, name) in chain.Layers.Zip(chain.LayerNames)) x = Translate(layer, path.Length > 0 ? $"{path}.{name}" : name, x);
        return x;
    }

    private string Nodes(Layer<float> layer, string name, Value x) => layer switch
    {
        Embedding<float> embedding => DenseNodes.Add(graph, embedding, name, x),
        EmbeddedColumns<float> embedded => DenseNodes.Add(graph, embedded, name, x),
        Linear<float> linear => DenseNodes.Add(graph, linear, name, x),
        Flatten<float> => graph.Add("Flatten", name, [x.Name], Attributes.Of("axis", 1L)),
        Conv1d<float> conv => ConvolutionNodes.Add(graph, conv, name, x),
        Conv2d<float> conv => ConvolutionNodes.Add(graph, conv, name, x),
        ConvTranspose2d<float> conv => ConvolutionNodes.Add(graph, conv, name, x),
        MaxPool1d<float> pool => PoolingNodes.Largest(graph, new([pool.Kernel], [pool.Stride], [pool.Padding], pool.CeilMode), name, x, layer.Describe(x.Shape).Output),
        MaxPool2d<float> pool => PoolingNodes.Largest(graph, PoolingWindow.Of(pool.Kernel, pool.Stride, pool.Padding, pool.CeilMode), name, x, layer.Describe(x.Shape).Output),
        AveragePool1d<float> pool => PoolingNodes.Average(
            graph, new([pool.Kernel], [pool.Stride], [pool.Padding], pool.CeilMode), pool.CountPadding, name, x, layer.Describe(x.Shape).Output),
        AveragePool2d<float> pool => PoolingNodes.Average(
            graph, PoolingWindow.Of(pool.Kernel, pool.Stride, pool.Padding, pool.CeilMode), pool.CountPadding, name, x, layer.Describe(x.Shape).Output),
        GlobalAveragePool2d<float> => PoolingNodes.Whole(graph, "GlobalAveragePool", name, x),
        GlobalMaxPool2d<float> => PoolingNodes.Whole(graph, "GlobalMaxPool", name, x),
        Upsample2d<float> upsample => ConvolutionNodes.Add(graph, upsample, name, x),
        BatchNorm<float> norm => NormalizationNodes.Add(graph, norm, name, x),
        LayerNorm<float> norm => NormalizationNodes.Add(graph, norm, name, x),
        // Nothing is dropped outside training.
        DropoutLayer<float> => x.Name,
        RecurrentLayer<float> recurrent => RecurrentNodes.Add(graph, recurrent, name, x),
        Bidirectional<float> both => RecurrentNodes.Add(graph, both, name, x),
        Residual<float> residual => Sum(residual, name, x),
        Branches<float> branches => graph.Add(
            "Concat", name,
            [.. branches.Layers.Zip(branches.LayerNames, (branch, own) => Translate(branch, $"{name}.{own}", x).Name)], Attributes.Of("axis", (long)branches.Axis)),
        _ => ActivationNodes.Add(graph, layer, name, x) ?? throw new NotSupportedException(
            $"ONNX: the layer '{name}' is of the type {layer.Type}, which has no translation; put it together from layers of the library, or export those before it."),
    };

    private string Sum(Residual<float> residual, string name, Value x)
    {
        string body = Translate(residual.Body, $"{name}.body", x).Name;
        string around = residual.Shortcut is null ? x.Name : Translate(residual.Shortcut, $"{name}.shortcut", x).Name;
        return graph.Add("Add", name, [body, around]);
    }
}
