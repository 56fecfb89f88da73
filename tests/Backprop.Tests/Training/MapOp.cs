using Backprop.Tensors;

namespace Backprop.Tests.Training;

/// <summary>y = f(x) for each number, with a slope that a test may get wrong on purpose.</summary>
internal sealed class MapOp(Tensor<double> x, string name, Func<double, double> value, Func<double, double> slope) : Operation<double>(x)
{
    public override string Name => name;

    public override string Formula => $"{name}({{0}})";

    /// <summary>Told on Commit, and whether the tape trains.</summary>
    public Action<bool>? Committed { get; init; }

    public override string GradientFormula(int input) => "{dy}·slope";

    protected override Shape InferShape() => x.Shape;

    protected override void Forward()
    {
        for (int i = 0; i < x.Length; i++) Result[i] = value(x.Values[i]);
    }

    protected override void Backward()
    {
        if (!Wants(0)) return;
        for (int i = 0; i < x.Length; i++) GradientOf(0)[i] = OutputGradient[i] * slope(x.Values[i]);
    }

    protected internal override void Commit() => Committed?.Invoke(Training);

    public override IEnumerable<Term<double>> Terms(int input, int index) => [];

    public override string WithNumbers(int index, Func<double, string> number) => "";
}
