using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>Rows of a table by their numbers.</summary>
public static class GatherOperation
{
    extension<T>(Tensor<T> table) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Rows of a table by their numbers: the vectors of tokens.</summary>
        /// <param name="indices">Which rows, along axis 0 of the table.</param>
        /// <remarks>
        /// Shapes: table [V, D], indices [N, T] → y [N, T, D]; a row may have any shape.
        /// Backward: each row's gradient is the sum of dy wherever the row was taken, 0 where it never was.
        /// </remarks>
        /// <exception cref="ShapeException">The table is a single number.</exception>
        /// <exception cref="ArgumentOutOfRangeException">An index is outside 0 … V − 1.</exception>
        public Tensor<T> Gather(Indices indices)
        {
            ArgumentNullException.ThrowIfNull(indices);
            return new GatherOp<T>(table, indices).Apply();
        }
    }
}

internal sealed class GatherOp<T>(Tensor<T> table, Indices indices) : Operation<T>(table), ITakesRows where T : unmanaged, IFloatingPointIeee754<T>
{
    private int Row => table.Shape.Product(1, table.Shape.Rank);

    public override Indices? Indices => indices;

    public override string Formula => "rows of {0} by index";

    public override string GradientFormula(int input) => "rows of {dy} added up by index";

    protected override bool ReachesAll(int input) => false;

    protected override Shape InferShape()
    {
        if (table.Shape.Rank == 0) throw new ShapeException("Gather", $"the table {table.Shape} needs an axis that counts its rows", table.Shape);
        return [.. indices.Shape.AsSpan(), .. table.Shape.AsSpan()[1..]];
    }

    protected internal override void Validate() => indices.Check("Gather", table.Shape[0]);

    protected override void Forward()
    {
        ReadOnlySpan<T> values = table.Values;
        ReadOnlySpan<int> rows = indices.Values;
        Span<T> y = Result;
        for (int i = 0; i < rows.Length; i++) values.Slice(rows[i] * Row, Row).CopyTo(y.Slice(i * Row, Row));
    }

    protected override void Backward()
    {
        if (!Wants(0)) return;
        ReadOnlySpan<T> dy = OutputGradient;
        ReadOnlySpan<int> rows = indices.Values;
        Span<T> gradient = GradientOf(0);
        for (int i = 0; i < rows.Length; i++)                                                                         // dtable[row i] += dy[i]
            Elementwise.Copy(dy.Slice(i * Row, Row), gradient.Slice(rows[i] * Row, Row), accumulate: true);
    }

    public override IEnumerable<Term<T>> Terms(int input, int index)
    {
        var (row, column) = Math.DivRem(index, Row);
        for (int i = 0; i < indices.Shape.Elements; i++)
            if (indices.Values[i] == row) yield return new Term<T>(Factor.GradientOf(Output, i * Row + column));
    }

    public override string WithNumbers(int index, Func<T, string> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return number(table.Values[Taken(index)]);
    }

    public int Taken(int index) => indices.Values[index / Row] * Row + index % Row;
}
