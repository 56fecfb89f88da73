using System.Numerics;
using Backprop.Tensors;
using Kernel = Backprop.Kernels.Softmax;

namespace Backprop.Operations;

/// <summary>Shares that sum to 1.</summary>
public static class SoftmaxOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Shares that sum to 1 over the last axis, yⱼ = exp(xⱼ) / Σ exp(x).</summary>
        /// <remarks>
        /// Shapes: x [.., C] → y [.., C].
        /// Backward: dxᵢ = yᵢ·(dyᵢ − Σⱼ dyⱼ·yⱼ).
        /// Large logits do not overflow, a logit of −∞ has the share 0. For a loss on classes take SoftmaxCrossEntropy on the logits.
        /// Source: Bridle, Probabilistic Interpretation of Feedforward Classification Network Outputs (1990).
        /// </remarks>
        /// <exception cref="ShapeException">x is a single number: it has no last axis.</exception>
        public Tensor<T> Softmax() => new SoftmaxOp<T>(x).Apply();
    }
}

internal sealed class SoftmaxOp<T>(Tensor<T> x) : RowOp<T>(x) where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => "softmax({0})";

    public override string GradientFormula(int input) => "{y}·({dy} − Σ {dy}·{y})";

    protected override void ForwardRow(ReadOnlySpan<T> x, Span<T> y) => Kernel.Forward(x, y, out _);

    protected override void BackwardRow(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx, bool accumulate) =>
        Kernel.Backward(y, dy, dx, accumulate);

    /// <summary>∂yⱼ/∂xᵢ = yⱼ·(1 − yᵢ) for i = j, else yⱼ·(−yᵢ).</summary>
    protected override Term<T> TermOf(int output, int index)
    {
        T y = Output.Values[index];
        var slope = output == index ? Factor.Number("1 − y", T.One - y) with { Formula = "1 − {y}" }
            : Factor.Number("−y", -y) with { Formula = "−{y}" };
        return new Term<T>(Factor.GradientOf(Output, output), Factor.Of(Output, output), slope);
    }

    public override string WithNumbers(int index, Func<T, string> number)
    {
        string sum = Sum(Columns, j => $"exp {number(Value(index / Columns * Columns + j))}");
        return $"exp {number(Value(index))} / ({sum})";
    }
}
