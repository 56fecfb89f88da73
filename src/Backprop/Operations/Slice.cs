using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>A part of a tensor along one axis.</summary>
public static class SliceOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The entries <paramref name="start"/> … <paramref name="start"/> + <paramref name="length"/> − 1 along one axis.</summary>
        /// <param name="axis">The axis, from 0.</param>
        /// <param name="start">The first entry.</param>
        /// <param name="length">How many.</param>
        /// <remarks>
        /// Shapes: x [.., n, ..] → y [.., length, ..].
        /// Backward: dx = dy in the part, 0 elsewhere.
        /// </remarks>
        /// <exception cref="ShapeException">There is no such axis, or the part lies outside.</exception>
        public Tensor<T> Slice(int axis, int start, int length) => new SliceOp<T>(x, axis, start, length).Apply();
    }
}

internal sealed class SliceOp<T>(Tensor<T> x, int axis, int start, int length) : Operation<T>(x) where T : unmanaged, IFloatingPointIeee754<T>
{
    private int Outer => x.Shape.Product(0, axis);
    private int Inner => x.Shape.Product(axis + 1, x.Shape.Rank);
    private int Whole => x.Shape[axis] * Inner;
    private int Part => length * Inner;
    private string Place => Axis.Subscript(x.Shape.Rank, axis, $"{start}:{start + length}");

    public override string Formula => $"{{0}}{Place}";

    public override string GradientFormula(int input) => $"{{dy}} at {Place}, 0 elsewhere";

    protected override bool ReachesAll(int input) => length == x.Shape[axis];

    protected override Shape InferShape()
    {
        Axis.Check("Slice", x.Shape, axis);
        if (start < 0 || length < 0 || start > x.Shape[axis] - length)
            throw new ShapeException(
                "Slice", $"{length} entries from {start} on came, axis {axis} of {x.Shape} has {x.Shape[axis]}, counted from 0", x.Shape);
        return x.Shape.With(axis, length);
    }

    protected override void Forward() => Blocks.Copy(x.Values, start * Inner, Whole, Result, 0, Part, Outer, Part, accumulate: false);

    protected override void Backward()
    {
        if (Wants(0)) Blocks.Copy(OutputGradient, 0, Part, GradientOf(0), start * Inner, Whole, Outer, Part, Accumulate(0));
    }

    public override IEnumerable<Term<T>> Terms(int input, int index)
    {
        var (outer, within) = Math.DivRem(index, Whole);
        within -= start * Inner;
        if (within >= 0 && within < Part) yield return new Term<T>(Factor.GradientOf(Output, outer * Part + within));
    }

    public override string WithNumbers(int index, Func<T, string> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        var (outer, within) = Math.DivRem(index, Part);
        return number(x.Values[outer * Whole + start * Inner + within]);
    }
}
