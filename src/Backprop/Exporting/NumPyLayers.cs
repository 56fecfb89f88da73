using System.Numerics;
using Backprop.Layers;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Exporting;

/// <summary>Layers as lines of NumPy: the one place that knows which layer becomes what.</summary>
internal sealed partial class NumPyLayers<T>(NumPyParts parts) : PythonLayers<T>(parts) where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly object One = (Size2d)1, None = (Size2d)0;

    private readonly NumPyParts parts = parts;

    /// <inheritdoc/>
    protected override void Add(Layer<T> layer, string own, string prefix, string variable, Shape shape, Shape after)
    {
        // In inference dropout does nothing.
        if (layer is DropoutLayer<T>) return;
        string expression = layer switch
        {
            RecurrentLayer<T> recurrent => Last(recurrent, Sequence(recurrent, own, prefix, variable)),
            Bidirectional<T> both => BothWays(both, own, prefix, variable),
            _ => Expression(layer, own, prefix, variable, shape),
        };
        Assign(variable, expression, after);
    }

    /// <inheritdoc/>
    protected override void Assign(string variable, string expression, Shape after) => parts.Statements.Add($"{variable} = {expression}    # {Sizes(after)}");

    /// <inheritdoc/>
    protected override string Joined(IEnumerable<string> variables, int axis) => $"np.concatenate([{string.Join(", ", variables)}], axis={Number(axis)})";

    /// <inheritdoc/>
    protected override string Vectors(Embedding<T> embedding, string own, string prefix, string tokens) =>
        $"{Weight($"{prefix}weight", embedding.Weight)}[{tokens}.astype(int)]";

    private string Expression(Layer<T> layer, string name, string prefix, string x, Shape shape)
    {
        return layer switch
        {
            Embedding<T> embedding => Vectors(embedding, name, prefix, x),
            Linear<T> linear => $"{x} @ {W("weight", linear.Weight)}{(linear.Bias is { } bias ? $" + {W("bias", bias)}" : "")}",
            Conv1d<T> c => Call(
                "conv1d", Weights(c.Weight, c.Bias), ("stride", c.Stride, 1), ("padding", c.Padding, 0), ("dilation", c.Dilation, 1), ("groups", c.Groups, 1)),
            Conv2d<T> c => Call(
                "conv2d", Weights(c.Weight, c.Bias), ("stride", c.Stride, One), ("padding", c.Padding, None), ("dilation", c.Dilation, One), ("groups", c.Groups, 1)),
            ConvTranspose2d<T> c => Call(
                "conv_transpose2d", Weights(c.Weight, c.Bias), ("stride", c.Stride, One), ("padding", c.Padding, None),
                ("output_padding", c.OutputPadding, None), ("dilation", c.Dilation, One), ("groups", c.Groups, 1)),
            MaxPool1d<T> p => Call("max_pool1d", [x, Number(p.Kernel), Number(p.Stride)], ("padding", p.Padding, 0), ("ceil_mode", p.CeilMode, false)),
            MaxPool2d<T> p => Call("max_pool2d", [x, Shown(p.Kernel), Shown(p.Stride)], ("padding", p.Padding, None), ("ceil_mode", p.CeilMode, false)),
            AveragePool1d<T> p => Call(
                "average_pool1d", [x, Number(p.Kernel), Number(p.Stride)], ("padding", p.Padding, 0), ("ceil_mode", p.CeilMode, false), ("count_padding", p.CountPadding, true)),
            AveragePool2d<T> p => Call(
                "average_pool2d", [x, Shown(p.Kernel), Shown(p.Stride)], ("padding", p.Padding, None), ("ceil_mode", p.CeilMode, false), ("count_padding", p.CountPadding, true)),
            GlobalAveragePool2d<T> => $"{x}.mean(axis=(2, 3))",
            GlobalMaxPool2d<T> => $"{x}.max(axis=(2, 3))",
            Upsample2d<T> { Bilinear: true } up => Call("bilinear", [x, Number(up.Factor.Rows), Number(up.Factor.Columns)]),
            Upsample2d<T> up => $"{x}.repeat({Number(up.Factor.Rows)}, axis=2).repeat({Number(up.Factor.Columns)}, axis=3)",
            BatchNorm<T> n => Call(
                "batch_norm", [x, W("scale", n.Scale), W("shift", n.Shift), W("runningMean", n.RunningMean), W("runningVariance", n.RunningVariance), Shown(n.Epsilon)]),
            LayerNorm<T> n => Call("layer_norm", [x, W("scale", n.Scale), W("shift", n.Shift), Shown(n.Epsilon)]),
            Flatten<T> => $"{x}.reshape(len({x}), -1)",
            Sigmoid<T> => Call("sigmoid", [x]),
            Tanh<T> => $"np.tanh({x})",
            Relu<T> => $"np.maximum({x}, 0)",
            LeakyRelu<T> leaky => $"np.where({x} > 0, {x}, {Shown(leaky.Slope)} * {x})",
            PRelu<T> learnt => $"np.where({x} > 0, {x}, {Slope(learnt.Slope, shape)} * {x})",
            Elu<T> elu => Call("elu", [x, Shown(elu.Alpha)]),
            Selu<T> => Call("selu", [x]),
            Gelu<T> gelu => Call(gelu.Approximate ? "gelu_by_tanh" : "gelu", [x]),
            Silu<T> => $"{x} * {Call("sigmoid", [x])}",
            Softplus<T> => $"np.logaddexp(0, {x})",
            Softsign<T> => $"{x} / (1 + np.abs({x}))",
            HardSigmoid<T> => $"np.clip(({x} + 3) / 6, 0, 1)",
            Softmax<T> => Call("softmax", [x]),
            _ => throw new NotSupportedException(
                $"NumPy: the layer '{name}' is of the type {layer.Type}, which has no translation; put it together from layers of the library, or export those before it."),
        };

        string W(string own, Parameter<T> parameter) => Weight(prefix + own, parameter);

        string[] Weights(Parameter<T> weight, Parameter<T>? bias) => [x, W("weight", weight), .. bias is null ? Array.Empty<string>() : [W("bias", bias)]];

        // One slope for each channel stands over the axes behind it.
        string Slope(Parameter<T> slope, Shape of) =>
            slope.Shape.Rank == 0 || of.Rank == 2 ? W("slope", slope) : $"{W("slope", slope)}.reshape({string.Join(", ", Enumerable.Repeat("1", of.Rank - 2).Prepend("-1"))})";
    }

    private string Weight(string path, Parameter<T> parameter) => $"w[{PythonParts.Quoted(StandsAt(path, parameter))}]";

    /// <summary>A call of one of the functions; settings are said where they are not the usual ones.</summary>
    private string Call(string function, IEnumerable<string> arguments, params (string Name, object Value, object Usual)[] settings) =>
        $"{parts.Function(function)}({string.Join(", ", arguments.Concat(settings.Where(setting => !setting.Value.Equals(setting.Usual)).Select(setting => Shown((setting.Name, setting.Value)))))})";
}
