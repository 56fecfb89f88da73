using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>Two axes exchanged.</summary>
public static class TransposeOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>A matrix with rows and columns exchanged.</summary>
        /// <remarks>
        /// Shapes: x [m, n] → y [n, m].
        /// Backward: dx = dyᵀ.
        /// </remarks>
        /// <exception cref="ShapeException">x is no matrix; for other ranks say which axes.</exception>
        public Tensor<T> Transpose() => x.Shape.Rank == 2 ? x.Transpose(0, 1)
            : throw new ShapeException("Transpose", $"x {x.Shape} is no matrix; for other ranks say which axes: Transpose(axisA, axisB)", x.Shape);

        /// <summary>A tensor with two axes exchanged.</summary>
        /// <param name="axisA">One axis, from 0.</param>
        /// <param name="axisB">The other.</param>
        /// <remarks>
        /// Shapes: x [N, T, D].Transpose(0, 1) → y [T, N, D].
        /// Backward: dx = dy with the same axes exchanged.
        /// </remarks>
        /// <exception cref="ShapeException">There is no such axis.</exception>
        public Tensor<T> Transpose(int axisA, int axisB) => new TransposeOp<T>(x, Math.Min(axisA, axisB), Math.Max(axisA, axisB)).Apply();
    }
}

internal sealed class TransposeOp<T>(Tensor<T> x, int a, int b) : Operation<T>(x) where T : unmanaged, IFloatingPointIeee754<T>
{
    private int Outer => x.Shape.Product(0, a);
    private int Middle => a == b ? 1 : x.Shape.Product(a + 1, b);
    private int Inner => x.Shape.Product(b + 1, x.Shape.Rank);

    public override string Formula => x.Shape.Rank == 2 && a != b ? "{0}ᵀ" : $"{{0}}, axes {a} and {b} exchanged";

    public override string GradientFormula(int input) => x.Shape.Rank == 2 && a != b ? "{dy}ᵀ" : $"{{dy}}, axes {a} and {b} exchanged";

    protected override Shape InferShape()
    {
        Axis.Check("Transpose", x.Shape, a);
        Axis.Check("Transpose", x.Shape, b);
        return x.Shape.With(a, x.Shape[b]).With(b, x.Shape[a]);
    }

    protected override void Forward() => Exchange(x.Values, Result, x.Shape, accumulate: false);

    protected override void Backward()
    {
        if (Wants(0)) Exchange(OutputGradient, GradientOf(0), Output.Shape, Accumulate(0));
    }

    public override IEnumerable<Term<T>> Terms(int input, int index)
    {
        yield return new Term<T>(Factor.GradientOf(Output, Exchanged(index, x.Shape)));
    }

    public override string WithNumbers(int index, Func<T, string> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return number(x.Values[Exchanged(index, Output.Shape)]);
    }

    private void Exchange(ReadOnlySpan<T> source, Span<T> target, Shape from, bool accumulate)
    {
        if (a == b) Elementwise.Copy(source, target, accumulate, Work);
        else Blocks.Exchange(source, target, Outer, from[a], Middle, from[b], Inner, accumulate);
    }

    /// <summary>Where an element of a tensor of shape <paramref name="from"/> stands after the exchange.</summary>
    private int Exchanged(int index, Shape from)
    {
        if (a == b) return index;
        (index, int inner) = Math.DivRem(index, Inner);
        (index, int second) = Math.DivRem(index, from[b]);
        (index, int middle) = Math.DivRem(index, Middle);
        (int outer, int first) = Math.DivRem(index, from[a]);
        return (((outer * from[b] + second) * Middle + middle) * from[a] + first) * Inner + inner;
    }
}
