using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;
using Kernel = Backprop.Kernels.Softmax;

namespace Backprop.Operations;

/// <summary>The logarithms of shares that sum to 1.</summary>
public static class LogSoftmaxOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The logarithms of the shares of <c>Softmax</c> over the last axis, yⱼ = xⱼ − log Σ exp(x).</summary>
        /// <remarks>
        /// Shapes: x [.., C] → y [.., C].
        /// Backward: dxᵢ = dyᵢ − exp(yᵢ)·Σⱼ dyⱼ.
        /// Exact where the share itself is too small for a number: logits of ±10⁴ are as good as any; one of −∞ stays −∞.
        /// </remarks>
        /// <exception cref="ShapeException">x is a single number: it has no last axis.</exception>
        public Tensor<T> LogSoftmax() => new LogSoftmaxOp<T>(x).Apply();
    }
}

internal sealed class LogSoftmaxOp<T>(Tensor<T> x) : RowOp<T>(x) where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => "log softmax({0})";

    public override string GradientFormula(int input) => "{dy} − exp({y})·Σ {dy}";

    protected override void ForwardRow(ReadOnlySpan<T> x, Span<T> y) => Kernel.LogForward(x, y);

    protected override void BackwardRow(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx, bool accumulate) =>
        Kernel.LogBackward(y, dy, dx, accumulate);

    /// <summary>∂yⱼ/∂xᵢ = 1 − exp(yᵢ) for i = j, else −exp(yᵢ).</summary>
    protected override Term<T> TermOf(int output, int index)
    {
        T share = VectorMath.Exp(Output.Values[index]);
        var slope = output == index ? Factor.Number("1 − exp(y)", T.One - share) with { Formula = "1 − exp({y})" }
            : Factor.Number("−exp(y)", -share) with { Formula = "−exp({y})" };
        return new Term<T>(Factor.GradientOf(Output, output), slope);
    }

    public override string WithNumbers(int index, Func<T, string> number)
    {
        string sum = Sum(Columns, j => $"exp {number(Value(index / Columns * Columns + j))}");
        return $"{"{0}".WithNumber("{0}", number(Value(index)))} − log({sum})";
    }
}
