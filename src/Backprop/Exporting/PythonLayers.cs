using System.Globalization;
using System.Numerics;
using Backprop.Layers;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Exporting;

/// <summary>Layers as lines of Python: how those that hold others are taken apart.</summary>
internal abstract class PythonLayers<T>(PythonParts parts) where T : unmanaged, IFloatingPointIeee754<T>
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
            case Residual<T> residual: Add(residual, own, prefix, variable, shape, after); break;
            case Branches<T> branches: Add(branches, own, prefix, variable, shape, after); break;
            case EmbeddedColumns<T> embedded: Add(embedded, own, prefix, variable, shape, after); break;
            default: Add(layer, own, prefix, variable, shape, after); break;
        }
        return after;
    }

    /// <summary>The sizes of a batch as comments say them.</summary>
    public static string Sizes(Shape shape) => $"[{string.Join(", ", shape.Skip(1).Select(Number).Prepend("N"))}]";

    /// <summary>Adds a layer that holds no others, or two recurrent ones.</summary>
    protected abstract void Add(Layer<T> layer, string own, string prefix, string variable, Shape shape, Shape after);

    /// <summary>Variables side by side.</summary>
    protected abstract string Joined(IEnumerable<string> variables, int axis);

    /// <summary>The vectors of tokens.</summary>
    protected abstract string Vectors(Embedding<T> embedding, string own, string prefix, string tokens);

    /// <summary>Adds a line that changes a variable.</summary>
    protected virtual void Assign(string variable, string expression, Shape after) => parts.Statements.Add($"{variable} = {expression}");

    /// <summary>The path under which a parameter stands: of one that layers share, the first.</summary>
    protected string StandsAt(string path, Parameter<T> parameter) => paths.TryGetValue(parameter, out string? first) ? first : paths[parameter] = path;

    /// <summary>A number as Python writes it.</summary>
    protected static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A value as Python writes it; nothing for a bias that is there.</summary>
    protected static string Shown(object argument) => argument switch
    {
        ("bias", true) => "",
        (string name, object value) => $"{name}={Shown(value)}",
        bool flag => flag ? "True" : "False",
        string text => PythonParts.Quoted(text),
        Size2d size => $"({Number(size.Rows)}, {Number(size.Columns)})",
        Shape shape => $"[{string.Join(", ", shape.Select(Number))}]",
        _ => string.Create(CultureInfo.InvariantCulture, $"{argument}"),
    };

    private void Add(Residual<T> residual, string own, string prefix, string variable, Shape shape, Shape after)
    {
        string around = parts.Unused($"{own}_input");
        parts.Statements.Add($"{around} = {variable}");
        Run(residual.Body, $"{prefix}body", variable, shape);
        if (residual.Shortcut is not null) Run(residual.Shortcut, $"{prefix}shortcut", around, shape);
        Assign(variable, $"{variable} + {around}", after);
    }

    private void Add(Branches<T> branches, string own, string prefix, string variable, Shape shape, Shape after)
    {
        string[] outputs = [.. branches.LayerNames.Select(name => parts.Unused($"{own}_{name}_output"))];
        foreach (string output in outputs) parts.Statements.Add($"{output} = {variable}");
        foreach (var (i, branch) in branches.Layers.Index()) Run(branch, prefix + branches.LayerNames[i], outputs[i], shape);
        Assign(variable, Joined(outputs, branches.Axis), after);
    }

    private void Add(EmbeddedColumns<T> embedded, string own, string prefix, string variable, Shape shape, Shape after)
    {
        var pieces = new List<string>();
        foreach (var (start, length, i) in embedded.Runs(shape[1]))
            pieces.Add(i < 0 ? $"{variable}[:, {Number(start)}:{Number(start + length)}]"
                : Vectors(embedded.Embeddings[i], $"{own}_{embedded.LayerNames[i]}", $"{prefix}{embedded.LayerNames[i]}.", $"{variable}[:, {Number(start)}]"));
        Assign(variable, Joined(pieces, axis: 1), after);
    }
}
