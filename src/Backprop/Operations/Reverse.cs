using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The entries along an axis in the other order.</summary>
public static class ReverseOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The entries along an axis in the other order: a sequence from its end.</summary>
        /// <param name="axis">The axis, from 0.</param>
        /// <param name="lengths">[N] with axis 1: how many entries of each sample are turned round, 0 or more; what stands behind them
        /// stays. All if left out.</param>
        /// <remarks>
        /// Shapes: x [.., n, ..] → y, the same.
        /// Backward: dx = dy in the other order.
        /// </remarks>
        /// <exception cref="ShapeException">There is no such axis, or the lengths do not fit.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A length is outside its range.</exception>
        public Tensor<T> Reverse(int axis, Indices? lengths = null) => new ReverseOp<T>(x, axis, lengths).Apply();
    }
}

internal sealed class ReverseOp<T>(Tensor<T> x, int axis, Indices? lengths) : Operation<T>(x) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The axis.</summary>
    public int Along => axis;

    private int Count => x.Shape[axis];
    private int Inner => x.Shape.Product(axis + 1, x.Shape.Rank);

    public override Indices? Indices => lengths;

    public override string Formula => $"{{0}} with axis {axis} from its end{(lengths is null ? "" : ", without the padding")}";

    public override string GradientFormula(int input) => $"{{dy}} with axis {axis} from its end{(lengths is null ? "" : ", without the padding")}";

    protected override Shape InferShape()
    {
        Axis.Check("Reverse", x.Shape, axis);
        if (lengths is not null && (axis != 1 || lengths.Shape != [x.Shape[0]]))
            throw new ShapeException(
                "Reverse", $"axis {axis} and the lengths {lengths.Shape} came, x {x.Shape} needs axis 1 and [{x.Shape[0]}]", x.Shape, lengths.Shape);
        return x.Shape;
    }

    protected internal override void Validate() => lengths?.Check("Reverse", Count + 1);

    protected override void Forward() => Turn(x.Values, Result, accumulate: false);

    protected override void Backward()
    {
        if (Wants(0)) Turn(OutputGradient, GradientOf(0), Accumulate(0));
    }

    public override IEnumerable<Term<T>> Terms(int input, int index) => [new Term<T>(Factor.GradientOf(Output, Twin(index)))];

    public override string WithNumbers(int index, Func<T, string> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return number(x.Values[Twin(index)]);
    }

    private void Turn(ReadOnlySpan<T> from, Span<T> to, bool accumulate)
    {
        int inner = Inner;
        if (inner == 0) return;
        for (int block = 0; block < from.Length / inner; block++)
            Elementwise.Copy(from.Slice(block * inner, inner), to.Slice(Twin(block * inner), inner), accumulate);
    }

    /// <summary>Where an entry goes, which is also where the one that takes its place comes from.</summary>
    private int Twin(int index)
    {
        var (outer, within) = Math.DivRem(index, Count * Inner);
        var (entry, rest) = Math.DivRem(within, Inner);
        int length = lengths is null ? Count : lengths.Values[outer];
        int twin = entry < length ? length - 1 - entry : entry;
        return (outer * Count + twin) * Inner + rest;
    }
}
