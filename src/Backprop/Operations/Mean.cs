using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The mean of elements.</summary>
public static class MeanOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The mean of all n elements.</summary>
        /// <remarks>
        /// Shapes: any with an element → a single number [].
        /// Backward: dx = dy/n for each element.
        /// </remarks>
        /// <exception cref="ShapeException">There is no element: the mean of nothing has no value.</exception>
        public Tensor<T> Mean() => new MeanOp<T>(x, null).Apply();

        /// <summary>The means along one axis, which disappears.</summary>
        /// <param name="axis">The axis, from 0.</param>
        /// <remarks>
        /// Shapes: x [.., n, ..] → y without that axis.
        /// Backward: dx = dy/n for each element along the axis.
        /// </remarks>
        /// <exception cref="ShapeException">There is no such axis, or no element along it.</exception>
        public Tensor<T> Mean(int axis) => new MeanOp<T>(x, axis).Apply();
    }
}

internal sealed class MeanOp<T>(Tensor<T> x, int? axis) : ReduceOp<T>(x, axis) where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override bool AllowsNone => false;

    public override string Formula => $"mean of {{0}}{Along}";

    public override string GradientFormula(int input) => $"{{dy}} / {Count} for each element";

    private T Share => T.One / T.CreateTruncating(Count);

    protected override void Forward()
    {
        Reduce.SumAxis(Inputs[0].Values, Result, Outer, Count, Inner, accumulate: false, Work);
        // Divided, which rounds once; the share 1/n is rounded itself.
        T count = T.CreateTruncating(Count);
        foreach (ref T y in Result) y /= count;
    }

    protected override void Backward()
    {
        if (Wants(0)) Reduce.SpreadAxis(Share, OutputGradient, GradientOf(0), Outer, Count, Inner, Accumulate(0));   // dx (+)= dy/n
    }

    public override IEnumerable<Term<T>> Terms(int input, int index) =>
        [new Term<T>(Factor.GradientOf(Output, TargetOf(index)), Factor.Number($"1/{Count}", Share))];

    public override string WithNumbers(int index, Func<T, string> number) => $"{SumWithNumbers(index, number).AsFactor()} / {Count}";
}
