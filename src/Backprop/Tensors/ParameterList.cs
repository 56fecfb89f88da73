using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Tensors;

/// <summary>The parameters of a model, each once, with their paths (<c>conv1.weight</c>) for saving, traces and messages.</summary>
/// <remarks>A parameter that stands in two places (tied weights) is listed at the first.</remarks>
/// <typeparam name="T">float or double.</typeparam>
[CollectionBuilder(typeof(ParameterList), nameof(ParameterList.Create))]
public sealed class ParameterList<T> : IReadOnlyList<Parameter<T>> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<Parameter<T>> parameters = [];
    private readonly List<string> names = [];
    private readonly Dictionary<Tensor<T>, string> nameOf = [];
    private Arena<T>? spare;

    /// <summary>Lists parameters under the paths given; equal paths are numbered on.</summary>
    public ParameterList(IEnumerable<(string Path, Parameter<T> Parameter)> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var (path, parameter) in entries)
        {
            if (nameOf.ContainsKey(parameter)) continue;
            var (stem, n) = path.Length > 0 ? (path, 1) : ("parameter", parameters.Count + 1);
            string name = path.Length > 0 ? path : $"{stem}{n}";
            while (names.Contains(name)) name = $"{stem}{++n}";
            parameters.Add(parameter);
            names.Add(name);
            nameOf.Add(parameter, name);
        }
    }

    /// <summary>The number of parameter tensors.</summary>
    public int Count => parameters.Count;

    /// <summary>The number of single numbers in all of them.</summary>
    public long Elements => parameters.Sum(parameter => (long)parameter.Length);

    /// <summary>The paths, in order.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>The parameter at a position.</summary>
    public Parameter<T> this[int index] => parameters[index];

    /// <summary>The parameter with a path.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists the paths.</exception>
    public Parameter<T> this[string name]
    {
        get
        {
            int index = names.IndexOf(name);
            return index >= 0 ? parameters[index]
                : throw new KeyNotFoundException($"There is no parameter '{name}'; there are {string.Join(", ", names)}.");
        }
    }

    /// <summary>The path of a parameter, or the tensor's own name where it is not in this list.</summary>
    public string NameOf(Tensor<T> tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return nameOf.TryGetValue(tensor, out string? name) ? name : tensor.Name;
    }

    /// <inheritdoc/>
    public IEnumerator<Parameter<T>> GetEnumerator() => parameters.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => parameters.GetEnumerator();

    /// <summary>Disposes every open tape that watches one of these parameters: the way out when an exception has lost a tape that stood in no
    /// <c>using</c>.</summary>
    public void CloseTapes()
    {
        foreach (var parameter in parameters) parameter.Tape?.Dispose();
    }

    /// <summary>The memory of the last tape over these parameters, or a new one: a loop that records each step allocates once.</summary>
    internal Arena<T> RentArena() => Interlocked.Exchange(ref spare, null) ?? new Arena<T>();

    /// <summary>Takes a tape's memory back for the next tape.</summary>
    internal void ReturnArena(Arena<T> arena)
    {
        arena.Reset();
        spare = arena;
    }
}

/// <summary>Makes a <see cref="ParameterList{T}"/> from a collection expression: <c>[a, b, ..model.Parameters]</c>.</summary>
public static class ParameterList
{
    /// <summary>Lists parameters under their own names.</summary>
    public static ParameterList<T> Create<T>(ReadOnlySpan<Parameter<T>> parameters) where T : unmanaged, IFloatingPointIeee754<T> =>
        new(parameters.ToArray().Select(parameter => (parameter.Name, parameter)));
}
