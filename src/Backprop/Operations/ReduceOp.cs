using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>Many numbers made one: all elements, or those along one axis, which disappears.</summary>
internal abstract class ReduceOp<T>(Tensor<T> x, int? axis) : Operation<T>(x) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How many elements become one.</summary>
    protected int Count => axis is { } a ? x.Shape[a] : x.Length;

    /// <summary>How many groups stand one after the other.</summary>
    protected int Outer => axis is { } a ? x.Shape.Product(0, a) : 1;

    /// <summary>How many groups lie interleaved.</summary>
    protected int Inner => axis is { } a ? x.Shape.Product(a + 1, x.Shape.Rank) : 1;

    /// <summary>The operation's argument list behind the input: empty, or the axis.</summary>
    protected string Along => axis is { } a ? $" along axis {a}" : "";

    /// <summary>Whether the operation has a result where no element is left to reduce.</summary>
    protected abstract bool AllowsNone { get; }

    protected override Shape InferShape()
    {
        if (axis is { } a) Axis.Check(Name, x.Shape, a);
        Shape shape = axis is { } dropped ? x.Shape.Without(dropped) : [];
        if (Count == 0 && shape.Elements > 0 && !AllowsNone)
            throw new ShapeException(Name, $"{x.Shape} has no element{Along}, at least one is needed; leave empty batches out", x.Shape);
        return shape;
    }

    /// <summary>The output entry that an input entry goes into.</summary>
    protected int TargetOf(int index) => index / (Count * Inner) * Inner + index % Inner;

    /// <summary>The values that an output entry is made of.</summary>
    protected IEnumerable<T> SourcesOf(int index)
    {
        int start = index / Inner * Count * Inner + index % Inner;
        for (int i = 0; i < Count; i++) yield return x.Values[start + i * Inner];
    }

    /// <summary>The sum behind an output entry, with numbers.</summary>
    protected string SumWithNumbers(int index, Func<T, string> number)
    {
        T[] sources = [.. SourcesOf(index)];
        return sources.Length == 0 ? "0"
            : Sum(sources.Length, i => i == 0 ? "{0}".WithNumber("{0}", number(sources[0])) : number(sources[i]));
    }
}
