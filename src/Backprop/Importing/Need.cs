using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Importing;

/// <summary>Which way a recurrent layer reads, as far as it is known.</summary>
internal enum Way
{
    Unknown,
    FromStart,
    FromEnd,
}

/// <summary>How an array fills a parameter, or a part of one.</summary>
/// <param name="Path">The parameter's path.</param>
/// <param name="Parameter">The parameter.</param>
/// <param name="Turn">The array's numbers as the parameter's.</param>
internal sealed record Fill<T>(string Path, Parameter<T> Parameter, Func<T[], T[]> Turn) where T : unmanaged, IFloatingPointIeee754<T>;

/// <summary>An array that a layer needs, as the other program has it.</summary>
/// <param name="Role">The last part of its name: <c>weight</c>.</param>
/// <param name="Shape">Its shape there.</param>
/// <param name="How">What is done to it.</param>
/// <param name="Fills">What it fills. Where two arrays fill the same parameter they are added.</param>
internal sealed record Need<T>(string Role, Shape Shape, string How, params IReadOnlyList<Fill<T>> Fills) where T : unmanaged, IFloatingPointIeee754<T>
{
    public const string AsItIs = "as it is", Turned = "turned";

    /// <summary>What every number is where the other program has no such array; null where it must have it.</summary>
    public double? Usual { get; init; }

    /// <summary>Whether axes of size 1 may be there or not.</summary>
    public bool AnyOnes { get; init; }

    /// <summary>What to think of where the shape is another; may be empty.</summary>
    public string Hint { get; init; } = "";

    /// <summary>Whether an array of a shape can be it.</summary>
    public bool Takes(Shape shape) => shape == Shape || (AnyOnes && shape.Where(size => size > 1).SequenceEqual(Shape.Where(size => size > 1)));

    public override string ToString() => $"{Role} {Shape}";
}

/// <summary>A layer, or a cell of a recurrent one, with the arrays that it needs.</summary>
/// <param name="Layer">The path of the layer; empty for a model that is a single layer.</param>
/// <param name="Cell">Which cell of a recurrent layer, from 0.</param>
/// <param name="Way">Which way it reads.</param>
/// <param name="Needs">The arrays.</param>
internal sealed record Unit<T>(string Layer, int Cell, Way Way, IReadOnlyList<Need<T>> Needs) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>What it is called in messages: the path of its parameters without their names.</summary>
    public string Path => Needs[0].Fills[0].Path is var path && path.LastIndexOf('.') is var point and >= 0 ? path[..point] : Layer;
}

/// <summary>Arrays of another program's that belong to one layer or cell there.</summary>
/// <param name="Layer">The layer's name there.</param>
/// <param name="Cell">Which cell of a recurrent layer, from 0.</param>
/// <param name="Way">Which way it reads.</param>
/// <param name="Arrays">The arrays by their roles.</param>
internal sealed record Group<T>(string Layer, int Cell, Way Way, IReadOnlyDictionary<string, ForeignArray<T>> Arrays) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Why these are not the arrays of a unit; null where they can be.</summary>
    public string? Mismatch(Unit<T> unit)
    {
        if (Way != Way.Unknown && unit.Way != Way.Unknown && Way != unit.Way) return "reads the other way";
        if (Arrays.Keys.FirstOrDefault(role => unit.Needs.All(need => need.Role != role)) is { } more) return $"has a {more}, for which there is no place";
        foreach (var need in unit.Needs)
        {
            if (!Arrays.TryGetValue(need.Role, out var array))
            {
                if (need.Usual is null) return $"has no {need.Role} {need.Shape}";
            }
            else if (!need.Takes(array.Shape))
            {
                string ours = string.Join(" and ", need.Fills.Select(fill => $"{fill.Parameter.Shape}")), hint = need.Hint.Length > 0 ? $"; {need.Hint}" : "";
                return $"has {need.Role} {array.Shape}; {need.Shape} is needed, which becomes {ours} ({need.How}){hint}";
            }
            else if (array.Values is null) return $"has {need.Role} in whole numbers; fractions are needed";
        }
        return null;
    }
}
