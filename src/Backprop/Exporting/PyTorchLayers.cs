using System.Globalization;
using System.Numerics;
using Backprop.Layers;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Exporting;

/// <summary>Layers as lines of a PyTorch module: the one place that knows which layer becomes what.</summary>
internal sealed partial class PyTorchLayers<T>(PyTorchParts parts) where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Dictionary<Parameter<T>, string> paths = [];

    /// <summary>Adds a layer that changes a variable.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="path">Its path in the model; empty for the model itself.</param>
    /// <param name="variable">The variable.</param>
    /// <param name="shape">The variable's shape for a batch of one.</param>
    /// <returns>The shape behind the layer.</returns>
    public Shape Run(Layer<T> layer, string path, string variable, Shape shape)
    {
        if (layer is Sequential<T> chain)
        {
            foreach (var (inner, name) in chain.Layers.Zip(chain.LayerNames)) shape = Run(inner, path.Length > 0 ? $"{path}.{name}" : name, variable, shape);
            return shape;
        }
        string own = path.Length > 0 ? path : layer.Name.Length > 0 ? layer.Name : layer.Type;
        string prefix = path.Length > 0 ? $"{path}." : "";
        var after = layer.Describe(shape).Output;
        switch (layer)
        {
            case Residual<T> residual: Add(residual, own, prefix, variable, shape); break;
            case Branches<T> branches: Add(branches, own, prefix, variable, shape); break;
            case EmbeddedColumns<T> embedded: Add(embedded, own, prefix, variable, shape); break;
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
        return after;
    }

    private void Add(Residual<T> residual, string own, string prefix, string variable, Shape shape)
    {
        string around = parts.Unused($"{own}_input");
        parts.Statements.Add($"{around} = {variable}");
        Run(residual.Body, $"{prefix}body", variable, shape);
        if (residual.Shortcut is not null) Run(residual.Shortcut, $"{prefix}shortcut", around, shape);
        parts.Statements.Add($"{variable} = {variable} + {around}");
    }

    private void Add(Branches<T> branches, string own, string prefix, string variable, Shape shape)
    {
        string[] outputs = [.. branches.LayerNames.Select(name => parts.Unused($"{own}_{name}_output"))];
        foreach (string output in outputs) parts.Statements.Add($"{output} = {variable}");
        foreach (var (i, branch) in branches.Layers.Index()) Run(branch, prefix + branches.LayerNames[i], outputs[i], shape);
        parts.Statements.Add($"{variable} = torch.cat([{string.Join(", ", outputs)}], dim={Number(branches.Axis)})");
    }

    private void Add(EmbeddedColumns<T> embedded, string own, string prefix, string variable, Shape shape)
    {
        var pieces = new List<string>();
        foreach (var (start, length, i) in embedded.Runs(shape[1]))
        {
            if (i < 0)
            {
                pieces.Add($"{variable}[:, {Number(start)}:{Number(start + length)}]");
                continue;
            }
            var embedding = embedded.Embeddings[i];
            string name = embedded.LayerNames[i], member = parts.Member($"{own}_{name}", Constructor(embedding, name, shape));
            Fill($"{member}.weight", $"{prefix}{name}.weight", embedding.Weight, turned: false);
            pieces.Add($"{member}({variable}[:, {Number(start)}].long())");
        }
        parts.Statements.Add($"{variable} = torch.cat([{string.Join(", ", pieces)}], dim=1)");
    }

    /// <summary>A line that fills a parameter; one that layers share is taken from where it stands.</summary>
    private void Fill(string target, string path, Parameter<T> parameter, bool turned)
    {
        if (!paths.TryGetValue(parameter, out string? stands)) paths[parameter] = stands = path;
        parts.Weights.Add($"take({target}, arrays[{PyTorchParts.Quoted(stands)}]{(turned && parameter.Shape.Rank == 2 ? ".T" : "")})");
    }

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

    private static string Shown(object argument) => argument switch
    {
        ("bias", true) => "",
        (string name, object value) => $"{name}={Shown(value)}",
        bool flag => flag ? "True" : "False",
        string text => PyTorchParts.Quoted(text),
        Size2d size => $"({Number(size.Rows)}, {Number(size.Columns)})",
        Shape shape => $"[{string.Join(", ", shape.Select(size => Number(size)))}]",
        _ => string.Create(CultureInfo.InvariantCulture, $"{argument}"),
    };

    private static object Bias(Parameter<T>? bias) => ("bias", (object)(bias is not null));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Gives the kernel back, unless PyTorch refuses its padding.</summary>
    private static TSize Half<TSize>(string name, TSize kernel, TSize padding)
    {
        var (k, p) = kernel is Size2d size && padding is Size2d around ? (size, around) : ((int)(object)kernel!, (int)(object)padding!);
        return 2 * p.Rows <= k.Rows && 2 * p.Columns <= k.Columns ? kernel : throw new NotSupportedException(
            $"PyTorch: the pool '{name}' has a padding of {padding}, more than half of its window {kernel}, which PyTorch refuses; ONNX can have it.");
    }
}
