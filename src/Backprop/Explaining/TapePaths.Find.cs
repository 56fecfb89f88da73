using System.Globalization;
using Backprop.Tensors;

namespace Backprop.Explaining;

// From a name to the number that it means.
public sealed partial class TapePaths<T>
{
    private const int ListedPaths = 12;

    /// <summary>The entry that a text means: path, symbol or <c>layer.input</c> with its indices, <c>hidden.weight[0,1]</c>, <c>W1[0,1]</c>,
    /// <c>δ1[0,0]</c>, <c>conv1.input[0,0,1,2]</c>, or a textbook's name, <c>w5</c>.</summary>
    /// <remarks>Indices count from 0. Leading axes of size 1 may be left out, and all indices for a single number. ∂L/∂ in front is skipped.</remarks>
    /// <exception cref="KeyNotFoundException">Nothing has this name.</exception>
    /// <exception cref="ArgumentException">There is no name; a bracket is missing; the indices do not fit the shape; or the textbook's name stands for several entries.</exception>
    public TapeEntry<T> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string name = text.Trim();
        if (name.Length == 0) throw new ArgumentException("a name is needed, like hidden.weight[0,1]; none came");
        if (Labelled(name) is { } labelled) return labelled;
        if (tensors.TryGetValue(Plain(name), out var single)) return new(single, IndexOf(name, single, null, null));
        if (name.StartsWith("∂L/∂", StringComparison.Ordinal) && Labelled(name[4..]) is { } differentiated) return differentiated;
        if (name.LastIndexOf('[') > name.LastIndexOf(']')) throw new ArgumentException($"'{name}' has no closing bracket; {name}] may be meant");
        int open = name.EndsWith(']') ? name.LastIndexOf('[') : -1;
        string bare = (open < 0 ? name : name[..open]).TrimEnd();
        string? indices = open < 0 ? null : name[(open + 1)..^1];
        var (tensor, columns) = TensorOf(bare);
        return new(tensor, IndexOf(name, tensor, columns, indices));
    }

    /// <summary>The part of a text before its indices.</summary>
    public static string NameIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string name = text.Trim();
        return name.EndsWith(']') && name.LastIndexOf('[') is >= 0 and var open ? name[..open].TrimEnd() : name;
    }

    private TapeEntry<T>? Labelled(string name)
    {
        TapeEntry<T>? found = null;
        foreach (var (path, names) in labels)
            for (int i = 0; i < names.Count; i++)
            {
                if (names[i] != name || !tensors.TryGetValue(path, out var tensor)) continue;
                if (found is not null)
                    throw new ArgumentException($"'{name}' is the name of {Of(found.Tensor, found.Index)} and of {Of(tensor, i)}; say which by its path");
                found = new(tensor, i);
            }
        return found;
    }

    private (Tensor<T> Tensor, string? Columns) TensorOf(string name)
    {
        string plain = Plain(name);
        if (tensors.TryGetValue(plain, out var tensor)) return (tensor, null);
        if (plain.StartsWith("∂L/∂", StringComparison.Ordinal)) return TensorOf(plain[4..]);
        int dot = plain.LastIndexOf('.');
        if (dot > 0 && tensors.TryGetValue(plain[..dot], out var whole) && whole.Columns.Contains(plain[(dot + 1)..])) return (whole, plain[(dot + 1)..]);
        string[] known = [.. all.Select(other => this[other])];
        string more = known.Length > ListedPaths ? $" and {(known.Length - ListedPaths).ToString("N0", CultureInfo.InvariantCulture)} more" : "";
        throw new KeyNotFoundException($"there is no '{name}'; there are {string.Join(", ", known.Take(ListedPaths))}{more}");
    }

    private static int IndexOf(string name, Tensor<T> tensor, string? columns, string? indices)
    {
        var shape = columns is null ? tensor.Shape : tensor.Shape.With(tensor.Shape.Rank - 1, tensor.Shape[^1] / tensor.Columns.Count);
        int block = columns is null ? 0 : tensor.Columns.ToList().IndexOf(columns) * shape[^1];
        if (string.IsNullOrWhiteSpace(indices))
            return tensor.Length == 1 ? 0
                : throw new ArgumentException($"'{name}' has {tensor.Length.ToString("N0", CultureInfo.InvariantCulture)} entries; say which: {Range(shape)}");
        string[] words = indices.Split(',', StringSplitOptions.TrimEntries);
        int missing = shape.Rank - words.Length;
        if (missing < 0 || shape.Take(missing).Any(size => size != 1))
            throw new ArgumentException(
                $"'{name}' has {(words.Length == 1 ? "one index" : $"{words.Length} indices")}, its shape {shape} needs {shape.Rank}: {Range(shape)}");
        int row = 0, index = 0;
        for (int axis = missing; axis < shape.Rank; axis++)
        {
            if (!int.TryParse(words[axis - missing], NumberStyles.None, CultureInfo.InvariantCulture, out int at) || at >= shape[axis])
                throw new ArgumentException($"'{name}' lies outside the shape {shape}: {Range(shape)}");
            if (axis == shape.Rank - 1) index = row * tensor.Shape[^1] + block + at;
            row = row * shape[axis] + at;
        }
        return index;
    }

    private static string Range(Shape shape) => shape.Elements == 0 ? "it is empty"
        : $"indices go from {shape.Position(0)} to {shape.Position(shape.Elements - 1)}";

    /// <summary>A name as symbols are written: subscripts as digits.</summary>
    private static string Plain(string name) => string.Concat(name.Select(letter => letter is >= '₀' and <= '₉' ? (char)(letter - '₀' + '0') : letter));
}
