using System.Collections;
using System.Runtime.CompilerServices;

namespace Backprop.Tensors;

/// <summary>The sizes of a tensor's axes, outermost first: <c>[64, 256]</c> is 64 rows of 256 numbers, <c>[]</c> a single number.</summary>
/// <remarks>Values lie row-major and contiguous, so the last axis is the one whose neighbours are neighbours in memory.</remarks>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public sealed class Shape : IReadOnlyList<int>, IEquatable<Shape>
{
    private readonly int[] sizes;

    /// <summary>Makes a shape from the sizes of its axes, each 0 or more.</summary>
    /// <exception cref="ShapeException">A size is negative, or the shape has more elements than an array can hold.</exception>
    public Shape(params ReadOnlySpan<int> sizes)
    {
        long length = 1;
        bool empty = false;
        foreach (int size in sizes)
        {
            if (size < 0)
                throw new ShapeException("Shape", $"a size of {size} came, sizes are 0 or more");
            empty |= size == 0;
            // Checked at each axis, so that the product itself cannot overflow; a 0 elsewhere makes any shape empty.
            length = Math.Min(length * Math.Max(size, 1), long.MaxValue / int.MaxValue);
        }
        this.sizes = sizes.ToArray();
        if (!empty && length > Array.MaxLength)
            throw new ShapeException("Shape", $"{this} has more than the {Array.MaxLength} elements that a tensor can hold", this);
        Elements = empty ? 0 : (int)length;
    }

    /// <summary>The shape of a single number, <c>[]</c>.</summary>
    public static Shape Scalar { get; } = new();

    /// <summary>The number of axes.</summary>
    public int Rank => sizes.Length;

    /// <summary>The number of elements, the product of all sizes.</summary>
    /// <remarks>Not called Length: the compiler would take it for the number of axes in <c>shape[^1]</c> and <c>[1, .. shape]</c>.</remarks>
    public int Elements { get; }

    /// <summary>The number of axes.</summary>
    public int Count => sizes.Length;

    /// <summary>The size of one axis, counted from 0; <c>shape[^1]</c> is the last.</summary>
    public int this[int axis] => sizes[axis];

    /// <summary>Makes a shape from a collection expression.</summary>
    public static Shape Create(ReadOnlySpan<int> sizes) => new(sizes);

    /// <summary>The sizes as a span.</summary>
    public ReadOnlySpan<int> AsSpan() => sizes;

    /// <summary>The product of the sizes of the axes from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    /// <exception cref="ShapeException">It is more than a tensor can hold, beside an axis of size 0.</exception>
    public int Product(int start, int end)
    {
        var axes = sizes.AsSpan(start, Math.Max(end - start, 0));
        long product = axes.Contains(0) ? 0 : 1;
        foreach (int size in axes)
        {
            product *= size;
            if (product > Array.MaxLength)
                throw new ShapeException(
                    "Shape", $"the axes {start} … {end - 1} of {this} are together more than the {Array.MaxLength} elements that a tensor can hold", this);
        }
        return (int)product;
    }

    /// <summary>This shape with the size of one axis replaced.</summary>
    public Shape With(int axis, int size)
    {
        int[] copy = [.. sizes];
        copy[axis] = size;
        return new Shape(copy);
    }

    /// <summary>This shape without one axis.</summary>
    public Shape Without(int axis) => [.. sizes.AsSpan(0, axis), .. sizes.AsSpan(axis + 1)];

    /// <summary>Whether the axes of <paramref name="other"/> are the last axes of this shape.</summary>
    public bool EndsWith(Shape other) => other.Rank <= Rank && sizes.AsSpan(Rank - other.Rank).SequenceEqual(other.sizes);

    /// <inheritdoc/>
    public bool Equals(Shape? other) => ReferenceEquals(this, other) || (other is not null && sizes.AsSpan().SequenceEqual(other.sizes));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <summary>Whether two shapes have the same axes.</summary>
    public static bool operator ==(Shape? a, Shape? b) => a is null ? b is null : a.Equals(b);

    /// <summary>Whether two shapes differ.</summary>
    public static bool operator !=(Shape? a, Shape? b) => !(a == b);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int size in sizes) hash.Add(size);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)sizes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => sizes.GetEnumerator();

    /// <summary>The shape as it is written in programs: <c>[64, 256]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", sizes)}]";

    /// <summary>The position on every axis of the element at <paramref name="index"/>, written <c>[1, 0]</c>; empty for a single number.</summary>
    public string Position(int index)
    {
        if (Rank == 0) return "";
        int[] position = new int[Rank];
        for (int axis = Rank - 1; axis >= 0; axis--)
        {
            position[axis] = index % sizes[axis];
            index /= sizes[axis];
        }
        return $"[{string.Join(",", position)}]";
    }
}
