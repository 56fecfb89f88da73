using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Explaining;

/// <summary>What the tensors of a tape are called in files and on a command line, and which tensor a name means.</summary>
/// <remarks>
/// A parameter has its path (<c>hidden.weight</c>), what a layer computed last has the layer's (<c>hidden</c>), what it computed on the way both
/// (<c>lstm1.i_2</c>), the loss is <c>loss</c>, inputs and constants have their symbol (<c>x</c>).
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed partial class TapePaths<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Tape<T> tape;
    private readonly Symbols<T> symbols;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> labels;
    private readonly Dictionary<string, Operation<T>> lastOfLayer = [];
    private readonly Dictionary<Tensor<T>, string> paths = [];
    private readonly Dictionary<string, Tensor<T>> tensors = new(StringComparer.Ordinal);
    private readonly List<Tensor<T>> all = [];

    /// <summary>Names everything on a tape.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="symbols">What the tensors are called in formulas.</param>
    /// <param name="labels">The textbook's names of single entries, row-major, by the path of the parameter.</param>
    public TapePaths(Tape<T> tape, Symbols<T> symbols, IReadOnlyDictionary<string, IReadOnlyList<string>>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(symbols);
        this.tape = tape;
        this.symbols = symbols;
        this.labels = labels ?? new Dictionary<string, IReadOnlyList<string>>();
        foreach (var step in tape.Steps) lastOfLayer[step.Layer] = step;
        foreach (var input in tape.Inputs.OfType<Tensor<T>>()) Add(input);
        foreach (var step in tape.Steps) Add(step.Output);
        foreach (var parameter in tape.Parameters) Add(parameter);
        foreach (var constant in tape.Constants) Add(constant);
        foreach (var tensor in all)
        {
            tensors.TryAdd(symbols[tensor], tensor);
            tensors.TryAdd(symbols.GradientOf(tensor), tensor);
        }
        foreach (var step in tape.Steps) NameEnds(step);
    }

    /// <summary>The inputs, what was computed, the parameters and the constants, in this order, each once.</summary>
    public IReadOnlyList<Tensor<T>> Tensors => all;

    /// <summary>The path of a tensor; its symbol where it has none of its own.</summary>
    public string this[Tensor<T> tensor] => paths.TryGetValue(tensor, out string? path) ? path : symbols[tensor];

    /// <summary>Whether a tensor is one of the tape's, rather than what an operation remembers for itself.</summary>
    internal bool Knows(Tensor<T> tensor) => paths.ContainsKey(tensor);

    /// <summary>The path of an entry: <c>conv1.weight[0,0,0,1]</c>. <see cref="Find"/> reads it back.</summary>
    public string Of(Tensor<T> tensor, int index)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return this[tensor] + tensor.Shape.Position(index);
    }

    /// <summary>The textbook's name of an entry; empty where it has none.</summary>
    public string LabelOf(Tensor<T> tensor, int index)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor is Parameter<T> && labels.TryGetValue(tape.NameOf(tensor), out var names) && names[index] is { } name ? name : "";
    }

    private void Add(Tensor<T> tensor)
    {
        if (paths.ContainsKey(tensor)) return;
        string path = PathOf(tensor);
        // A layer may be called as something else is already: then the symbol, which nothing shares.
        if (path.Length == 0 || !tensors.TryAdd(path, tensor)) tensors.TryAdd(path = symbols[tensor], tensor);
        paths[tensor] = path;
        all.Add(tensor);
    }

    private string PathOf(Tensor<T> tensor)
    {
        if (tensor == tape.Loss) return "loss";
        if (tensor.Source is not { } step) return tape.NameOf(tensor);
        return step.Layer.Length == 0 ? symbols[tensor] : lastOfLayer[step.Layer] == step ? step.Layer : $"{step.Layer}.{symbols[tensor]}";
    }

    /// <summary>Names what goes into the layers around a step, <c>conv1.input</c>, and what came out of them last.</summary>
    private void NameEnds(Operation<T> step)
    {
        for (string layer = step.Layer; layer.Length > 0; layer = layer[..Math.Max(layer.LastIndexOf('.'), 0)])
        {
            if (step.Inputs.FirstOrDefault(input => input is not Parameter<T> || tape.Inputs.Contains(input)) is { } input)
                tensors.TryAdd($"{layer}.input", input);
            if (!lastOfLayer.ContainsKey(layer)) tensors[layer] = step.Output;
        }
    }
}
