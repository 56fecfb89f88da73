#:project ../src/Backprop/Backprop.csproj
// An operation of your own: its formula forward, its formula backward, and the doctor, who says whether they belong together.
using Backprop.Checking;
using Backprop.Tensors;

var x = new Parameter<double>([3], [0.5, -1.2, 2], "x");
Console.WriteLine($"x·|x|, right\n{Doctor.Examine(() => new SignedSquare(x, factor: 2).Apply(), [x])}\n");
Console.WriteLine($"x·|x|, its 2 forgotten\n{Doctor.Examine(() => new SignedSquare(x, factor: 1).Apply(), [x])}");

/// <summary>y = x·|x|, with dy/dx = 2·|x|; another factor than 2 is the fault to be found.</summary>
internal sealed class SignedSquare(Tensor<double> x, double factor) : Operation<double>(x)
{
    public override string Formula => "{0}·|{0}|";

    public override string GradientFormula(int input) => "{dy} · 2·|{0}|";

    protected override Shape InferShape() => x.Shape;

    protected override void Forward()
    {
        for (int i = 0; i < x.Length; i++) Result[i] = x.Values[i] * Math.Abs(x.Values[i]);
    }

    protected override void Backward()
    {
        var dx = GradientOf(0);
        for (int i = 0; i < x.Length; i++)
        {
            double contribution = OutputGradient[i] * factor * Math.Abs(x.Values[i]);
            dx[i] = Accumulate(0) ? dx[i] + contribution : contribution;   // the first contribution writes, later ones add
        }
    }

    public override IEnumerable<Term<double>> Terms(int input, int index) =>
        [new(Factor.GradientOf(Output, index), Factor.Number("2·|x|", factor * Math.Abs(x.Values[index])))];

    public override string WithNumbers(int index, Func<double, string> number) => $"{number(x.Values[index])}·|{number(x.Values[index])}|";
}
