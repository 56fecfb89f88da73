using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>Samples brought to mean 0 and deviation 1, each by itself.</summary>
public static class LayerNormOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Brings the numbers along the last axes to mean 0 and deviation 1, then scales and shifts each: y = γ·(x − μ)/√(σ² + ε) + β.</summary>
        /// <param name="scale">γ; its axes are the last axes of x, those that are normalised together.</param>
        /// <param name="shift">β, of the shape of γ.</param>
        /// <param name="epsilon">Keeps equal numbers finite, above 0.</param>
        /// <remarks>
        /// Shapes: x [.., axes], γ and β [axes] → the same as x. μ and σ² are those of the D numbers along the last axes, σ² divided by D, as in PyTorch;
        /// no sample sees another, so training and inference are one.
        /// Backward, with x̂ = (x − μ)/√(σ² + ε) and g = dy·γ: dx = (g − mean of g − x̂·mean of g·x̂)/√(σ² + ε), dγ = Σ dy·x̂, dβ = Σ dy over the leading axes.
        /// Source: Ba, Kiros, Hinton, Layer Normalization (2016).
        /// </remarks>
        /// <exception cref="ShapeException">The axes of γ are not the last ones of x, or β has others.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Epsilon is outside its range.</exception>
        public Tensor<T> LayerNorm(Tensor<T> scale, Tensor<T> shift, double epsilon = 1e-5) => new LayerNormOp<T>(x, scale, shift, epsilon).Apply();
    }
}

internal sealed class LayerNormOp<T>(Tensor<T> x, Tensor<T> scale, Tensor<T> shift, double epsilon) : Operation<T>(x, scale, shift)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private Tensor<T> mean = null!;
    private Tensor<T> variance = null!;

    private int D => scale.Length;
    private Shape Leading => new(x.Shape.AsSpan()[..(x.Shape.Rank - scale.Shape.Rank)]);
    private T Epsilon => T.CreateTruncating(epsilon);

    public override string Formula => $"{{1}} · ({{0}} − mean)/√(variance + {FormulaText.Of(epsilon)}) + {{2}}";

    public override string GradientFormula(int input) => input switch
    {
        0 => "({dy}·{1} − mean({dy}·{1}) − x̂ · mean({dy}·{1}·x̂))/√(variance + ε)",
        1 => "Σ {dy} · x̂",
        _ => "Σ {dy}",
    };

    /// <summary>Throws unless epsilon is a number above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static double CheckEpsilon(double epsilon) => epsilon > 0 && double.IsFinite(epsilon) ? epsilon
        : throw new ArgumentOutOfRangeException(
            null, FormattableString.Invariant($"LayerNorm: epsilon is {epsilon}, a number above 0 is needed; 1e-5 is usual."));

    protected override Shape InferShape()
    {
        CheckEpsilon(epsilon);
        if (scale.Shape.Rank == 0 || scale.Length == 0)
            throw new ShapeException(Name, $"γ {scale.Shape} came, it needs one number for each of those that are normalised together", scale.Shape);
        if (!x.Shape.EndsWith(scale.Shape))
            throw new ShapeException(
                Name, $"x {x.Shape} ends with other axes than γ {scale.Shape}, which says what is normalised together", x.Shape, scale.Shape);
        if (shift.Shape != scale.Shape)
            throw new ShapeException(Name, $"β {shift.Shape} came, γ {scale.Shape} needs the same", scale.Shape, shift.Shape);
        return x.Shape;
    }

    protected override void Prepare()
    {
        mean = Keep("mean", Leading);
        variance = Keep("variance", Leading);
    }

    protected override void Forward() =>
        RowNorm.Forward(x.Values, scale.Values, shift.Values, Result, Write(mean), Write(variance), Epsilon, Work);   // y = γ·(x − μ)/√(σ² + ε) + β

    protected override void Backward()
    {
        ReadOnlySpan<T> means = mean.Values, variances = variance.Values;
        if (Wants(0))
            RowNorm.InputGradient(
                x.Values, OutputGradient, scale.Values, means, variances, Epsilon, GradientOf(0), Accumulate(0), Work);  // dx (+)= (g − ḡ − x̂·mean g·x̂)·s
        if (Wants(1))
            RowNorm.ScaleGradient(x.Values, OutputGradient, means, variances, Epsilon, GradientOf(1), Accumulate(1), Work);  // dγ (+)= Σ dy·x̂
        if (Wants(2)) Reduce.SumRows(OutputGradient, GradientOf(2), mean.Length, Accumulate(2), Work);                       // dβ (+)= Σ dy
    }

    public override IEnumerable<Term<T>> Terms(int input, int index)
    {
        if (input > 0)
            return Enumerable.Range(0, mean.Length).Select(row => row * D + index).Select(i => input == 2 ? new Term<T>(Factor.GradientOf(Output, i))
                : new Term<T>(Factor.GradientOf(Output, i), Factor.Number("x̂", Normalized(i))));
        int sample = index / D;
        T count = T.CreateTruncating(D);
        return Enumerable.Range(sample * D, D).Select(i => new Term<T>(
            Factor.GradientOf(Output, i), Factor.Of(scale, i % D), Factor.Number("1/√(variance + ε)", Slope(sample)),
            Factor.Number(
                i == index ? "1 − 1/D − x̂²/D" : "−1/D − x̂·x̂′/D",
                (i == index ? T.One : T.Zero) - (T.One + Normalized(i) * Normalized(index)) / count)));
    }

    public override string WithNumbers(int index, Func<T, string> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        int sample = index / D;
        string deviation = $"√({number(variance.Values[sample])} + {FormulaText.Of(epsilon)})";
        return $"{number(scale.Values[index % D])} · ({number(x.Values[index])} − {number(mean.Values[sample])})/{deviation} + {number(shift.Values[index % D])}";
    }

    public override Tensor<T> Unfold(IReadOnlyList<Tensor<T>> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        // One column per sample, so that its mean stands at the trailing axis and is repeated.
        var columns = inputs[0].Reshape([mean.Length, D]).Transpose(0, 1);
        var distance = columns - columns.Mean(0);
        var normalized = (distance / (distance.Square().Mean(0) + epsilon).Sqrt()).Transpose(0, 1);
        return (normalized * inputs[1].Reshape([D]) + inputs[2].Reshape([D])).Reshape(x.Shape);
    }

    private T Slope(int sample) => RowNorm.Slope(variance.Values[sample], Epsilon);

    private T Normalized(int index) => (x.Values[index] - mean.Values[index / D]) * Slope(index / D);
}
