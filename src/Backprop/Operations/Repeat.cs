using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>An axis of size 1 stretched.</summary>
public static class RepeatOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>An axis of size 1, repeated: broadcasting said aloud.</summary>
        /// <param name="axis">The axis of size 1, from 0.</param>
        /// <param name="count">How many times its one entry is there.</param>
        /// <remarks>
        /// Shapes: x [.., 1, ..] → y [.., count, ..].
        /// Backward: dx = Σ over the axis of dy.
        /// </remarks>
        /// <exception cref="ShapeException">There is no such axis, its size is not 1, or the count is negative.</exception>
        public Tensor<T> Repeat(int axis, int count) => new RepeatOp<T>(x, axis, count).Apply();
    }
}

internal sealed class RepeatOp<T>(Tensor<T> x, int axis, int count) : Operation<T>(x) where T : unmanaged, IFloatingPointIeee754<T>
{
    private int Outer => x.Shape.Product(0, axis);
    private int Inner => x.Shape.Product(axis + 1, x.Shape.Rank);

    public override string Formula => $"{{0}}, {count} times along axis {axis}";

    public override string GradientFormula(int input) => $"Σ over axis {axis} of {{dy}}";

    protected override Shape InferShape()
    {
        Axis.Check("Repeat", x.Shape, axis);
        if (x.Shape[axis] != 1)
            throw new ShapeException("Repeat", $"axis {axis} of {x.Shape} has size {x.Shape[axis]}, size 1 is needed; join copies by Concat", x.Shape);
        if (count < 0) throw new ShapeException("Repeat", $"{count} times came, 0 or more is needed", x.Shape);
        return x.Shape.With(axis, count);
    }

    protected override void Forward()
    {
        for (int o = 0; o < Outer; o++)
            for (int r = 0; r < count; r++)
                Elementwise.Copy(x.Values.Slice(o * Inner, Inner), Result.Slice((o * count + r) * Inner, Inner), accumulate: false);
    }

    protected override void Backward()
    {
        if (Wants(0)) Reduce.SumAxis(OutputGradient, GradientOf(0), Outer, count, Inner, Accumulate(0), Work);   // dx[o] (+)= Σ dy[o, r]
    }

    public override IEnumerable<Term<T>> Terms(int input, int index)
    {
        var (outer, within) = Math.DivRem(index, Inner);
        for (int r = 0; r < count; r++) yield return new Term<T>(Factor.GradientOf(Output, (outer * count + r) * Inner + within));
    }

    public override string WithNumbers(int index, Func<T, string> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return number(x.Values[index / (count * Inner) * Inner + index % Inner]);
    }
}
