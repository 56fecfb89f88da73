using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers;

/// <summary>The layers within a container: their names, and errors that say in which of them they happened.</summary>
internal static class Within
{
    /// <summary>Names every layer, by its own name or by its type and ordinal: <c>linear1</c>.</summary>
    /// <exception cref="ArgumentException">There is no layer, or two have the same name.</exception>
    public static string[] NameAll<T>(string container, ReadOnlySpan<Layer<T>> layers) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (layers.Length == 0) throw new ArgumentException($"{container}: no layer came, at least one is needed.", nameof(layers));
        foreach (var layer in layers) ArgumentNullException.ThrowIfNull(layer, nameof(layers));
        var names = new string[layers.Length];
        var counts = new Dictionary<string, int>();
        for (int i = 0; i < layers.Length; i++)
        {
            string type = layers[i].Type;
            int ordinal = counts[type] = counts.GetValueOrDefault(type) + 1;
            names[i] = layers[i].Name.Length > 0 ? layers[i].Name : $"{type}{ordinal}";
            if (Array.IndexOf(names, names[i], 0, i) >= 0)
                throw new ArgumentException($"{container}: two layers are called '{names[i]}'; give each a name of its own.", nameof(layers));
        }
        return names;
    }

    /// <summary>Sends a batch through a layer; an error of shapes says in which one it happened.</summary>
    public static Tensor<T> Run<T>(string name, Layer<T> layer, Tensor<T> input, Func<Layer<T>, string, Tensor<T>, Tensor<T>> forward)
        where T : unmanaged, IFloatingPointIeee754<T> => Run(name, input.Tape, () => forward(layer, name, input));

    /// <summary>Sends a batch of tokens through a layer; an error of shapes says in which one it happened.</summary>
    public static Tensor<T> Run<T>(string name, Layer<T> layer, Indices input) where T : unmanaged, IFloatingPointIeee754<T> =>
        Run(name, ((IInput)input).Watcher as Tape<T>, () => layer.Forward(input));

    /// <summary>Runs a part of a layer under its name.</summary>
    public static Tensor<T> Run<T>(string name, Tape<T>? tape, Func<Tensor<T>> forward) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (tape is { IsOpen: false }) tape = null;
        tape?.Enter(name);
        try
        {
            return forward();
        }
        catch (ShapeException error)
        {
            throw new ShapeException(name, error.Message, [.. error.Shapes]);
        }
        finally
        {
            tape?.Leave();
        }
    }

    /// <summary>The rows of the layers in a container that joins what they give, then one of its own.</summary>
    /// <param name="container">The container.</param>
    /// <param name="path">Its path; its name or its type where it is empty.</param>
    /// <param name="rows">The rows so far, to be added to.</param>
    /// <param name="run">Sends the batch through all of them, each by what it is given.</param>
    public static Tensor<T> Describe<T>(
        Layer<T> container, string path, List<LayerRow> rows, Func<Func<Layer<T>, string, Tensor<T>, Tensor<T>>, Tensor<T>> run)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string own = path.Length > 0 ? path : container.Name.Length > 0 ? container.Name : container.Type;
        var output = run((layer, name, x) => layer.Describe($"{own}.{name}", x, rows));
        rows.Add(new LayerRow(own, container.Type, output.Shape, 0, 0));
        return output;
    }

    /// <summary>The parameters of a layer, with its name before their paths.</summary>
    public static IEnumerable<(string Path, Parameter<T> Parameter)> ParametersOf<T>(string name, Layer<T> layer)
        where T : unmanaged, IFloatingPointIeee754<T> => layer.OwnParameters().Select(own => ($"{name}.{own.Path}", own.Parameter));

    /// <summary>The masks of a layer, with its name before their paths.</summary>
    public static IEnumerable<(string Path, DropoutMasks Masks)> MasksOf<T>(string name, Layer<T> layer)
        where T : unmanaged, IFloatingPointIeee754<T> => layer.OwnMasks().Select(own => (own.Path.Length > 0 ? $"{name}.{own.Path}" : name, own.Masks));
}
