using Backprop.Tensors;

namespace Backprop.Onnx.Translation;

/// <summary>A graph as it grows. No two of its parts get the same name.</summary>
internal sealed class GraphBuilder
{
    private readonly HashSet<string> names = [];
    private readonly Dictionary<Parameter<float>, string> parameters = [];
    private readonly List<OnnxNode> nodes = [];
    private readonly List<OnnxTensor> initializers = [];

    public IReadOnlyList<OnnxNode> Nodes => nodes;

    public IReadOnlyList<OnnxTensor> Initializers => initializers;

    /// <summary>A name that nothing has yet, the wanted one if it can be.</summary>
    public string Unused(string wanted)
    {
        string name = wanted;
        for (int number = 2; !names.Add(name); number++) name = $"{wanted}_{number}";
        return name;
    }

    /// <summary>Adds an operation with one output.</summary>
    /// <returns>The name of its output, which is its own name as well.</returns>
    public string Add(string type, string wanted, IReadOnlyList<string> inputs, params OnnxAttribute[] attributes)
    {
        string name = Unused(wanted);
        nodes.Add(new OnnxNode(type, name, inputs, [name], attributes));
        return name;
    }

    /// <summary>Adds an operation of several outputs.</summary>
    public void Add(OnnxNode node) => nodes.Add(node);

    /// <summary>Adds a parameter; one that two layers share stands there once.</summary>
    public string Weight(string wanted, Parameter<float> parameter)
    {
        if (!parameters.TryGetValue(parameter, out string? name))
            parameters[parameter] = name = Numbers(wanted, [.. parameter.Shape.Select(size => (long)size)], parameter.Values);
        return name;
    }

    /// <summary>Adds numbers.</summary>
    public string Numbers(string wanted, IReadOnlyList<long> sizes, ReadOnlySpan<float> values)
    {
        string name = Unused(wanted);
        initializers.Add(OnnxTensor.Of(name, sizes, values));
        return name;
    }

    /// <summary>Adds a single number.</summary>
    public string Number(string wanted, double value) => Numbers(wanted, [], [(float)value]);

    /// <summary>Adds a list of whole numbers.</summary>
    public string Wholes(string wanted, params long[] values)
    {
        string name = Unused(wanted);
        initializers.Add(OnnxTensor.Of(name, values));
        return name;
    }

    /// <summary>Gives a value another name, wherever it is made and read.</summary>
    public void Rename(string from, string to)
    {
        for (int i = 0; i < nodes.Count; i++)
            nodes[i] = nodes[i] with
            {
                Inputs = [.. nodes[i].Inputs.Select(name => name == from ? to : name)],
                Outputs = [.. nodes[i].Outputs.Select(name => name == from ? to : name)],
            };
    }
}
