using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>y = f(x), element by element. A derived class says its formula in words, its function says it in numbers.</summary>
internal abstract class UnaryOp<T, TFunction>(Tensor<T> x, TFunction function) : Operation<T>(x), IEpilogue
    where T : unmanaged, IFloatingPointIeee754<T>
    where TFunction : struct, IUnary
{
    private bool readsX, readsY;

    /// <summary>f′ in words, of {0} and {y}: <c>1 − {y}²</c>. What is not named is not read.</summary>
    protected abstract string Slope { get; }

    /// <summary>What is said where f′ is 0; {0} stands for the number that it reads.</summary>
    protected virtual string Flat => "flat here, {0}";

    public override string GradientFormula(int input) => $"{{dy}} · {Slope.AsFactor()}";

    protected override Shape InferShape() => x.Shape;

    protected override void Prepare() => (readsX, readsY) = (Slope.Contains("{0}"), Slope.Contains("{y}"));

    internal override IEpilogue AsEpilogue => this;

    protected override void Forward() => Finish(0, x.Length, Work);

    public void Finish(int start, int length, Work threads) =>
        Elementwise.Map(function, x.Values.Slice(start, length), Result.Slice(start, length), threads);                // y = f(x)

    protected override void Backward()
    {
        if (!Wants(0)) return;
        // The kernel touches all that it is given, and memory takes longer than arithmetic: dy stands in the place of what is not read.
        var dy = OutputGradient;
        Elementwise.Backward(
            function, readsX ? x.Values : dy, readsY ? Output.Values : dy, dy, GradientOf(0), Accumulate(0), Work);   // dx (+)= dy·f′(x)
    }

    public override IEnumerable<Term<T>> Terms(int input, int index)
    {
        var slope = function.Derivative(new Lanes1<T>(x.Values[index]), new Lanes1<T>(Output.Values[index]));
        yield return new Term<T>(
            Factor.GradientOf(Output, index),
            Slope == "{y}" ? Factor.Of(Output, index) : Factor.Number(Slope.WithLetters("x"), slope.Value) with { Formula = Slope })
        {
            Zero = slope.Value == T.Zero ? new(Flat, Factor.Of(x, index)) : null,
        };
    }

    // A slope that explains a letter of its own (", t = …") is no expression of numbers.
    internal override string? GradientWithNumbers(int input, int index, Func<T, string> number) => Slope.Contains(" = ", StringComparison.Ordinal) ? null
        : GradientFormula(input).WithNumber("{0}", number(x.Values[index])).WithNumber("{y}", number(Output.Values[index]));

    public override string WithNumbers(int index, Func<T, string> number) => Formula.WithNumber("{0}", number(x.Values[index]));
}
