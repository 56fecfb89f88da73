using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>Channels brought to mean 0 and deviation 1 over the batch.</summary>
public static class BatchNormOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Brings every channel to mean 0 and deviation 1 over the batch, then scales and shifts it: y = γ·(x − μ)/√(σ² + ε) + β.</summary>
        /// <param name="scale">γ, [C].</param>
        /// <param name="shift">β, [C].</param>
        /// <param name="epsilon">Keeps a channel of equal numbers finite, above 0.</param>
        /// <param name="runningMean">[C]; if given, each backward pass in training moves it towards μ.</param>
        /// <param name="runningVariance">[C]; if given, each backward pass in training moves it towards σ², divided by M − 1.</param>
        /// <param name="momentum">How far they move, from 0 to 1.</param>
        /// <remarks>
        /// Shapes: x [N, C] or [N, C, H, W] → the same. μ and σ² are those of the M = N·H·W numbers of a channel, σ² divided by M.
        /// Backward, with x̂ = (x − μ)/√(σ² + ε): dx = γ/√(σ² + ε)·(dy − mean of dy − x̂·mean of dy·x̂), dγ = Σ dy·x̂, dβ = Σ dy.
        /// For inference take Normalize with the running statistics.
        /// Source: Ioffe, Szegedy, Batch Normalization (2015), Algorithm 1 and §3.
        /// </remarks>
        /// <exception cref="ShapeException">The axes do not fit, or a channel has fewer than two numbers.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Epsilon or the momentum is outside its range.</exception>
        public Tensor<T> BatchNorm(
            Tensor<T> scale, Tensor<T> shift, double epsilon = 1e-5, Parameter<T>? runningMean = null, Parameter<T>? runningVariance = null,
            double momentum = 0.1)
        {
            BatchNormSettings.Check(epsilon, momentum);
            return new BatchNormOp<T>(x, scale, shift, epsilon, runningMean, runningVariance, momentum).Apply();
        }
    }
}

internal static class BatchNormSettings
{
    public static void Check(double epsilon, double momentum)
    {
        if (!(epsilon > 0 && double.IsFinite(epsilon)))
            throw new ArgumentOutOfRangeException(
                null, FormattableString.Invariant($"BatchNorm: epsilon is {epsilon}, a number above 0 is needed; 1e-5 is usual."));
        if (momentum is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(
                null, FormattableString.Invariant($"BatchNorm: the momentum is {momentum}, it goes from 0 to 1; 0.1 is usual."));
    }
}

internal sealed class BatchNormOp<T>(
    Tensor<T> x, Tensor<T> scale, Tensor<T> shift, double epsilon, Parameter<T>? runningMean, Parameter<T>? runningVariance, double momentum)
    : ChannelOp<T>(x, scale, shift) where T : unmanaged, IFloatingPointIeee754<T>
{
    private Tensor<T> mean = null!;
    private Tensor<T> variance = null!;
    private Memory<T> sums;

    private T M => T.CreateTruncating(Count);

    private T Epsilon => T.CreateTruncating(epsilon);

    public override string Formula => $"{{1}} · ({{0}} − mean)/√(variance + {FormulaText.Of(epsilon)}) + {{2}}";

    public override string GradientFormula(int input) => input switch
    {
        0 => "{1}/√(variance + ε) · ({dy} − mean {dy} − x̂ · mean({dy}·x̂))",
        1 => "Σ {dy} · x̂",
        _ => "Σ {dy}",
    };

    protected override Shape InferShape()
    {
        var shape = base.InferShape();
        if (Count < 2)
            throw new ShapeException(
                Name, $"x {shape} has {(Count == 1 ? "one number" : "no numbers")} in a channel, and training needs two: the deviation of a single " +
                "number is 0. Take a batch of two or more samples, or leave a last batch of one out", shape);
        foreach (var running in new[] { runningMean, runningVariance })
            if (running is not null && running.Shape != [C])
                throw new ShapeException(Name, $"the running statistics {running.Shape} came, x {shape} needs [{C}]", shape, running.Shape);
        return shape;
    }

    protected override void Prepare()
    {
        base.Prepare();
        mean = Keep("mean", [C]);
        variance = Keep("variance", [C]);
        sums = Reserve(2 * C);
    }

    protected override void Forward()
    {
        Normalization.Forward(
            Channels, Seen(), scale.Values, shift.Values, Epsilon, Write(mean), Write(variance), Target(), Work, EpilogueOfTarget);
        Finish();                                                                                           // y = (x − μ)·γ/√(σ² + ε) + β
    }

    protected override void Backward()
    {
        bool accumulate = false;
        var dx = Wants(0) ? TargetGradient(out accumulate) : default;
        Span<T> sum = sums.Span[..C], product = sums.Span[C..];                                             // Σ dy, Σ dy·(x − μ)
        Normalization.Backward(
            Channels, Seen(), SeenGradient(), scale.Values, Epsilon, measured: true, mean.Values, variance.Values, sum, product, dx, accumulate, Work);
        for (int c = 0; c < C; c++)
        {
            Contribute(1, c, product[c] * Slope(c));                                                        // dγ (+)= Σ dy·x̂
            Contribute(2, c, sum[c]);                                                                       // dβ (+)= Σ dy
        }
        if (Wants(0)) FinishGradient();
    }

    // The batch's variance is too small on average, by (M − 1)/M: the running one is without that fault.
    protected internal override void Commit()
    {
        if (runningMean is not null) Move(runningMean, mean.Values, T.One);
        if (runningVariance is not null) Move(runningVariance, variance.Values, M / (M - T.One));
    }

    private void Move(Parameter<T> running, ReadOnlySpan<T> batch, T factor)
    {
        T share = T.CreateTruncating(momentum);
        var values = running.ForUpdate();
        for (int c = 0; c < values.Length; c++) values[c] = (T.One - share) * values[c] + share * (batch[c] * factor);
    }

    public override IEnumerable<Term<T>> Terms(int input, int index)
    {
        if (input > 0)
            return EntriesOf(index).Select(i => input == 2 ? new Term<T>(Factor.GradientOf(Output, i))
                : new Term<T>(Factor.GradientOf(Output, i), Factor.Number("x̂", Normalized(i))));
        int channel = ChannelOf(index);
        return EntriesOf(channel).Select(i => new Term<T>(
            Factor.GradientOf(Output, i), Factor.Of(scale, channel), Factor.Number("1/√(variance + ε)", Slope(channel)),
            Factor.Number(
                i == index ? "1 − 1/M − x̂²/M" : "−1/M − x̂·x̂′/M", (i == index ? T.One : T.Zero) - (T.One + Normalized(i) * Normalized(index)) / M)));
    }

    public override string WithNumbers(int index, Func<T, string> number) => Normalized(index, number, mean, variance, scale, shift, epsilon);

    public override Tensor<T> Unfold(IReadOnlyList<Tensor<T>> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var (rows, back) = AsRows(inputs[0]);
        var distance = rows - rows.Mean(0);
        return back(distance / (distance.Square().Mean(0) + epsilon).Sqrt() * inputs[1] + inputs[2]);
    }

    /// <summary>1/√(σ² + ε).</summary>
    private T Slope(int channel) => Normalization.Slope(variance.Values[channel], Epsilon);

    private T Normalized(int index) => (Value(index) - mean.Values[ChannelOf(index)]) * Slope(ChannelOf(index));
}
