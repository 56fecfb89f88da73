namespace Backprop.Operations;

/// <summary>A size, a stride or a padding of pictures: rows and columns. One number stands for both: <c>stride: 2</c> is
/// <c>stride: (2, 2)</c>.</summary>
/// <param name="Rows">Along the height.</param>
/// <param name="Columns">Along the width.</param>
public readonly record struct Size2d(int Rows, int Columns)
{
    /// <summary>The same for rows and columns.</summary>
    public static implicit operator Size2d(int both) => FromInt32(both);

    /// <summary>Rows and columns.</summary>
    public static implicit operator Size2d((int Rows, int Columns) pair) => FromValueTuple(pair);

    /// <summary>The same for rows and columns.</summary>
    public static Size2d FromInt32(int both) => new(both, both);

    /// <summary>Rows and columns.</summary>
    public static Size2d FromValueTuple((int Rows, int Columns) pair) => new(pair.Rows, pair.Columns);

    /// <summary>As network files say it: one number where both are equal, else [rows, columns].</summary>
    internal object Setting => Rows == Columns ? Rows : new[] { Rows, Columns };

    /// <summary>As messages write it: <c>5×3</c>.</summary>
    public override string ToString() => $"{Rows}×{Columns}";
}
