using Backprop.Layers;
using Backprop.Operations;

namespace Backprop.Onnx.Translation;

/// <summary>Recurrent layers: a node for each cell, or for the two of both directions.</summary>
internal static class RecurrentNodes
{
    private sealed record Direction(RecurrentLayer<float> Layer, string Name, bool Reverse);

    public static string Add(GraphBuilder graph, RecurrentLayer<float> layer, string name, Value x) =>
        Run(graph, [new(layer, name, Reverse: false)], name, x);

    public static string Add(GraphBuilder graph, Bidirectional<float> both, string name, Value x)
    {
        Direction forward = new(both.FromStart, $"{name}.forward", Reverse: false), backward = new(both.FromEnd, $"{name}.backward", Reverse: true);
        var (first, second) = (both.FromStart, both.FromEnd);
        // ONNX's own two directions are of one kind and size, and meet after each layer; here each direction runs through its layers alone.
        if (first.Type == second.Type && first.Units == second.Units && (first.Layers, second.Layers) == (1, 1))
            return Run(graph, [forward, backward], name, x);
        return graph.Add(
            "Concat", name, [Run(graph, [forward], forward.Name, x), Run(graph, [backward], backward.Name, x)],
            Attributes.Of("axis", first.ReturnSequences ? 2L : 1));
    }

    /// <summary>Runs one or two directions: in ONNX sequences are [T, N, D], all states [T, directions, N, H] and last ones [directions, N, H].</summary>
    private static string Run(GraphBuilder graph, Direction[] directions, string name, Value x)
    {
        var layer = directions[0].Layer;
        string sequence = graph.Add("Transpose", $"{name}.by_time", [x.Name], Attributes.Of("perm", [1, 0, 2]));
        for (int i = 0; i < layer.Layers - 1; i++)
        {
            string states = Node(graph, directions, i, name, sequence, all: true);
            sequence = graph.Add("Squeeze", $"{name}.layer{i + 1}.sequence", [states, graph.Wholes($"{name}.layer{i + 1}.axis", 1)]);
        }
        string given = Node(graph, directions, layer.Layers - 1, name, sequence, layer.ReturnSequences);
        string samples = graph.Add("Transpose", $"{name}.by_sample", [given], Attributes.Of("perm", layer.ReturnSequences ? [2, 0, 1, 3] : [1, 0, 2]));
        long units = directions.Length * layer.Units;
        // 0 keeps the axis that stands there: samples, time steps.
        long[] sizes = layer.ReturnSequences ? [0, 0, units] : [0, units];
        return graph.Add("Reshape", name, [samples, graph.Wholes($"{name}.sizes", sizes)]);
    }

    /// <summary>One cell at every time step, or one for each direction.</summary>
    private static string Node(GraphBuilder graph, Direction[] directions, int index, string name, string sequence, bool all)
    {
        var layer = directions[0].Layer;
        RecurrentCell<float>[] cells = [.. directions.Select(direction => Cell(direction.Layer, index))];
        if (layer.Layers > 1) name = $"{name}.layer{index + 1}";
        string own = graph.Unused($"{name}.{layer.Type}");
        string states = graph.Unused(all ? $"{name}.states" : $"{name}.last");
        var weights = RecurrentWeights.Of(cells);
        var inputs = new List<string>
        {
            sequence, graph.Numbers($"{name}.W", weights.InputSizes, weights.Input), graph.Numbers($"{name}.R", weights.RecurrentSizes, weights.Recurrent),
        };
        if (weights.Bias is { } bias) inputs.Add(graph.Numbers($"{name}.B", weights.BiasSizes, bias));
        var attributes = new List<OnnxAttribute>
        {
            Attributes.Of("hidden_size", (long)layer.Units),
            Attributes.Of("direction", directions.Length == 2 ? "bidirectional" : directions[0].Reverse ? "reverse" : "forward"),
        };
        // The reset gate after the product, as the cells have it.
        if (layer is Gru<float>) attributes.Add(Attributes.Of("linear_before_reset", 1L));
        if (layer is Rnn<float>)
            attributes.Add(Attributes.OfTexts(
                "activations", [.. cells.Select(cell => ((RnnCell<float>)cell).Activation == RnnActivation.Relu ? "Relu" : "Tanh")]));
        graph.Add(new OnnxNode(layer.Type.ToUpperInvariant(), own, inputs, all ? [states] : ["", states], attributes));
        return states;
    }

    private static RecurrentCell<float> Cell(RecurrentLayer<float> layer, int index) => layer switch
    {
        Rnn<float> rnn => rnn.Cells[index],
        Lstm<float> lstm => lstm.Cells[index],
        Gru<float> gru => gru.Cells[index],
        _ => throw new NotSupportedException($"ONNX: the recurrent layer {layer.Type} has no translation; rnn, lstm and gru have."),
    };
}
