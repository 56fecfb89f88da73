using System.Numerics;
using Backprop.Layers;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Exporting;

/// <summary>Layers as lines of a PyTorch module: the one place that knows which layer becomes what.</summary>
internal sealed partial class PyTorchLayers<T>(PyTorchParts parts) : PythonLayers<T>(parts) where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly PyTorchParts parts = parts;

    /// <inheritdoc/>
    protected override void Add(Layer<T> layer, string own, string prefix, string variable, Shape shape, Shape after)
    {
        switch (layer)
        {
            case RecurrentLayer<T> recurrent: Add(recurrent, own, prefix, variable); break;
            case Bidirectional<T> both: Add(both, own, prefix, variable); break;
            case GlobalAveragePool2d<T>: parts.Statements.Add($"{variable} = {variable}.mean((2, 3))"); break;
            case GlobalMaxPool2d<T>: parts.Statements.Add($"{variable} = {variable}.amax((2, 3))"); break;
            default:
                string member = parts.Member(own, Constructor(layer, own, shape));
                foreach (var (name, parameter) in layer.OwnParameters()) Fill($"{member}.{NameOf(layer, name)}", prefix + name, parameter, layer is Linear<T>);
                parts.Statements.Add($"{variable} = {member}({variable}{(layer is Embedding<T> ? ".long()" : "")})");
                break;
        }
    }

    /// <inheritdoc/>
    protected override string Joined(IEnumerable<string> variables, int axis) => $"torch.cat([{string.Join(", ", variables)}], dim={Number(axis)})";

    /// <inheritdoc/>
    protected override string Vectors(Embedding<T> embedding, string own, string prefix, string tokens)
    {
        string member = parts.Member(own, Constructor(embedding, own, embedding.Weight.Shape));
        Fill($"{member}.weight", $"{prefix}weight", embedding.Weight, turned: false);
        return $"{member}({tokens}.long())";
    }

    private void Fill(string target, string path, Parameter<T> parameter, bool turned) =>
        parts.Weights.Add(new(target, StandsAt(path, parameter), turned && parameter.Shape.Rank == 2));

    private static string NameOf(Layer<T> layer, string name) => (layer, name) switch
    {
        (BatchNorm<T> or LayerNorm<T>, "scale") => "weight",
        (BatchNorm<T> or LayerNorm<T>, "shift") => "bias",
        (_, "runningMean") => "running_mean",
        (_, "runningVariance") => "running_var",
        (PRelu<T>, _) => "weight",
        _ => name,
    };

    private static string Constructor(Layer<T> layer, string name, Shape shape) => layer switch
    {
        Embedding<T> embedding => Call("Embedding", embedding.Weight.Shape[0], embedding.Weight.Shape[1]),
        Linear<T> linear => Call("Linear", linear.Inputs, linear.Outputs, Bias(linear.Bias)),
        Conv1d<T> conv => Call(
            "Conv1d", conv.Channels, conv.Filters, conv.Kernel, ("stride", conv.Stride), ("padding", conv.Padding), ("dilation", conv.Dilation),
            ("groups", conv.Groups), Bias(conv.Bias)),
        Conv2d<T> conv => Call(
            "Conv2d", conv.Channels, conv.Filters, conv.Kernel, ("stride", conv.Stride), ("padding", conv.Padding), ("dilation", conv.Dilation),
            ("groups", conv.Groups), Bias(conv.Bias)),
        ConvTranspose2d<T> conv => Call(
            "ConvTranspose2d", conv.Channels, conv.Filters, conv.Kernel, ("stride", conv.Stride), ("padding", conv.Padding),
            ("output_padding", conv.OutputPadding), ("groups", conv.Groups), Bias(conv.Bias), ("dilation", conv.Dilation)),
        MaxPool1d<T> pool => Call("MaxPool1d", Half(name, pool.Kernel, pool.Padding), pool.Stride, pool.Padding, ("ceil_mode", pool.CeilMode)),
        MaxPool2d<T> pool => Call("MaxPool2d", Half(name, pool.Kernel, pool.Padding), pool.Stride, pool.Padding, ("ceil_mode", pool.CeilMode)),
        AveragePool1d<T> pool => Call(
            "AvgPool1d", Half(name, pool.Kernel, pool.Padding), pool.Stride, pool.Padding, ("ceil_mode", pool.CeilMode), ("count_include_pad", pool.CountPadding)),
        AveragePool2d<T> pool => Call(
            "AvgPool2d", Half(name, pool.Kernel, pool.Padding), pool.Stride, pool.Padding, ("ceil_mode", pool.CeilMode), ("count_include_pad", pool.CountPadding)),
        Upsample2d<T> { Bilinear: true } up => Call("Upsample", ("scale_factor", up.Factor), ("mode", "bilinear"), ("align_corners", false)),
        Upsample2d<T> up => Call("Upsample", ("scale_factor", up.Factor), ("mode", "nearest")),
        BatchNorm<T> norm => Call(shape.Rank == 4 ? "BatchNorm2d" : "BatchNorm1d", norm.Channels, ("eps", norm.Epsilon), ("momentum", norm.Momentum)),
        LayerNorm<T> norm => Call("LayerNorm", norm.Axes, ("eps", norm.Epsilon)),
        Dropout<T> dropout => Call("Dropout", dropout.Rate),
        Dropout2d<T> dropout => Call("Dropout2d", dropout.Rate),
        Flatten<T> => Call("Flatten"),
        Sigmoid<T> => Call("Sigmoid"),
        Tanh<T> => Call("Tanh"),
        Relu<T> => Call("ReLU"),
        LeakyRelu<T> leaky => Call("LeakyReLU", leaky.Slope),
        PRelu<T> learnt => Call("PReLU", learnt.Slope.Length),
        Elu<T> elu => Call("ELU", elu.Alpha),
        Selu<T> => Call("SELU"),
        Gelu<T> gelu => gelu.Approximate ? Call("GELU", ("approximate", "tanh")) : Call("GELU"),
        Silu<T> => Call("SiLU"),
        Softplus<T> => Call("Softplus"),
        Softsign<T> => Call("Softsign"),
        HardSigmoid<T> => Call("Hardsigmoid"),
        Softmax<T> => Call("Softmax", ("dim", -1)),
        _ => throw new NotSupportedException(
            $"PyTorch: the layer '{name}' is of the type {layer.Type}, which has no translation; put it together from layers of the library, or export those before it."),
    };

    /// <summary>A call of one of PyTorch's layers; a pair is an argument by name.</summary>
    private static string Call(string layer, params IEnumerable<object> arguments) => $"nn.{layer}({string.Join(", ", arguments.Select(argument => Shown(argument)).Where(text => text.Length > 0))})";

    private static object Bias(Parameter<T>? bias) => ("bias", (object)(bias is not null));

    /// <summary>Gives the kernel back, unless PyTorch refuses its padding.</summary>
    private static TSize Half<TSize>(string name, TSize kernel, TSize padding)
    {
        var (k, p) = kernel is Size2d size && padding is Size2d around ? (size, around) : ((int)(object)kernel!, (int)(object)padding!);
        return 2 * p.Rows <= k.Rows && 2 * p.Columns <= k.Columns ? kernel : throw new NotSupportedException(
            $"PyTorch: the pool '{name}' has a padding of {padding}, more than half of its window {kernel}, which PyTorch refuses; ONNX can have it.");
    }
}
