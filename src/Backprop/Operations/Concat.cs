using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations
{
    internal sealed class ConcatOp<T>(int axis, params ReadOnlySpan<Tensor<T>> tensors) : Operation<T>(tensors)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private Shape First => Inputs[0].Shape;
        private int Outer => First.Product(0, axis);
        private int Inner => First.Product(axis + 1, First.Rank);
        private int Whole => Output.Shape[axis] * Inner;

        public override string Formula =>
            $"concat({string.Join(", ", Enumerable.Range(0, Inputs.Count).Select(i => $"{{{i}}}"))}; axis {axis})";

        public override string GradientFormula(int input) =>
            $"{{dy}}{Axis.Subscript(First.Rank, axis, $"{Start(input)}:{Start(input) + Inputs[input].Shape[axis]}")}";

        protected override Shape InferShape()
        {
            if (Inputs.Count == 0) throw new ArgumentException("Concat: no tensor came, at least one is needed.");
            Axis.Check("Concat", First, axis);
            long size = 0;
            for (int i = 0; i < Inputs.Count; i++)
            {
                var shape = Inputs[i].Shape;
                if (shape.Rank != First.Rank || shape.With(axis, First[axis]) != First)
                    throw new ShapeException(
                        "Concat", $"tensor {i} is {shape}, all need the shape of the first, {First}, but for axis {axis}", First, shape);
                size += shape[axis];
            }
            if (size > int.MaxValue) throw new ShapeException("Concat", $"{size} entries along axis {axis} are more than a tensor can hold", First);
            return First.With(axis, (int)size);
        }

        protected override void Forward()
        {
            for (int i = 0, start = 0; i < Inputs.Count; i++)
            {
                int part = Part(i);
                Blocks.Copy(Inputs[i].Values, 0, part, Result, start, Whole, Outer, part, accumulate: false);
                start += part;
            }
        }

        protected override void Backward()
        {
            for (int i = 0, start = 0; i < Inputs.Count; i++)
            {
                int part = Part(i);
                if (Wants(i)) Blocks.Copy(OutputGradient, start, Whole, GradientOf(i), 0, part, Outer, part, Accumulate(i));
                start += part;
            }
        }

        public override IEnumerable<Term<T>> Terms(int input, int index)
        {
            var (outer, within) = Math.DivRem(index, Part(input));
            yield return new Term<T>(Factor.GradientOf(Output, outer * Whole + Start(input) * Inner + within));
        }

        public override string WithNumbers(int index, Func<T, string> number)
        {
            ArgumentNullException.ThrowIfNull(number);
            var (outer, within) = Math.DivRem(index, Whole);
            int input = 0;
            for (; within >= Part(input); input++) within -= Part(input);
            return number(Inputs[input].Values[outer * Part(input) + within]);
        }

        private int Part(int input) => Inputs[input].Shape[axis] * Inner;

        private int Start(int input) => Inputs.Take(input).Sum(tensor => tensor.Shape[axis]);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <summary>Tensors joined along an axis that they have.</summary>
        /// <param name="axis">The axis along which they are joined, from 0.</param>
        /// <param name="tensors">At least one; all of one shape but for that axis.</param>
        /// <remarks>
        /// Shapes: [N, a], [N, b], Concat(1, …) → y [N, a + b].
        /// Backward: each tensor gets its part of dy.
        /// </remarks>
        /// <exception cref="ArgumentException">No tensor came.</exception>
        /// <exception cref="Tensors.ShapeException">Another axis differs, or there is no such axis.</exception>
        public static Tensors.Tensor<T> Concat(int axis, params ReadOnlySpan<Tensors.Tensor<T>> tensors) =>
            new Operations.ConcatOp<T>(axis, tensors).Apply();
    }
}
