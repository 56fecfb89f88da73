using System.Globalization;
using System.Numerics;
using Backprop.Kernels;
using Backprop.Operations;
using Backprop.Tensors;
using Kernel = Backprop.Kernels.Softmax;

namespace Backprop.Losses;

/// <summary>What counts in a cross-entropy of classes, and how much.</summary>
/// <param name="ClassWeights">w, [C]; null where all classes count alike.</param>
/// <param name="Mask">m, one number for each sample; null where all samples count alike.</param>
/// <param name="Smoothing">ε, the share of the target that goes to all classes alike.</param>
/// <param name="Ignored">The class whose samples do not count; null where there is none.</param>
internal sealed record CrossEntropyWeights<T>(Tensor<T>? ClassWeights, Tensor<T>? Mask, double Smoothing, int? Ignored)
    where T : unmanaged, IFloatingPointIeee754<T>;

internal sealed class WeightedSoftmaxCrossEntropyOp<T>(Tensor<T> logits, Indices target, CrossEntropyWeights<T> by, Reduction reduction)
    : Operation<T>([logits, .. by.ClassWeights is { } w ? [w] : Array.Empty<Tensor<T>>(), .. by.Mask is { } m ? [m] : Array.Empty<Tensor<T>>()])
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T rest = T.CreateTruncating(1 - by.Smoothing);
    private Tensor<T> softmax = null!;
    private Tensor<T> losses = null!;

    private int Classes => logits.Shape[^1];

    private int Samples => target.Shape.Elements;

    /// <summary>ε/C.</summary>
    private T Share => T.CreateTruncating(by.Smoothing / Classes);

    public override string Name => "SoftmaxCrossEntropy";

    public override Indices Indices => target;

    public override string Formula =>
        $"Σ −{(by.Mask is null ? "" : $"{{{Inputs.Count - 1}}}·")}{(by.ClassWeights is null ? "" : "{1}·")}" +
        (by.Smoothing == 0 ? "log softmax({0})[class]" : $"({FormulaText.Of(1 - by.Smoothing)}·[class] + {FormulaText.Of(by.Smoothing)}/{Classes})·log softmax({{0}})") +
        (reduction == Reduction.Mean ? " / what counts" : "");

    public override string GradientFormula(int input) =>
        input > 0 ? "0·{dy}" : $"{{dy}} · weight · (softmax({{0}}) − target){(reduction == Reduction.Mean ? " / what counts" : "")}";

    protected override Shape InferShape()
    {
        RowsOfClasses.Check(Name, "logits", logits.Shape, target.Shape, reduction);
        if (by.ClassWeights is { } weights && weights.Shape != [Classes])
            throw new ShapeException(
                Name, $"the class weights {weights.Shape} came, logits {logits.Shape} need one for each class, [{Classes}]", logits.Shape, weights.Shape);
        if (by.Mask is { } mask && mask.Shape != target.Shape)
            throw new ShapeException(Name, $"the mask {mask.Shape} came, the target {target.Shape} needs one number for each class", target.Shape, mask.Shape);
        return [];
    }

    protected internal override void Validate()
    {
        for (int n = 0; n < Samples; n++)
            if (target.Values[n] is var c && c != by.Ignored && (uint)c >= (uint)Classes)
                throw new ArgumentOutOfRangeException(null, $"{Name}: index {c} at {target.Shape.Position(n)} is outside 0 … {Classes - 1}");
        CheckWeights(by.ClassWeights, "class weight");
        CheckWeights(by.Mask, "mask");
        if (reduction == Reduction.Mean && Counted() == T.Zero)
            throw new ArgumentException($"{Name}: no sample counts: all are ignored, masked or of weight 0, and their mean has no value; leave such a batch out.");
    }

    protected override void Prepare()
    {
        softmax = Keep("softmax", logits.Shape);
        losses = Keep("losses", target.Shape);
    }

    protected override void Forward()
    {
        var p = Write(softmax);
        var each = Write(losses);
        for (int n = 0; n < Samples; n++)
        {
            var row = logits.Values.Slice(n * Classes, Classes);
            var shares = p.Slice(n * Classes, Classes);
            if (WeightOfSample(n) == T.Zero)
            {
                // What does not count may hold anything: it must not reach the gradient, not even as ∞·0.
                shares.Clear();
                each[n] = T.Zero;
                continue;
            }
            T logSum = Kernel.Forward(row, shares, out T largest);
            int right = target.Values[n];
            T loss = rest * WeightOfClass(right) * (logSum - (row[right] - largest));                 // (1 − ε)·w_y·−log p_y
            if (by.Smoothing > 0)
            {
                T all = T.Zero;
                for (int c = 0; c < Classes; c++) all += WeightOfClass(c) * (logSum - (row[c] - largest));
                loss += Share * all;                                                                // + ε/C·Σ w_c·−log p_c
            }
            each[n] = WeightOfSample(n) * loss;
        }
        Result[0] = Reduce.Sum<T>(losses.Values) / Divisor();
    }

    protected override void Backward()
    {
        if (!Wants(0)) return;
        T factor = OutputGradient[0] / Divisor();
        for (int n = 0; n < Samples; n++)
        {
            var dx = GradientOf(0).Slice(n * Classes, Classes);
            T sample = WeightOfSample(n) == T.Zero ? T.Zero : factor * WeightOfSample(n);
            Elementwise.Scale(sample * TargetSum(n), softmax.Values.Slice(n * Classes, Classes), dx, Accumulate(0));    // dx (+)= dL·m/W·Σt·softmax
            if (sample == T.Zero) continue;
            if (by.Smoothing > 0)
                for (int c = 0; c < Classes; c++) dx[c] -= sample * Target(n, c);                                          // dx −= dL·m/W·t
            else dx[target.Values[n]] -= sample * Target(n, target.Values[n]);
        }
    }

    public override IEnumerable<Term<T>> Terms(int input, int index)
    {
        if (input > 0) yield break;
        var (n, c) = Math.DivRem(index, Classes);
        bool counts = WeightOfSample(n) != T.Zero;
        yield return new Term<T>(
            Factor.GradientOf(Output, 0), Factor.Number("weight", WeightOfSample(n) / Divisor()),
            Factor.Number("softmax·Σt − t", counts ? softmax.Values[index] * TargetSum(n) - Target(n, c) : T.Zero));
    }

    public override string WithNumbers(int index, Func<T, string> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        if (Samples == 0) return "0";
        string sum = Sum(Samples, n => number(losses.Values[n]));
        return reduction == Reduction.Mean ? $"{sum.AsFactor()} / {number(Divisor())}" : sum;
    }

    public override Tensor<T> Unfold(IReadOnlyList<Tensor<T>> inputs)
    {
        var target = Nn<T>.Zeros(logits.Shape);
        for (int n = 0; n < Samples; n++)
            for (int c = 0; c < Classes && WeightOfSample(n) != T.Zero; c++) target.Set(n * Classes + c, WeightOfSample(n) * Target(n, c));
        return (target * -inputs[0].LogSoftmax()).Sum() / double.CreateTruncating(Divisor());
    }

    /// <summary>What the loss is divided by: the weights of what counts, or 1 for a sum.</summary>
    private T Divisor() => reduction == Reduction.Mean ? Counted() : T.One;

    private T Counted()
    {
        T sum = T.Zero;
        for (int n = 0; n < Samples; n++)
            if (WeightOfSample(n) is var weight && weight != T.Zero) sum += weight * WeightOfClass(target.Values[n]);
        return sum;
    }

    private T WeightOfSample(int n) => target.Values[n] == by.Ignored ? T.Zero : by.Mask is { } mask ? mask.Values[n] : T.One;

    private T WeightOfClass(int c) => by.ClassWeights is { } weights ? weights.Values[c] : T.One;

    /// <summary>What the logarithm of a class's share is multiplied with: (1 − ε)·w_y at the right class, and ε/C·w_c.</summary>
    private T Target(int n, int c) => (c == target.Values[n] ? rest * WeightOfClass(c) : T.Zero) + Share * WeightOfClass(c);

    private T TargetSum(int n)
    {
        if (WeightOfSample(n) == T.Zero) return T.Zero;
        T sum = rest * WeightOfClass(target.Values[n]);
        if (by.Smoothing == 0) return sum;
        T all = T.Zero;
        for (int c = 0; c < Classes; c++) all += WeightOfClass(c);
        return sum + Share * all;
    }

    private void CheckWeights(Tensor<T>? weights, string what)
    {
        for (int i = 0; i < weights?.Length; i++)
            if (!(weights.Values[i] >= T.Zero && T.IsFinite(weights.Values[i])))
                throw new ArgumentOutOfRangeException(null, string.Create(
                    CultureInfo.InvariantCulture, $"{Name}: {what} {weights.Values[i]:G6} at {weights.Shape.Position(i)} came; it is a finite number, 0 or more"));
    }
}
