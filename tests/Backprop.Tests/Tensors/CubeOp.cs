using Backprop.Tensors;

namespace Backprop.Tests.Tensors;

/// <summary>An operation as a user writes one, on the public API: y = x³.</summary>
public sealed class CubeOp(Tensor<double> x) : Operation<double>(x)
{
    /// <summary>How often Commit was called.</summary>
    public int Commits { get; private set; }

    public override string Formula => "{0}³";

    public override string GradientFormula(int input) => "{dy} · 3·{0}²";

    protected override Shape InferShape() => x.Shape;

    protected override void Forward()
    {
        for (int i = 0; i < x.Length; i++) Result[i] = x.Values[i] * x.Values[i] * x.Values[i];
    }

    protected override void Backward()
    {
        var dx = GradientOf(0);
        for (int i = 0; i < x.Length; i++)
        {
            double contribution = OutputGradient[i] * 3 * x.Values[i] * x.Values[i];
            dx[i] = Accumulate(0) ? dx[i] + contribution : contribution;
        }
    }

    protected internal override void Commit() => Commits++;

    public override IEnumerable<Term<double>> Terms(int input, int index) =>
        [new(Factor.GradientOf(Output, index), Factor.Number("3·x²", 3 * x.Values[index] * x.Values[index]))];

    public override string WithNumbers(int index, Func<double, string> number) => $"{number(x.Values[index])}³";
}
