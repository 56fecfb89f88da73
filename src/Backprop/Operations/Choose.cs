using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>Rows of one tensor or of another, by whole numbers that stand beside them: what unrolled networks do with padding.</summary>
internal static class ChooseOperation
{
    extension<T>(Tensor<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Row n of a where <paramref name="takes"/> says so of the n-th number, else row n of <paramref name="other"/>.</summary>
        /// <param name="other">The other rows, of the same shape; zeros if null.</param>
        /// <param name="numbers">One whole number for each row.</param>
        /// <param name="takes">Whether row n is one of a.</param>
        /// <param name="condition">What <paramref name="takes"/> asks, for the formula.</param>
        public Tensor<T> Choose(Tensor<T>? other, Indices numbers, Func<int, bool> takes, string condition) =>
            new ChooseOp<T>(a, other, numbers, takes, condition).Apply();
    }
}

internal sealed class ChooseOp<T>(Tensor<T> a, Tensor<T>? other, Indices numbers, Func<int, bool> takes, string condition)
    : Operation<T>(other is null ? [a] : [a, other]) where T : unmanaged, IFloatingPointIeee754<T>
{
    private int Inner => a.Shape.Product(1, a.Shape.Rank);

    public override Indices? Indices => numbers;

    public override string Formula => $"{{0}} where the sequence {condition}, else {(other is null ? "0" : "{1}")}";

    public override string GradientFormula(int input) => $"{{dy}} where the sequence {condition}{(input == 0 ? "" : " not")}, else 0";

    protected override Shape InferShape() =>
        a.Shape.Rank > 0 && numbers.Shape == [a.Shape[0]] && (other is null || other.Shape == a.Shape) ? a.Shape
        : throw new ShapeException("Choose", $"{a.Shape}, {other?.Shape ?? a.Shape} and the numbers {numbers.Shape} do not belong together", a.Shape);

    protected override void Forward()
    {
        for (int n = 0; n < numbers.Values.Length; n++)
        {
            var to = Result.Slice(n * Inner, Inner);
            if (takes(numbers.Values[n])) a.Values.Slice(n * Inner, Inner).CopyTo(to);
            else if (other is null) to.Clear();
            else other.Values.Slice(n * Inner, Inner).CopyTo(to);
        }
    }

    protected override bool ReachesAll(int input) => false;

    protected override void Backward()
    {
        for (int input = 0; input < Inputs.Count; input++)
            for (int n = 0; n < numbers.Values.Length; n++)
                if (Wants(input) && takes(numbers.Values[n]) == (input == 0))
                    Elementwise.Copy(OutputGradient.Slice(n * Inner, Inner), GradientOf(input).Slice(n * Inner, Inner), accumulate: true);
    }

    public override IEnumerable<Term<T>> Terms(int input, int index) =>
        takes(numbers.Values[index / Inner]) == (input == 0) ? [new Term<T>(Factor.GradientOf(Output, index))] : [];

    public override string WithNumbers(int index, Func<T, string> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return takes(numbers.Values[index / Inner]) ? number(a.Values[index]) : other is null ? "0" : number(other.Values[index]);
    }
}
