using System.Globalization;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Optimizers;

// What acts on a step beside the rule of the optimizer: penalties on the weights, and clipping of the gradients.
public abstract partial class Optimizer<T>
{
    private T[] adjusted = [];
    private double scale = 1;

    /// <summary>Decoupled weight decay λ, 0 (none) or more: before each step w ← (1 − η·λ)·w, whatever the gradient. 0.01 is usual.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double WeightDecay
    {
        get;
        set => field = Setting.NotNegative(nameof(Optimizer<>), nameof(WeightDecay), value, 0.01);
    }

    /// <summary>λ₁, 0 (none) or more: the slope of a penalty λ₁·Σ |w|, which makes weights 0. λ₁·sign w is added to the gradient.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double L1
    {
        get;
        set => field = Setting.NotNegative(nameof(Optimizer<>), nameof(L1), value, 1e-5);
    }

    /// <summary>λ₂, 0 (none) or more: the slope of a penalty ½·λ₂·Σ w², which keeps weights small. λ₂·w is added to the gradient.</summary>
    /// <remarks>This is what PyTorch calls weight_decay everywhere but in AdamW. With Adam and its kin, which divide by the size of the gradient,
    /// <see cref="WeightDecay"/> is the usual choice.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double L2
    {
        get;
        set => field = Setting.NotNegative(nameof(Optimizer<>), nameof(L2), value, 1e-4);
    }

