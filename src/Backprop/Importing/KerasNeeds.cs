using System.Numerics;
using Backprop.Layers;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Importing;

/// <summary>What layers need of a Keras model: there pictures have their channels last, and so have kernels and whatever was flattened.</summary>
internal sealed class KerasNeeds<T> : LayerNeeds<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const string Features = "features from channels last to channels first";

    // What the network says counts, but is easily forgotten.
    private const double UsualEpsilon = 1e-3;

    /// <inheritdoc/>
    protected override IEnumerable<Need<T>> OfLayer(Layer<T> layer, string prefix, Flow flow)
    {
        if (((layer as BatchNorm<T>)?.Epsilon ?? (layer as LayerNorm<T>)?.Epsilon) is { } epsilon && epsilon != UsualEpsilon)
            Notes.Add(FormattableString.Invariant($"the network's norms have the epsilon {epsilon}; Keras' own is {UsualEpsilon}: look which one the model was trained with"));
        foreach (var (name, parameter) in layer.OwnParameters())
        {
            string path = prefix + name;
            yield return (layer, name) switch
            {
                (Embedding<T>, _) => Same("embeddings", path, parameter),
                (Linear<T>, "weight") => InOrder("kernel", path, parameter, flow.Order),
                (Conv1d<T>, "weight") => Kernel("kernel", path, parameter),
                (Conv2d<T> conv, "weight") => conv.Groups == conv.Channels && conv.Groups > 1 ? Depthwise(conv, path) : Kernel("kernel", path, parameter),
                (ConvTranspose2d<T>, "weight") => Kernel("kernel", path, parameter),
                (BatchNorm<T> or LayerNorm<T>, "scale") => Normed("gamma", path, parameter, flow) with { Usual = 1 },
                (BatchNorm<T> or LayerNorm<T>, "shift") => Normed("beta", path, parameter, flow) with { Usual = 0 },
                (_, "runningMean") => Normed("moving_mean", path, parameter, flow),
                (_, "runningVariance") => Normed("moving_variance", path, parameter, flow),
                // [1, 1, C] where the axes of the picture share a slope.
                (PRelu<T>, _) => InOrder("alpha", path, parameter, parameter.Shape.Rank == 1 && flow.Shape.Rank == 2 ? flow.Order : null) with { AnyOnes = true },
                _ => Same(name, path, parameter),
            };
        }
    }

    /// <inheritdoc/>
    protected override IEnumerable<Need<T>> OfCell(RecurrentCell<T> cell, string prefix)
    {
        int units = cell.Units;
        // A GRU's update gate stands before its reset gate there.
        bool gru = cell is GruCell<T>;
        string how = gru ? "gates z, r, h to r, z, n" : Need<T>.AsItIs;
        Func<T[], T[]> gates = gru ? values => Turning.Blocks(values, units, 1, 0, 2) : Turning.Not;
        yield return new("kernel", cell.InputWeight.Shape, how, new Fill<T>($"{prefix}inputWeight", cell.InputWeight, gates));
        yield return new("recurrent_kernel", cell.RecurrentWeight.Shape, how, new Fill<T>($"{prefix}recurrentWeight", cell.RecurrentWeight, gates));
        if (gru && cell.Bias is null) Notes.Add("a GRU without biases does not tell whether it was trained with reset_after=True, the only one that can be taken");
        if (cell.Bias is not { } bias) yield break;
        if (cell is not GruCell<T> { RecurrentBias: { } second }) yield return Same("bias", $"{prefix}bias", bias);
        else
        {
            Fill<T>[] both = [new($"{prefix}bias", bias, values => gates(values[..(3 * units)])), new($"{prefix}recurrentBias", second, values => gates(values[(3 * units)..]))];
            yield return new Need<T>("bias", [2, 3 * units], how, both) { Hint = "a GRU with reset_after=False computes another thing and cannot be taken" };
        }
    }

    /// <summary>[K, in, out] or [KH, KW, in, out] there: our axes come from behind, the places of the kernel last.</summary>
    private static Need<T> Kernel(string role, string path, Parameter<T> parameter)
    {
        int[] order = [.. Enumerable.Range(0, parameter.Shape.Rank).Select(axis => axis switch { 0 => parameter.Shape.Rank - 1, 1 => parameter.Shape.Rank - 2, _ => axis - 2 })];
        return Reordered(role, path, parameter, order, "axes turned");
    }

    /// <summary>[KH, KW, C, times] there, the kernels of a channel side by side.</summary>
    private static Need<T> Depthwise(Conv2d<T> conv, string path)
    {
        int[] sizes = [conv.Kernel.Rows, conv.Kernel.Columns, conv.Channels, conv.Filters / conv.Channels];
        return new("depthwise_kernel", [.. sizes], "axes turned", new Fill<T>(path, conv.Weight, values => Turning.Axes(values, sizes, [2, 3, 0, 1])));
    }

    /// <summary>One number for each channel, each feature, or each number of a picture.</summary>
    private static Need<T> Normed(string role, string path, Parameter<T> parameter, Flow flow) =>
        parameter.Shape.Rank > 1 && flow.ChannelsBeforeSpace && parameter.Shape.Rank == flow.Shape.Rank - 1
            ? Reordered(role, path, parameter, [parameter.Shape.Rank - 1, .. Enumerable.Range(0, parameter.Shape.Rank - 1)], "axes turned")
            : flow.Order is { } order && flow.Shape.Rank == 2 ? InOrder(role, path, parameter, order) : Same(role, path, parameter);

    /// <summary>Rows that stand for flattened pictures.</summary>
    private static Need<T> InOrder(string role, string path, Parameter<T> parameter, int[]? order) => order is null ? Same(role, path, parameter)
        : new(role, parameter.Shape, Features, new Fill<T>(path, parameter, values => Turning.Rows(values, order)));

    private static Need<T> Reordered(string role, string path, Parameter<T> parameter, int[] order, string how)
    {
        var sizes = new int[order.Length];
        for (int axis = 0; axis < order.Length; axis++) sizes[order[axis]] = parameter.Shape[axis];
        return new(role, [.. sizes], how, new Fill<T>(path, parameter, values => Turning.Axes(values, sizes, order)));
    }
}
