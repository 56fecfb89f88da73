using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The sum of elements.</summary>
public static class SumOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The sum of all elements; 0 if there is none.</summary>
        /// <remarks>
        /// Shapes: any → a single number [].
        /// Backward: dx = dy for each element.
        /// </remarks>
        public Tensor<T> Sum() => new SumOp<T>(x, null).Apply();

        /// <summary>The sums along one axis, which disappears.</summary>
        /// <param name="axis">The axis, from 0.</param>
        /// <remarks>
        /// Shapes: x [.., n, ..] → y without that axis.
        /// Backward: dx = dy for each element along the axis.
        /// </remarks>
        /// <exception cref="ShapeException">There is no such axis.</exception>
        public Tensor<T> Sum(int axis) => new SumOp<T>(x, axis).Apply();
    }
}

internal sealed class SumOp<T>(Tensor<T> x, int? axis) : ReduceOp<T>(x, axis) where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override bool AllowsNone => true;

    public override string Formula => $"Σ {{0}}{Along}";

    public override string GradientFormula(int input) => "{dy} for each element";

    protected override void Forward() => Reduce.SumAxis(Inputs[0].Values, Result, Outer, Count, Inner, accumulate: false, Work);

    protected override void Backward()
    {
        if (Wants(0)) Reduce.SpreadAxis(T.One, OutputGradient, GradientOf(0), Outer, Count, Inner, Accumulate(0));   // dx (+)= dy
    }

    public override IEnumerable<Term<T>> Terms(int input, int index) => [new Term<T>(Factor.GradientOf(Output, TargetOf(index)))];

    public override string WithNumbers(int index, Func<T, string> number) => SumWithNumbers(index, number);
}
