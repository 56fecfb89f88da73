using System.Numerics;
using Backprop.Layers;
using Backprop.Tensors;

namespace Backprop.Importing;

/// <summary>What comes to a layer, as far as another program may hold it in another order.</summary>
/// <param name="Shape">Its shape for a batch of one.</param>
/// <param name="ChannelsBeforeSpace">Whether its axis 1 are channels and the axes behind it rows and columns, or places of a sequence.</param>
/// <param name="Order">Where the features of flattened pictures stand if channels come last: feature i here is Order[i] there. Null where they stand alike.</param>
internal sealed record Flow(Shape Shape, bool ChannelsBeforeSpace, int[]? Order = null);

/// <summary>What each layer of a network needs of another program's file: walks through the network in the order of its parameters.</summary>
internal abstract class LayerNeeds<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<Unit<T>> units = [];

    /// <summary>What a person had better look at.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>The units of a network.</summary>
    /// <param name="model">The network.</param>
    /// <param name="input">The shape of one sample.</param>
    public IReadOnlyList<Unit<T>> Of(Layer<T> model, Shape input)
    {
        Walk(model, "", new Flow([1, .. input.AsSpan()], input.Rank == 3));
        return units;
    }

    /// <summary>The arrays of a layer that holds no others and is not recurrent.</summary>
    protected abstract IEnumerable<Need<T>> OfLayer(Layer<T> layer, string prefix, Flow flow);

    /// <summary>The arrays of a recurrent cell.</summary>
    protected abstract IEnumerable<Need<T>> OfCell(RecurrentCell<T> cell, string prefix);

    /// <summary>An array that is a parameter as it stands.</summary>
    protected static Need<T> Same(string role, string path, Parameter<T> parameter) => new(role, parameter.Shape, Need<T>.AsItIs, new Fill<T>(path, parameter, Turning.Not));

    /// <summary>A matrix whose rows are our columns.</summary>
    protected static Need<T> Transposed(string role, string path, Parameter<T> parameter)
    {
        int[] sizes = [parameter.Shape[1], parameter.Shape[0]];
        return new(role, [.. sizes], Need<T>.Turned, new Fill<T>(path, parameter, values => Turning.Axes(values, sizes, [1, 0])));
    }

    private Flow Walk(Layer<T> layer, string path, Flow flow)
    {
        string prefix = path.Length > 0 ? $"{path}." : "";
        switch (layer)
        {
            case Sequential<T> chain:
                foreach (var (inner, name) in chain.Layers.Zip(chain.LayerNames)) flow = Walk(inner, prefix + name, flow);
                return flow;
            case Residual<T> residual: return Walk(residual, path, prefix, flow);
            case Branches<T> branches: return Walk(branches, prefix, flow);
            case EmbeddedColumns<T> embedded:
                foreach (var (embedding, name) in embedded.Embeddings.Zip(embedded.LayerNames)) Walk(embedding, prefix + name, flow);
                break;
            case RecurrentLayer<T> recurrent: Add(recurrent, path, prefix, Way.Unknown); break;
            case Bidirectional<T> both:
                Add(both.FromStart, $"{prefix}forward", $"{prefix}forward.", Way.FromStart);
                Add(both.FromEnd, $"{prefix}backward", $"{prefix}backward.", Way.FromEnd);
                break;
            default:
                Need<T>[] needs = [.. OfLayer(layer, prefix, flow)];
                if (needs.Length > 0) units.Add(new Unit<T>(path, 0, Way.Unknown, needs));
                break;
        }
        return Behind(layer, flow);
    }

    private Flow Walk(Residual<T> residual, string path, string prefix, Flow flow)
    {
        var body = Walk(residual.Body, $"{prefix}body", flow);
        var around = residual.Shortcut is { } shortcut ? Walk(shortcut, $"{prefix}shortcut", flow) : flow;
        return body.Order is null == around.Order is null ? body : throw new NotSupportedException(
            $"'{path}' adds flattened pictures to what a layer makes of them; with the channels last their numbers stand in another order, so these weights cannot be taken.");
    }

    private Flow Walk(Branches<T> branches, string prefix, Flow flow)
    {
        Flow[] outputs = [.. branches.Layers.Zip(branches.LayerNames, (branch, name) => Walk(branch, prefix + name, flow))];
        var shape = branches.Describe(flow.Shape).Output;
        if (outputs.All(output => output.Order is null)) return new Flow(shape, outputs.All(output => output.ChannelsBeforeSpace));
        var order = new List<int>();
        foreach (var output in outputs) order.AddRange((output.Order ?? [.. Enumerable.Range(0, output.Shape[1])]).Select(feature => order.Count + feature).ToArray());
        return new Flow(shape, false, [.. order]);
    }

    private void Add(RecurrentLayer<T> layer, string path, string prefix, Way way)
    {
        foreach (var (i, cell) in layer.Stack.Index())
            units.Add(new Unit<T>(path, i, way, [.. OfCell(cell, layer.Layers > 1 ? $"{prefix}layer{i + 1}." : prefix)]));
    }

    private static Flow Behind(Layer<T> layer, Flow flow)
    {
        var shape = layer.Describe(flow.Shape).Output;
        return layer switch
        {
            Flatten<T> when flow is { ChannelsBeforeSpace: true, Shape.Rank: > 2 } => new Flow(shape, false, ChannelsLast(flow.Shape)),
            Conv1d<T> or MaxPool1d<T> or AveragePool1d<T> => new Flow(shape, true),
            Linear<T> or Flatten<T> or Embedding<T> or EmbeddedColumns<T> or RecurrentLayer<T> or Bidirectional<T> => new Flow(shape, false),
            _ => flow with { Shape = shape },
        };
    }

    /// <summary>Where the number [c, …] of a picture stands among its numbers if c is the last axis.</summary>
    private static int[] ChannelsLast(Shape batch)
    {
        int channels = batch[1], places = batch.Elements / channels;
        return [.. Enumerable.Range(0, channels).SelectMany(channel => Enumerable.Range(0, places).Select(place => place * channels + channel))];
    }
}
