using System.Globalization;
using System.Numerics;
using Backprop.Kernels;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Losses;

/// <summary>A loss that is the sum or mean of the losses of single elements, as one step. A derived class says the loss of one element
/// and its slopes in words, its function says them in numbers.</summary>
internal abstract class ElementLossOp<T, TLoss>(Tensor<T> prediction, Tensor<T> target, TLoss loss, Reduction reduction)
    : Operation<T>(prediction, target)
    where T : unmanaged, IFloatingPointIeee754<T>
    where TLoss : struct, IElementLoss
{
    /// <summary>The loss of one element in words, {0} the prediction and {1} the target.</summary>
    protected abstract string OfOne { get; }

    /// <summary>The derivative of the loss of one element, by prediction (0) or target (1), in words.</summary>
    protected abstract string Slope(int input);

    public sealed override string Formula => Total(prediction.Length == 1 ? OfOne : $"Σ {OfOne.AsFactor()}");

    /// <summary>What the mean divides by.</summary>
    protected virtual int Count => prediction.Length;

    private bool Divides => reduction == Reduction.Mean && Count > 1;

    private T Divisor => Divides ? T.CreateTruncating(Count) : T.One;

    public sealed override string GradientFormula(int input)
    {
        string slope = Slope(input);
        // A reader leaves ∂L/∂L = 1 out, and what follows begins the line: its sign needs no brackets.
        return Total($"{{dy}} · {(slope.StartsWith('−') ? slope : slope.AsFactor())}");
    }

    protected sealed override Shape InferShape()
    {
        if (prediction.Shape != target.Shape)
            throw new ShapeException(
                Name,
                $"prediction {prediction.Shape} and target {target.Shape} need equal shapes" +
                (prediction.Length == target.Length ? $"; Reshape the target to {prediction.Shape}" : ""),
                prediction.Shape, target.Shape);
        if (prediction.Length == 0 && reduction == Reduction.Mean)
            throw new ShapeException(
                Name, $"the mean over an empty batch {prediction.Shape} has no value; leave empty batches out", prediction.Shape);
        return [];
    }

    protected override void Forward() => Result[0] = ElementLoss.Sum(loss, prediction.Values, target.Values) / Divisor;

    protected sealed override void Backward()
    {
        T factor = OutputGradient[0] / Divisor;
        if (Wants(0)) ElementLoss.BackwardPrediction(loss, factor, prediction.Values, target.Values, GradientOf(0), Accumulate(0), Work);
        if (Wants(1)) ElementLoss.BackwardTarget(loss, factor, prediction.Values, target.Values, GradientOf(1), Accumulate(1), Work);
    }

    public sealed override IEnumerable<Term<T>> Terms(int input, int index)
    {
        Lanes1<T> p = new(prediction.Values[index]), t = new(target.Values[index]);
        T derivative = (input == 0 ? loss.ByPrediction(p, t) : loss.ByTarget(p, t)).Value;
        var slope = Factor.Number(Slope(input).WithLetters("ŷ", "y"), derivative) with { Formula = Slope(input) };
        var gradient = Factor.GradientOf(Output, 0);
        yield return Divides
            ? new Term<T>(gradient, Factor.Number($"1/{Count}", T.One / Divisor), slope)
            : new Term<T>(gradient, slope);
    }

    internal sealed override string GradientWithNumbers(int input, int index, Func<T, string> number) =>
        GradientFormula(input).WithNumber("{0}", number(prediction.Values[index])).WithNumber("{1}", number(target.Values[index]));

    public sealed override string WithNumbers(int index, Func<T, string> number)
    {
        string sum = Sum(prediction.Length, i =>
            OfOne.WithNumber("{0}", number(prediction.Values[i])).WithNumber("{1}", number(target.Values[i])));
        return prediction.Length == 0 ? "0" : Total(Divides ? sum.AsFactor() : sum);
    }

    /// <summary>Throws where a value is outside 0 … 1. A NaN is left to whoever looks for the step that made it.</summary>
    protected void CheckRange(Tensor<T> tensor, string what, string hint)
    {
        var values = tensor.Values;
        for (int i = 0; i < values.Length; i++)
            if (values[i] < T.Zero || values[i] > T.One)
                throw new ArgumentOutOfRangeException(null, string.Create(
                    CultureInfo.InvariantCulture, $"{Name}: {what} {values[i]:G6} at {tensor.Shape.Position(i)} is outside 0 … 1; {hint}"));
    }

    /// <summary>A sum, divided where the mean is wanted.</summary>
    private string Total(string sum) => Divides ? $"{sum} / {Count}" : sum;
}
