using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>Channels brought to mean 0 and deviation 1 by given statistics.</summary>
public static class NormalizeOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Normalises every channel by a given mean and variance, then scales and shifts it: y = γ·(x − μ)/√(v + ε) + β.</summary>
        /// <param name="mean">μ, [C].</param>
        /// <param name="variance">v, [C], 0 or more.</param>
        /// <param name="scale">γ, [C].</param>
        /// <param name="shift">β, [C].</param>
        /// <param name="epsilon">Keeps a channel of variance 0 finite, above 0.</param>
        /// <remarks>
        /// Shapes: x [N, C] or [N, C, H, W] → the same. This is BatchNorm in inference, with the statistics that training has gathered.
        /// Backward, with s = 1/√(v + ε): dx = dy·γ·s, dμ = −γ·s·Σ dy, dv = −γ·s³/2·Σ dy·(x − μ), dγ = Σ dy·(x − μ)·s, dβ = Σ dy.
        /// Source: Ioffe, Szegedy, Batch Normalization (2015), Algorithm 2.
        /// </remarks>
        /// <exception cref="ShapeException">The axes do not fit.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Epsilon is outside its range.</exception>
        public Tensor<T> Normalize(Tensor<T> mean, Tensor<T> variance, Tensor<T> scale, Tensor<T> shift, double epsilon = 1e-5)
        {
            BatchNormSettings.Check(epsilon, 0);
            return new NormalizeOp<T>(x, mean, variance, scale, shift, epsilon).Apply();
        }
    }
}

internal sealed class NormalizeOp<T>(Tensor<T> x, Tensor<T> mean, Tensor<T> variance, Tensor<T> scale, Tensor<T> shift, double epsilon)
    : ChannelOp<T>(x, mean, variance, scale, shift) where T : unmanaged, IFloatingPointIeee754<T>
{
    private Memory<T> sums;

    public override string Formula => $"{{3}} · ({{0}} − {{1}})/√({{2}} + {FormulaText.Of(epsilon)}) + {{4}}";

    public override string GradientFormula(int input) => input switch
    {
        0 => "{dy} · {3}/√({2} + ε)",
        1 => "−Σ {dy} · {3}/√({2} + ε)",
        2 => "−Σ {dy} · {3} · ({0} − {1})/(2·√({2} + ε)³)",
        3 => "Σ {dy} · ({0} − {1})/√({2} + ε)",
        _ => "Σ {dy}",
    };

    protected override void Prepare()
    {
        base.Prepare();
        sums = Reserve(2 * C);
    }

    protected override void Forward()
    {
        Normalization.Apply(
            Channels, Seen(), scale.Values, shift.Values, Epsilon, mean.Values, variance.Values, Target(), Work, EpilogueOfTarget);
        Finish();                                                                       // y = (x − μ)·γ·s + β
    }

    protected override void Backward()
    {
        bool accumulate = false;
        var dx = Wants(0) ? TargetGradient(out accumulate) : default;                   // dx (+)= dy·γ·s
        int summed = Wants(1) || Wants(2) || Wants(3) || Wants(4) ? C : 0;
        Span<T> sum = sums.Span[..summed], product = sums.Span.Slice(C, summed);        // Σ dy, Σ dy·(x − μ)
        Normalization.Backward(
            Channels, Seen(), SeenGradient(), scale.Values, Epsilon, measured: false, mean.Values, variance.Values, sum, product, dx, accumulate, Work);
        for (int c = 0; c < summed; c++)
        {
            Contribute(1, c, -scale.Values[c] * Slope(c) * sum[c]);                     // dμ (+)= −γ·s·Σ dy
            Contribute(2, c, VarianceSlope(c) * product[c]);                            // dv (+)= −γ·s³/2·Σ dy·(x − μ)
            Contribute(3, c, product[c] * Slope(c));                                    // dγ (+)= Σ dy·(x − μ)·s
            Contribute(4, c, sum[c]);                                                   // dβ (+)= Σ dy
        }
        if (Wants(0)) FinishGradient();
    }

    public override IEnumerable<Term<T>> Terms(int input, int index)
    {
        if (input == 0)
        {
            int c = ChannelOf(index);
            return [new Term<T>(Factor.GradientOf(Output, index), Factor.Of(scale, c), Factor.Number("1/√(v + ε)", Slope(c)))];
        }
        return EntriesOf(index).Select(i => input switch
        {
            1 => new Term<T>(Factor.GradientOf(Output, i), Factor.Number("−γ/√(v + ε)", -scale.Values[index] * Slope(index))),
            2 => new Term<T>(
                Factor.GradientOf(Output, i), Factor.Number("−γ/(2·√(v + ε)³)", VarianceSlope(index)), Factor.Number("x − μ", Distance(i))),
            3 => new Term<T>(Factor.GradientOf(Output, i), Factor.Number("x − μ", Distance(i)), Factor.Number("1/√(v + ε)", Slope(index))),
            _ => new Term<T>(Factor.GradientOf(Output, i)),
        });
    }

    public override string WithNumbers(int index, Func<T, string> number) => Normalized(index, number, mean, variance, scale, shift, epsilon);

    public override Tensor<T> Unfold(IReadOnlyList<Tensor<T>> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var (rows, back) = AsRows(inputs[0]);
        return back((rows - inputs[1]) / (inputs[2] + epsilon).Sqrt() * inputs[3] + inputs[4]);
    }

    /// <summary>s = 1/√(v + ε).</summary>
    private T Slope(int channel) => Normalization.Slope(variance.Values[channel], Epsilon);

    private T Epsilon => T.CreateTruncating(epsilon);

    private T VarianceSlope(int channel)
    {
        T slope = Slope(channel);
        return -scale.Values[channel] * slope * slope * slope / T.CreateTruncating(2);
    }

    private T Distance(int index) => Value(index) - mean.Values[ChannelOf(index)];
}
