using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>Pictures made larger.</summary>
public static class Upsample2dOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Makes pictures larger by a whole factor, without weights.</summary>
        /// <param name="factor">How many times as many rows and columns, 1 or more: one number or (rows, columns).</param>
        /// <param name="bilinear">Whether each number is blended from the four around it; if not, it is the one under it.</param>
        /// <remarks>
        /// Shapes: x [N, C, H, W] → y [N, C, H·rows, W·columns].
        /// Bilinear sees numbers as the middles of squares (as PyTorch with align_corners = false): row i lies at (i + ½)/rows − ½ of x, where that is
        /// below 0 at 0, and takes the row above it and the row below it, each by its nearness; columns likewise.
        /// Backward: each dy goes back where y came from, with the same weights.
        /// </remarks>
        /// <exception cref="ShapeException">x has not four axes, or the result is more than a tensor can hold.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A factor is below 1.</exception>
        public Tensor<T> Upsample2d(Size2d factor, bool bilinear = false) => new Upsample2dOp<T>(x, factor, bilinear).Apply();
    }
}

internal sealed class Upsample2dOp<T>(Tensor<T> x, Size2d factor, bool bilinear) : Operation<T>(x)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private Upsampling rows = null!, columns = null!;

    private int Plane => x.Shape[2] * x.Shape[3];

    public override string Formula => bilinear ? $"{{0}} enlarged {factor}, blended" : $"{{0}} enlarged {factor}";

    public override string GradientFormula(int input) => bilinear ? "Σ weight · {dy} where it went" : $"Σ {{dy}} of each {factor}";

    /// <summary>Throws unless pictures can be made larger so.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A factor is below 1.</exception>
    public static void Check(Size2d factor)
    {
        if (factor.Rows < 1 || factor.Columns < 1)
            throw new ArgumentOutOfRangeException(null, $"Upsample2d: a factor of {factor} came, it is 1 or more.");
    }

    protected override Shape InferShape()
    {
        Check(factor);
        if (x.Shape.Rank != 4)
            throw new ShapeException(Name, $"x {x.Shape} needs four axes, [N, C, H, W]; one picture of one channel is [1, 1, height, width]", x.Shape);
        long height = (long)x.Shape[2] * factor.Rows, width = (long)x.Shape[3] * factor.Columns;
        if (height > int.MaxValue || width > int.MaxValue)
            throw new ShapeException(Name, $"x {x.Shape} enlarged {factor} is more than a tensor can hold", x.Shape);
        return [x.Shape[0], x.Shape[1], (int)height, (int)width];
    }

    protected override void Prepare() =>
        (rows, columns) = (new Upsampling(x.Shape[2], factor.Rows, bilinear), new Upsampling(x.Shape[3], factor.Columns, bilinear));

    protected override void Forward() => Upsampling.Forward(x.Values, Result, rows, columns, Work);          // y = Σ weight·x

    protected override void Backward()
    {
        if (Wants(0)) Upsampling.Backward(OutputGradient, GradientOf(0), rows, columns, Accumulate(0), Work);   // dx (+)= Σ weight·dy
    }

    public override IEnumerable<Term<T>> Terms(int input, int index)
    {
        var (plane, place) = Math.DivRem(index, Plane);
        var (row, column) = Math.DivRem(place, x.Shape[3]);
        return from down in rows.Over(row)
               from across in columns.Over(column)
               let dy = Factor.GradientOf(Output, plane * Output.Shape[2] * Output.Shape[3] + down.To * Output.Shape[3] + across.To)
               select bilinear ? new Term<T>(Weight("row weight", down.Weight), Weight("column weight", across.Weight), dy) : new Term<T>(dy);

        static Factor<T> Weight(string name, double weight) => Factor.Number(name, T.CreateTruncating(weight));
    }

    public override string WithNumbers(int index, Func<T, string> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        var (plane, place) = Math.DivRem(index, Output.Shape[2] * Output.Shape[3]);
        var (down, across) = Math.DivRem(place, Output.Shape[3]);
        if (!bilinear) return At(rows.Lower(down), columns.Lower(across));
        var (i, j, v, u) = (rows.Lower(down), columns.Lower(across), rows.UpperWeight(down), columns.UpperWeight(across));
        var (below, right) = (rows.Upper(down), columns.Upper(across));
        return $"{Share(1 - v)}·({Share(1 - u)}·{At(i, j)} + {Share(u)}·{At(i, right)}) + {Share(v)}·({Share(1 - u)}·{At(below, j)} + {Share(u)}·{At(below, right)})";

        string At(int row, int column) => number(x.Values[plane * Plane + row * x.Shape[3] + column]);
        string Share(double weight) => number(T.CreateTruncating(weight));
    }
}
