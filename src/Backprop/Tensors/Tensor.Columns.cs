namespace Backprop.Tensors;

// The columns of a tensor that is made of several of equal width, such as the gates of a recurrent network.
public abstract partial class Tensor<T>
{
    /// <summary>The names of the equal blocks that the last axis is made of, in order: the gates i, f, g, o. Empty for one block without a
    /// name.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>Names the equal blocks that the last axis is made of.</summary>
    /// <returns>The same tensor.</returns>
    /// <exception cref="ShapeException">The last axis cannot be cut into so many equal blocks.</exception>
    public Tensor<T> NamedColumns(params IReadOnlyList<string> blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        if (blocks.Count > 0 && (Shape.Rank == 0 || Shape[^1] % blocks.Count != 0))
            throw new ShapeException("NamedColumns", $"{blocks.Count} names came, the last axis of {Shape} cannot be cut into as many equal blocks", Shape);
        Columns = blocks;
        return this;
    }

    /// <summary>Where an entry stands, for texts: <c>[0,2]</c>, or <c>.f[0,2]</c> within a block of columns that has a name.</summary>
    /// <param name="index">The entry, in row-major order.</param>
    public string Place(int index)
    {
        if (Columns.Count == 0) return Shape.Position(index);
        int width = Shape[^1] / Columns.Count;
        var (row, column) = Math.DivRem(index, Shape[^1]);
        return $".{Columns[column / width]}{Shape.With(Shape.Rank - 1, width).Position(row * width + column % width)}";
    }
}
