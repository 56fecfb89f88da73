using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>One entry along an axis.</summary>
public static class SelectOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>One entry along an axis, which disappears: one time step of a sequence, one column of a matrix.</summary>
        /// <param name="axis">The axis, from 0.</param>
        /// <param name="index">The entry.</param>
        /// <remarks>
        /// Shapes: x [N, T, D].Select(1, t) → y [N, D].
        /// Backward: dx = dy at the entry, 0 elsewhere.
        /// </remarks>
        /// <exception cref="ShapeException">There is no such axis, or no such entry.</exception>
        public Tensor<T> Select(int axis, int index) => new SelectOp<T>(x, axis, index).Apply();
    }
}

internal sealed class SelectOp<T>(Tensor<T> x, int axis, int entry) : Operation<T>(x) where T : unmanaged, IFloatingPointIeee754<T>
{
    private int Outer => x.Shape.Product(0, axis);
    private int Inner => x.Shape.Product(axis + 1, x.Shape.Rank);
    private int Whole => x.Shape[axis] * Inner;
    private string Place => Axis.Subscript(x.Shape.Rank, axis, $"{entry}");

    public override string Formula => $"{{0}}{Place}";

    public override string GradientFormula(int input) => $"{{dy}} at {Place}, 0 elsewhere";

    protected override bool ReachesAll(int input) => x.Shape[axis] == 1;

    protected override Shape InferShape()
    {
        Axis.Check("Select", x.Shape, axis);
        if ((uint)entry >= (uint)x.Shape[axis])
            throw new ShapeException("Select", $"entry {entry} came, axis {axis} of {x.Shape} has {x.Shape[axis]}, counted from 0", x.Shape);
        return x.Shape.Without(axis);
    }

    protected override void Forward() => Blocks.Copy(x.Values, entry * Inner, Whole, Result, 0, Inner, Outer, Inner, accumulate: false);

    protected override void Backward()
    {
        if (Wants(0)) Blocks.Copy(OutputGradient, 0, Inner, GradientOf(0), entry * Inner, Whole, Outer, Inner, Accumulate(0));
    }

    public override IEnumerable<Term<T>> Terms(int input, int index)
    {
        var (outer, within) = Math.DivRem(index, Whole);
        if (within / Inner == entry) yield return new Term<T>(Factor.GradientOf(Output, outer * Inner + within % Inner));
    }

    public override string WithNumbers(int index, Func<T, string> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        var (outer, within) = Math.DivRem(index, Inner);
        return number(x.Values[outer * Whole + entry * Inner + within]);
    }
}
