using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>y = f(a, b), element by element. The operand whose axes are only the last ones of the other, or which is a single number, is
/// repeated over the leading axes, and its gradient is the sum over the repeats.</summary>
internal abstract class BinaryOp<T, TFunction>(Tensor<T> a, Tensor<T> b, TFunction function) : Operation<T>(a, b)
    where T : unmanaged, IFloatingPointIeee754<T>
    where TFunction : struct, IBinary
{
    private readonly Reads[] reads = new Reads[2];

    private record struct Reads(bool A, bool B, bool Y);

    /// <summary>∂f/∂a (0) or ∂f/∂b (1) in words, of {0}, {1} and {y}; empty where it is 1. What is not named is not read.</summary>
    protected abstract string Slope(int input);

    /// <summary>Whether each entry of the output is that of one operand, so that the other one gets nothing.</summary>
    protected virtual bool Chooses => false;

    public override string GradientFormula(int input)
    {
        string slope = Slope(input);
        string product = slope.Length == 0 ? "{dy}" : slope == "−1" ? "−{dy}" : $"{{dy}} · {slope.AsFactor()}";
        return Inputs[input].Shape == Output.Shape ? product : $"Σ {product.AsFactor()}";
    }

    protected override Shape InferShape()
    {
        if (a.Shape.EndsWith(b.Shape)) return a.Shape;
        if (b.Shape.EndsWith(a.Shape)) return b.Shape;
        throw new ShapeException(
            Name,
            $"a {a.Shape} and b {b.Shape} need equal shapes, or one that has only the last axes of the other or is a number []{Hint()}",
            a.Shape, b.Shape);
    }

    protected override void Prepare()
    {
        for (int i = 0; i < 2; i++) reads[i] = new Reads(Slope(i).Contains("{0}"), Slope(i).Contains("{1}"), Slope(i).Contains("{y}"));
    }

    protected override void Forward() => Elementwise.Map(function, a.Values, b.Values, Result, Work);

    protected override void Backward()
    {
        var dy = OutputGradient;
        if (Wants(0))
            Elementwise.BackwardA(                                                                                   // da (+)= dy·∂f/∂a
                function, Read(a, reads[0].A), Read(b, reads[0].B), Read(Output, reads[0].Y), dy, GradientOf(0), Accumulate(0), Work);
        if (Wants(1))
            Elementwise.BackwardB(                                                                                   // db (+)= dy·∂f/∂b
                function, Read(a, reads[1].A), Read(b, reads[1].B), Read(Output, reads[1].Y), dy, GradientOf(1), Accumulate(1), Work);
    }

    // As in UnaryOp: dy, which is read in any case, stands in the place of what is not.
    private ReadOnlySpan<T> Read(Tensor<T> tensor, bool isRead) => isRead || tensor.Length != Output.Length ? tensor.Values : OutputGradient;

    public override IEnumerable<Term<T>> Terms(int input, int index)
    {
        for (int i = index; i < Output.Length; i += Inputs[input].Length)
        {
            var gradient = Factor.GradientOf(Output, i);
            yield return Slope(input) switch
            {
                "" => new Term<T>(gradient),
                "{0}" => new Term<T>(gradient, Factor.Of(a, i % a.Length)),
                "{1}" => new Term<T>(gradient, Factor.Of(b, i % b.Length)),
                var slope => new Term<T>(gradient, Factor.Number(slope.WithLetters("a", "b"), SlopeAt(input, i)) with { Formula = slope })
                {
                    Zero = Chooses && SlopeAt(input, i) == T.Zero ? new("not the winner: {0} won", input == 0 ? Factor.Of(b, i % b.Length) : Factor.Of(a, i % a.Length)) : null,
                },
            };
        }
    }

    internal override string? GradientWithNumbers(int input, int index, Func<T, string> number) => Inputs[input].Shape != Output.Shape ? null
        : GradientFormula(input).WithNumber("{0}", number(a.Values[index % a.Length])).WithNumber("{1}", number(b.Values[index % b.Length]))
            .WithNumber("{y}", number(Output.Values[index]));

    public override string WithNumbers(int index, Func<T, string> number) =>
        Formula.WithNumber("{0}", number(a.Values[index % a.Length])).WithNumber("{1}", number(b.Values[index % b.Length]));

    private T SlopeAt(int input, int index)
    {
        Lanes1<T> left = new(a.Values[index % a.Length]), right = new(b.Values[index % b.Length]), y = new(Output.Values[index]);
        return (input == 0 ? function.DerivativeA(left, right, y) : function.DerivativeB(left, right, y)).Value;
    }

    private string Hint()
    {
        if (a.Shape.Elements == b.Shape.Elements) return "; Reshape one of them";
        // Aligned at their last axes, they differ in axes of size 1 alone: what other libraries stretch in silence.
        bool stretches = a.Shape.Reverse().Zip(b.Shape.Reverse()).All(pair => pair.First == pair.Second || pair is (1, _) or (_, 1));
        return stretches ? "; an axis of size 1 is stretched by Repeat only" : "";
    }
}
