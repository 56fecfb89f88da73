using System.Globalization;
using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>Rows of a table by numbers that stand in a tensor.</summary>
public static class EmbedOperation
{
    extension<T>(Tensor<T> table) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Rows of a table by whole numbers that stand in a tensor, as data sets hold tokens. <see cref="GatherOperation"/> takes Indices.</summary>
        /// <param name="numbers">Which rows: whole numbers from 0, exact in float up to 16,777,216.</param>
        /// <remarks>
        /// Shapes: table [V, D], numbers [N, T] → y [N, T, D].
        /// Backward: each row's gradient is the sum of dy wherever the row was taken, 0 where it never was; the numbers have none but 0.
        /// Source: Bengio, Ducharme, Vincent, Jauvin, A Neural Probabilistic Language Model (2003), §2.
        /// </remarks>
        /// <exception cref="ShapeException">The table is no matrix.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A number is not whole or outside 0 … V − 1; the message has its position.</exception>
        public Tensor<T> Embed(Tensor<T> numbers) => new EmbedOp<T>(table, numbers).Apply();
    }
}

internal sealed class EmbedOp<T>(Tensor<T> table, Tensor<T> numbers) : Operation<T>(table, numbers), ITakesRows where T : unmanaged, IFloatingPointIeee754<T>
{
    // Wide enough for the steps of a gradient check, which finds that nothing depends on the numbers.
    private const double Whole = 1e-3;

    private int D => table.Shape[1];

    public override string Formula => "rows {1} of {0}";

    public override string GradientFormula(int input) => input == 0 ? "rows of {dy} added up by {1}" : "0·{dy}";

    protected override bool ReachesAll(int input) => false;

    protected override Shape InferShape() => table.Shape.Rank == 2 ? [.. numbers.Shape.AsSpan(), D]
        : throw new ShapeException(Name, $"the table {table.Shape} came, [V, D] is needed: a row for each of V tokens", table.Shape);

    protected internal override void Validate()
    {
        var values = numbers.Values;
        for (int i = 0; i < values.Length; i++)
        {
            double number = double.CreateTruncating(values[i]), nearest = Math.Round(number);
            if (!(Math.Abs(number - nearest) <= Whole && nearest >= 0 && nearest < table.Shape[0]))
                throw new ArgumentOutOfRangeException(null, string.Create(
                    CultureInfo.InvariantCulture, $"{Name}: {number:G6} at {numbers.Shape.Position(i)} is no whole number from 0 to {table.Shape[0] - 1}"));
        }
    }

    protected override void Forward()
    {
        ReadOnlySpan<T> rows = table.Values;
        var y = Result;
        for (int i = 0; i < numbers.Length; i++) rows.Slice(RowOf(i) * D, D).CopyTo(y.Slice(i * D, D));
    }

    protected override void Backward()
    {
        if (!Wants(0)) return;
        var dy = OutputGradient;
        var gradient = GradientOf(0);
        for (int i = 0; i < numbers.Length; i++)                                              // dtable[number i] += dy[i]
            Elementwise.Copy(dy.Slice(i * D, D), gradient.Slice(RowOf(i) * D, D), accumulate: true);
    }

    public override IEnumerable<Term<T>> Terms(int input, int index)
    {
        if (input > 0) yield break;
        var (row, column) = Math.DivRem(index, D);
        for (int i = 0; i < numbers.Length; i++)
            if (RowOf(i) == row) yield return new Term<T>(Factor.GradientOf(Output, i * D + column));
    }

    public override string WithNumbers(int index, Func<T, string> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return number(table.Values[Taken(index)]);
    }

    public int Taken(int index) => RowOf(index / D) * D + index % D;

    private int RowOf(int i) => int.CreateTruncating(T.Round(numbers.Values[i]));
}
