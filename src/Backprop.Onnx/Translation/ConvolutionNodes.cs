using Backprop.Layers;
using Backprop.Tensors;

namespace Backprop.Onnx.Translation;

/// <summary>Convolutions, there and back, and larger pictures.</summary>
internal static class ConvolutionNodes
{
    public static string Add(GraphBuilder graph, Conv1d<float> conv, string name, Value x) => graph.Add(
        "Conv", name, Inputs(graph, name, x, conv.Weight, conv.Bias),
        Window([conv.Kernel], [conv.Stride], [conv.Padding], [conv.Dilation], conv.Groups));

    public static string Add(GraphBuilder graph, Conv2d<float> conv, string name, Value x) => graph.Add(
        "Conv", name, Inputs(graph, name, x, conv.Weight, conv.Bias),
        Window(
            [conv.Kernel.Rows, conv.Kernel.Columns], [conv.Stride.Rows, conv.Stride.Columns], [conv.Padding.Rows, conv.Padding.Columns],
            [conv.Dilation.Rows, conv.Dilation.Columns], conv.Groups));

    public static string Add(GraphBuilder graph, ConvTranspose2d<float> conv, string name, Value x) => graph.Add(
        "ConvTranspose", name, Inputs(graph, name, x, conv.Weight, conv.Bias),
        [
            .. Window(
                [conv.Kernel.Rows, conv.Kernel.Columns], [conv.Stride.Rows, conv.Stride.Columns], [conv.Padding.Rows, conv.Padding.Columns],
                [conv.Dilation.Rows, conv.Dilation.Columns], conv.Groups),
            Attributes.Of("output_padding", [conv.OutputPadding.Rows, conv.OutputPadding.Columns]),
        ]);

    public static string Add(GraphBuilder graph, Upsample2d<float> upsample, string name, Value x)
    {
        string factors = graph.Numbers($"{name}.factors", [4], [1, 1, upsample.Factor.Rows, upsample.Factor.Columns]);
        return upsample.Bilinear
            ? graph.Add(
                "Resize", name, [x.Name, "", factors], Attributes.Of("mode", "linear"), Attributes.Of("coordinate_transformation_mode", "half_pixel"))
            : graph.Add(
                "Resize", name, [x.Name, "", factors], Attributes.Of("mode", "nearest"), Attributes.Of("coordinate_transformation_mode", "asymmetric"),
                Attributes.Of("nearest_mode", "floor"));
    }

    private static string[] Inputs(GraphBuilder graph, string name, Value x, Parameter<float> weight, Parameter<float>? bias)
    {
        string kernels = graph.Weight($"{name}.weight", weight);
        return bias is null ? [x.Name, kernels] : [x.Name, kernels, graph.Weight($"{name}.bias", bias)];
    }

    private static OnnxAttribute[] Window(int[] kernel, int[] stride, int[] padding, int[] dilation, int groups) =>
    [
        Attributes.Of("kernel_shape", kernel),
        Attributes.Of("strides", stride),
        // Before all axes, then behind all axes.
        Attributes.Of("pads", [.. padding, .. padding]),
        Attributes.Of("dilations", dilation),
        Attributes.Of("group", (long)groups),
    ];
}
