using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations
{
    internal sealed class StackOp<T>(int axis, params ReadOnlySpan<Tensor<T>> tensors) : Operation<T>(tensors)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private Shape Part => Inputs[0].Shape;
        private int Outer => Part.Product(0, axis);
        private int Inner => Part.Product(axis, Part.Rank);
        private int Whole => Inputs.Count * Inner;

        public override string Formula =>
            $"stack({string.Join(", ", Enumerable.Range(0, Inputs.Count).Select(i => $"{{{i}}}"))}; axis {axis})";

        public override string GradientFormula(int input) => $"{{dy}}{Axis.Subscript(Part.Rank + 1, axis, $"{input}")}";

        protected override Shape InferShape()
        {
            if (Inputs.Count == 0) throw new ArgumentException("Stack: no tensor came, at least one is needed.");
            if (axis < 0 || axis > Part.Rank)
                throw new ShapeException("Stack", $"axis {axis} came, the new axis of tensors {Part} can be 0 … {Part.Rank}", Part);
            for (int i = 1; i < Inputs.Count; i++)
                if (Inputs[i].Shape != Part)
                    throw new ShapeException("Stack", $"tensor {i} is {Inputs[i].Shape}, all need the shape of the first, {Part}", Part, Inputs[i].Shape);
            return [.. Part.AsSpan()[..axis], Inputs.Count, .. Part.AsSpan()[axis..]];
        }

        protected override void Forward()
        {
            for (int i = 0; i < Inputs.Count; i++)
                Blocks.Copy(Inputs[i].Values, 0, Inner, Result, i * Inner, Whole, Outer, Inner, accumulate: false);
        }

        protected override void Backward()
        {
            for (int i = 0; i < Inputs.Count; i++)
                if (Wants(i)) Blocks.Copy(OutputGradient, i * Inner, Whole, GradientOf(i), 0, Inner, Outer, Inner, Accumulate(i));
        }

        public override IEnumerable<Term<T>> Terms(int input, int index)
        {
            var (outer, within) = Math.DivRem(index, Inner);
            yield return new Term<T>(Factor.GradientOf(Output, outer * Whole + input * Inner + within));
        }

        public override string WithNumbers(int index, Func<T, string> number)
        {
            ArgumentNullException.ThrowIfNull(number);
            var (outer, within) = Math.DivRem(index, Whole);
            return number(Inputs[within / Inner].Values[outer * Inner + within % Inner]);
        }
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <summary>Tensors of one shape side by side along a new axis: the time steps of a sequence.</summary>
        /// <param name="axis">Where the new axis stands in the result, from 0.</param>
        /// <param name="tensors">At least one, all of one shape.</param>
        /// <remarks>
        /// Shapes: T tensors [N, H], Stack(1, …) → y [N, T, H].
        /// Backward: each tensor gets its part of dy.
        /// </remarks>
        /// <exception cref="ArgumentException">No tensor came.</exception>
        /// <exception cref="Tensors.ShapeException">The shapes differ, or there is no such place for an axis.</exception>
        public static Tensors.Tensor<T> Stack(int axis, params ReadOnlySpan<Tensors.Tensor<T>> tensors) =>
            new Operations.StackOp<T>(axis, tensors).Apply();
    }
}
