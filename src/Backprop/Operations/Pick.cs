using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>One entry of every row.</summary>
public static class PickOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>One entry of every row: the probability of each sample's class.</summary>
        /// <param name="indices">Which entry of the last axis, one for each row.</param>
        /// <remarks>
        /// Shapes: x [N, C], indices [N] → y [N]; x [N, T, C], indices [N, T] → y [N, T].
        /// Backward: dx = dy at the picked entries, 0 elsewhere.
        /// </remarks>
        /// <exception cref="ShapeException">There is not one index for each row.</exception>
        /// <exception cref="ArgumentOutOfRangeException">An index is outside 0 … C − 1.</exception>
        public Tensor<T> Pick(Indices indices)
        {
            ArgumentNullException.ThrowIfNull(indices);
            return new PickOp<T>(x, indices).Apply();
        }
    }
}

internal sealed class PickOp<T>(Tensor<T> x, Indices indices) : Operation<T>(x) where T : unmanaged, IFloatingPointIeee754<T>
{
    private int Row => x.Shape[^1];

    public override Indices? Indices => indices;

    public override string Formula => "entry of each row of {0} by index";

    public override string GradientFormula(int input) => "{dy} at the picked entries, 0 elsewhere";

    protected override bool ReachesAll(int input) => false;

    protected override Shape InferShape()
    {
        if (x.Shape.Rank == 0 || indices.Shape != x.Shape.Without(x.Shape.Rank - 1))
            throw new ShapeException(
                "Pick",
                x.Shape.Rank == 0 ? $"x {x.Shape} needs an axis to pick from"
                    : $"x {x.Shape} needs one index for each row, {x.Shape.Without(x.Shape.Rank - 1)}; {indices.Shape} came",
                x.Shape, indices.Shape);
        return indices.Shape;
    }

    protected internal override void Validate() => indices.Check("Pick", Row);

    protected override void Forward()
    {
        ReadOnlySpan<T> values = x.Values;
        ReadOnlySpan<int> picked = indices.Values;
        Span<T> y = Result;
        for (int i = 0; i < picked.Length; i++) y[i] = values[i * Row + picked[i]];
    }

    protected override void Backward()
    {
        if (!Wants(0)) return;
        ReadOnlySpan<T> dy = OutputGradient;
        ReadOnlySpan<int> picked = indices.Values;
        Span<T> dx = GradientOf(0);
        for (int i = 0; i < picked.Length; i++) dx[i * Row + picked[i]] += dy[i];
    }

    public override IEnumerable<Term<T>> Terms(int input, int index)
    {
        var (row, column) = Math.DivRem(index, Row);
        if (indices.Values[row] == column) yield return new Term<T>(Factor.GradientOf(Output, row));
    }

    public override string WithNumbers(int index, Func<T, string> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return number(x.Values[index * Row + indices.Values[index]]);
    }
}