    /// <summary>Which parameters decay and are penalised, by their path and shape. If nothing else is said, those with two axes or more: weights and
    /// kernels, and no bias, and no scale or shift of a normalisation.</summary>
    public Func<string, Shape, bool> Penalizes
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(value));
    } = (_, shape) => shape.Rank > 1;

    /// <summary>No entry of a gradient counts as larger than this, nor as smaller than its opposite; above 0, infinite for no bound.</summary>
    /// <remarks>The gradients themselves stay what the backward pass computed.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0.</exception>
    public double MaxGradient
    {
        get;
        set => field = Bound(nameof(MaxGradient), value);
    } = double.PositiveInfinity;

    /// <summary>Where the norm of all gradients together is larger than this, all are taken smaller by one factor; above 0, infinite for no bound.</summary>
    /// <remarks>
    /// The factor is min(1, bound/(norm + 10⁻⁶)), as in PyTorch; it comes before <see cref="MaxGradient"/>. The gradients themselves stay what the
    /// backward pass computed. 1 is usual, 5 for recurrent networks.
    /// Source: Pascanu, Mikolov, Bengio, On the difficulty of training recurrent neural networks (2013), algorithm 1.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0.</exception>
    public double MaxGradientNorm
    {
        get;
        set => field = Bound(nameof(MaxGradientNorm), value);
    } = double.PositiveInfinity;

    /// <summary>The norm of all gradients together at the last step, before any clipping; NaN where <see cref="MaxGradientNorm"/> asked for none.</summary>
    public double GradientNorm { get; private set; } = double.NaN;

    /// <summary>The update of one parameter as a formula, with the penalties and the clipping that act on it.</summary>
    /// <param name="parameter">Its position in <see cref="Parameters"/>.</param>
    public string FormulaOf(int parameter)
    {
        string slope = double.IsFinite(MaxGradientNorm) ? "c·{dw}" : "{dw}";
        if (double.IsFinite(MaxGradient)) slope = $"clip({slope}, ±{MaxGradient.ToString("G6", CultureInfo.InvariantCulture)})";
        bool penalized = IsPenalized(parameter);
        string sum = slope + (penalized && L2 > 0 ? " + λ₂·{w}" : "") + (penalized && L1 > 0 ? " + λ₁·sign {w}" : "");
        string factor = sum == slope ? slope : $"({sum})";
        string formula = string.Join($"({sum})", Formula.Split("({dw})").Select(part => part.Replace("{dw}", factor, StringComparison.Ordinal)));
        return penalized && WeightDecay > 0 ? formula.Replace("← {w} −", "← (1 − η·λ)·{w} −", StringComparison.Ordinal) : formula;
    }

    /// <summary>The gradient of one entry as the rule sees it: clipped, with the slopes of the penalties.</summary>
    /// <param name="parameter">The position of the parameter.</param>
    /// <param name="index">The entry, in row-major order.</param>
    /// <param name="weight">The value before the step.</param>
    protected T SlopeAt(int parameter, int index, T weight)
    {
        T slope = Parameters[parameter].Gradient[index];
        var by = Adjustment(parameter, ScaleFor(double.IsFinite(MaxGradientNorm) ? Parameters.GradientNorm() : 0));
        if (!by.Acts) return slope;
        slope = T.Max(T.Min(by.Scale * slope, by.Bound), -by.Bound);
        return T.FusedMultiplyAdd(by.L2, weight, slope) + (weight == T.Zero ? T.Zero : T.CopySign(by.L1, weight));
    }

    /// <summary>A weight in the text of an update, with what decays of it: <c>0.5</c>, <c>(1 − 0.1·0.01)·0.5</c>.</summary>
    /// <param name="parameter">The position of the parameter.</param>
    /// <param name="weight">The value before the step.</param>
    /// <param name="number">How a number is written.</param>
    protected string Decayed(int parameter, T weight, Func<T, string> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return WeightDecay == 0 || !IsPenalized(parameter) ? number(weight)
            : $"(1 − {number(T.CreateTruncating(LearningRate))}·{number(T.CreateTruncating(WeightDecay))})·{Operand(weight, number)}";
    }

    /// <summary>Whether the kernels of this optimizer clip and penalise in the pass that updates.</summary>
    private protected virtual bool AdjustsItself => false;

    /// <summary>What comes before the rule, for the kernels.</summary>
    private protected Adjustment<T> Adjustment(int parameter) => Adjustment(parameter, scale);

    private Adjustment<T> Adjustment(int parameter, double scale)
    {
        bool penalized = (WeightDecay > 0 || L1 > 0 || L2 > 0) && IsPenalized(parameter);
        if (!penalized && scale == 1 && double.IsPositiveInfinity(MaxGradient)) return default;
        return new(
            true, T.CreateTruncating(scale), T.CreateTruncating(MaxGradient), T.CreateTruncating(penalized ? L1 : 0), T.CreateTruncating(penalized ? L2 : 0),
            penalized ? T.CreateTruncating(1 - LearningRate * WeightDecay) : T.One);
    }

    private IEnumerable<(string Key, object Value)> AdjustmentSettings =>
    [
        .. WeightDecay > 0 ? [("weightDecay", WeightDecay)] : Array.Empty<(string, object)>(),
        .. L1 > 0 ? [("l1", L1)] : Array.Empty<(string, object)>(),
        .. L2 > 0 ? [("l2", L2)] : Array.Empty<(string, object)>(),
        .. double.IsFinite(MaxGradient) ? [("maxGradient", MaxGradient)] : Array.Empty<(string, object)>(),
        .. double.IsFinite(MaxGradientNorm) ? [("maxGradientNorm", MaxGradientNorm)] : Array.Empty<(string, object)>(),
    ];

    private bool IsPenalized(int parameter) => Penalizes(Parameters.Names[parameter], Parameters[parameter].Shape);

    /// <summary>The norm of the gradients and the factor that follows from it, where there is a bound.</summary>
    private void Measure()
    {
        GradientNorm = double.IsFinite(MaxGradientNorm) ? Parameters.GradientNorm() : double.NaN;
        scale = double.IsFinite(MaxGradientNorm) ? ScaleFor(GradientNorm) : 1;
    }

    private double ScaleFor(double norm) => Math.Min(1, MaxGradientNorm / (norm + 1e-6));

    /// <summary>For a rule that does not adjust by itself: the gradient that it is to see; the weights have decayed then.</summary>
    private ReadOnlySpan<T> Adjusted(int parameter, Span<T> values, ReadOnlySpan<T> gradient)
    {
        var by = Adjustment(parameter);
        if (!by.Acts) return gradient;
        if (adjusted.Length < values.Length) adjusted = new T[values.Length];
        Updates.Adjust(values, gradient, adjusted.AsSpan(0, values.Length), by, Work);
        return adjusted.AsSpan(0, values.Length);
    }

    private static double Bound(string name, double value) => value > 0 ? value
        : throw new ArgumentOutOfRangeException(
            nameof(value), string.Create(CultureInfo.InvariantCulture, $"{name}: {value} came; it is a number above 0, or infinite for no bound."));
}
