using Backprop.Tensors;

namespace Backprop.Onnx.Translation;

/// <summary>The largest and the average of windows.</summary>
internal static class PoolingNodes
{
    public static string Largest(GraphBuilder graph, PoolingWindow window, string name, Value x, Shape y) =>
        graph.Add("MaxPool", name, [x.Name], window.Attributes(window.Padding, window.PaddingBehind(x.Shape, y)));

    public static string Average(GraphBuilder graph, PoolingWindow window, bool countPadding, string name, Value x, Shape y)
    {
        int[] behind = window.PaddingBehind(x.Shape, y);
        // Programs refuse a window that fits into the padding, and count what reaches past it: then the average is a convolution of equal weights.
        bool plain = window.Padding.Zip(window.Kernel).All(pair => pair.First < pair.Second) && behind.SequenceEqual(window.Padding);
        if (!countPadding || plain)
            return graph.Add(
                "AveragePool", name, [x.Name],
                [.. window.Attributes(window.Padding, behind), Attributes.Of("count_include_pad", countPadding ? 1L : 0)]);
        int channels = x.Shape[1], size = window.Kernel.Aggregate((product, kernel) => product * kernel);
        float[] equal = [.. Enumerable.Repeat(1f / size, channels * size)];
        string[] inputs = [x.Name, graph.Numbers($"{name}.equal", [channels, 1, .. window.Kernel.Select(kernel => (long)kernel)], equal)];
        OnnxAttribute[] attributes = [.. window.Attributes(window.Padding, behind), Attributes.Of("group", (long)channels)];
        float[][] shares = [.. window.Kernel.Select((_, axis) => window.Shares(axis, x.Shape, y))];
        if (shares.All(axis => axis.All(share => share == 1))) return graph.Add("Conv", name, inputs, attributes);
        string average = graph.Add("Conv", $"{name}.average", inputs, attributes);
        float[] factors = shares.Aggregate<float[], float[]>([1], (before, axis) => [.. before.SelectMany(outer => axis.Select(share => outer * share))]);
        return graph.Add("Mul", name, [average, graph.Numbers($"{name}.shares", [1, 1, .. shares.Select(axis => (long)axis.Length)], factors)]);
    }

    /// <summary>Over whole channels; the axes of size 1 that remain in ONNX go.</summary>
    public static string Whole(GraphBuilder graph, string type, string name, Value x) =>
        graph.Add("Flatten", name, [graph.Add(type, $"{name}.pooled", [x.Name])], Attributes.Of("axis", 1L));
}
