using Backprop.Layers;

namespace Backprop.Onnx.Translation;

/// <summary>Activations, those that the operator set lacks put together from others.</summary>
internal static class ActivationNodes
{
    /// <summary>Adds an activation.</summary>
    /// <returns>The name of its output; null where the layer is no activation of the library.</returns>
    public static string? Add(GraphBuilder graph, Layer<float> layer, string name, Value x) => layer switch
    {
        Sigmoid<float> => graph.Add("Sigmoid", name, [x.Name]),
        Tanh<float> => graph.Add("Tanh", name, [x.Name]),
        Relu<float> => graph.Add("Relu", name, [x.Name]),
        LeakyRelu<float> leaky => graph.Add("LeakyRelu", name, [x.Name], Attributes.Of("alpha", leaky.Slope)),
        PRelu<float> learnt => graph.Add("PRelu", name, [x.Name, Slope(graph, learnt, name, x)]),
        Elu<float> elu => graph.Add("Elu", name, [x.Name], Attributes.Of("alpha", elu.Alpha)),
        Selu<float> => graph.Add("Selu", name, [x.Name], Attributes.Of("alpha", 1.6732632423543772), Attributes.Of("gamma", 1.0507009873554805)),
        Gelu<float> { Approximate: false } => Gelu(graph, name, x),
        Gelu<float> => GeluTanh(graph, name, x),
        Silu<float> => graph.Add("Mul", name, [x.Name, graph.Add("Sigmoid", $"{name}.gate", [x.Name])]),
        Softplus<float> => graph.Add("Softplus", name, [x.Name]),
        Softsign<float> => graph.Add("Softsign", name, [x.Name]),
        HardSigmoid<float> => graph.Add("HardSigmoid", name, [x.Name], Attributes.Of("alpha", 1 / 6.0), Attributes.Of("beta", 0.5)),
        Softmax<float> => graph.Add("Softmax", name, [x.Name], Attributes.Of("axis", -1L)),
        _ => null,
    };

    /// <summary>A slope for each channel needs an axis of size 1 for every axis behind the channels.</summary>
    private static string Slope(GraphBuilder graph, PRelu<float> learnt, string name, Value x)
    {
        var slope = learnt.Slope;
        if (slope.Shape.Rank == 0 || x.Shape.Rank == 2) return graph.Weight($"{name}.slope", slope);
        return graph.Numbers($"{name}.slope", [slope.Length, .. Enumerable.Repeat(1L, x.Shape.Rank - 2)], slope.Values);
    }

    /// <summary>½·x·(1 + erf(x/√2)).</summary>
    private static string Gelu(GraphBuilder graph, string name, Value x)
    {
        string scaled = graph.Add("Mul", $"{name}.scaled", [x.Name, graph.Number($"{name}.root_half", Math.Sqrt(0.5))]);
        return HalfTimesOnePlus(graph, name, x, graph.Add("Erf", $"{name}.erf", [scaled]));
    }

    /// <summary>½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))).</summary>
    private static string GeluTanh(GraphBuilder graph, string name, Value x)
    {
        string square = graph.Add("Mul", $"{name}.square", [x.Name, x.Name]);
        string cube = graph.Add("Mul", $"{name}.cube", [square, x.Name]);
        string small = graph.Add("Mul", $"{name}.small", [cube, graph.Number($"{name}.coefficient", 0.044715)]);
        string bent = graph.Add("Add", $"{name}.bent", [x.Name, small]);
        string scaled = graph.Add("Mul", $"{name}.scaled", [bent, graph.Number($"{name}.root", Math.Sqrt(2 / Math.PI))]);
        return HalfTimesOnePlus(graph, name, x, graph.Add("Tanh", $"{name}.tanh", [scaled]));
    }

    private static string HalfTimesOnePlus(GraphBuilder graph, string name, Value x, string function)
    {
        string twice = graph.Add("Add", $"{name}.twice", [function, graph.Number($"{name}.one", 1)]);
        string share = graph.Add("Mul", $"{name}.share", [twice, graph.Number($"{name}.half", 0.5)]);
        return graph.Add("Mul", name, [x.Name, share]);
    }
}
