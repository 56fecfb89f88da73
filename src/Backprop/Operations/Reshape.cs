using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The same numbers under other axes.</summary>
public static class ReshapeOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The same numbers, in the same row-major order, under other axes.</summary>
        /// <param name="shape">The new axes, with as many elements as the old.</param>
        /// <remarks>Backward: dx = dy under the old axes.</remarks>
        /// <exception cref="ShapeException">The new shape has another number of elements.</exception>
        public Tensor<T> Reshape(Shape shape)
        {
            ArgumentNullException.ThrowIfNull(shape);
            return new ReshapeOp<T>(x, shape, "Reshape").Apply();
        }

        /// <summary>All axes but the first become one: pictures become rows.</summary>
        /// <remarks>
        /// Shapes: x [N, C, H, W] → y [N, C·H·W]; of any rank from 1 on.
        /// Backward: dx = dy under the old axes.
        /// </remarks>
        /// <exception cref="ShapeException">x is a single number, without an axis for the batch, or an empty batch of samples that no tensor could hold.</exception>
        public Tensor<T> Flatten() => x.Shape.Rank == 0
            ? throw new ShapeException("Flatten", $"x {x.Shape} needs an axis that counts the samples; a single number is [1, 1]", x.Shape)
            : new ReshapeOp<T>(x, [x.Shape[0], x.Shape.Product(1, x.Shape.Rank)], "Flatten").Apply();
    }
}

internal sealed class ReshapeOp<T>(Tensor<T> x, Shape shape, string name) : Operation<T>(x) where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Name => name;

    public override string Formula => $"{{0}} as {shape}";

    public override string GradientFormula(int input) => $"{{dy}} as {x.Shape}";

    protected override Shape InferShape() => shape.Elements == x.Length ? shape
        : throw new ShapeException(name, $"x {x.Shape} has {x.Length} elements, {shape} needs {shape.Elements}", x.Shape, shape);

    protected override void Forward() => Elementwise.Copy(x.Values, Result, accumulate: false, Work);

    protected override void Backward()
    {
        if (Wants(0)) Elementwise.Copy(OutputGradient, GradientOf(0), Accumulate(0), Work);
    }

    public override IEnumerable<Term<T>> Terms(int input, int index)
    {
        yield return new Term<T>(Factor.GradientOf(Output, index));
    }

    public override string WithNumbers(int index, Func<T, string> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return number(x.Values[index]);
    }
}
