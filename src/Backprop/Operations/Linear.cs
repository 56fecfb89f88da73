using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The weighted sums of a fully connected layer.</summary>
public static class LinearOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The weighted sums of a fully connected layer, z = x·W + b, in one step.</summary>
        /// <param name="weight">W, [inputs, outputs].</param>
        /// <param name="bias">b, [outputs]; none if left out.</param>
        /// <remarks>
        /// Shapes: x [N, inputs] or […, inputs], W [inputs, outputs], b [outputs] → z […, outputs]; leading axes count rows.
        /// Backward: dx = dz·Wᵀ, dW = xᵀ·dz, db = Σ over the rows of dz.
        /// The bits are those of MatMul followed by Add.
        /// Source: Goodfellow, Bengio, Courville, Deep Learning (2016), §6.5.
        /// </remarks>
        /// <exception cref="ShapeException">x has another number of columns than W has rows, or b is not [outputs].</exception>
        public Tensor<T> Linear(Tensor<T> weight, Tensor<T>? bias = null) => new LinearOp<T>(x, weight, bias).Apply();
    }
}

internal sealed class LinearOp<T>(Tensor<T> x, Tensor<T> weight, Tensor<T>? bias)
    : Operation<T>(bias is null ? [x, weight] : [x, weight, bias]), IEpilogue where T : unmanaged, IFloatingPointIeee754<T>
{
    private int rows;

    private int In => weight.Shape[0];
    private int Out => weight.Shape[1];

    public override string Formula => bias is null ? "{0}·{1}" : "{0}·{1} + {2}";

    internal override bool TakesEpilogue => true;

    public override long MultiplyAdds => (long)rows * In * Out;

    public override string GradientFormula(int input) => input switch { 0 => "{dy}·{1}ᵀ", 1 => "{0}ᵀ·{dy}", _ => "Σ rows of {dy}" };

    protected override Shape InferShape()
    {
        if (weight.Shape.Rank != 2)
            throw new ShapeException("Linear", $"W {weight.Shape} needs two axes, [inputs, outputs]", x.Shape, weight.Shape);
        if (x.Shape.Rank < 2)
            throw new ShapeException(
                "Linear", $"x {x.Shape} needs a batch axis in front; a single sample is [1, {In}]", x.Shape, weight.Shape);
        if (x.Shape[^1] != In)
            throw new ShapeException("Linear", $"x {x.Shape} · W {weight.Shape} needs {In} columns in x{Hint()}", x.Shape, weight.Shape);
        if (bias is not null && bias.Shape != [Out])
            throw new ShapeException("Linear", $"b {bias.Shape} needs one number per column of W {weight.Shape}: [{Out}]", weight.Shape, bias.Shape);
        rows = x.Shape.Product(0, x.Shape.Rank - 1);
        return x.Shape.With(x.Shape.Rank - 1, Out);
    }

    protected override void Forward() =>
        Gemm.NN(x.Values, weight.Values, Result, rows, Out, In, accumulate: false, threads: Work, epilogue: this);                 // z = x·W

    public void Finish(int start, int length, Work threads)
    {
        if (bias is not null) Blocks.AddRow(bias.Values, start, Result.Slice(start, length), threads);                             // z += b
        Epilogue?.Finish(start, length, threads);
    }

    protected override void Backward()
    {
        if (Wants(0)) Gemm.NT(OutputGradient, weight.Values, GradientOf(0), rows, In, Out, Accumulate(0), threads: Work);          // dx (+)= dz·Wᵀ
        if (Wants(1)) Gemm.TN(x.Values, OutputGradient, GradientOf(1), In, Out, rows, Accumulate(1), threads: Work);               // dW (+)= xᵀ·dz
        if (bias is not null && Wants(2)) Reduce.SumAxis(OutputGradient, GradientOf(2), 1, rows, Out, Accumulate(2), Work);        // db (+)= Σ rows of dz
    }

    public override IEnumerable<Term<T>> Terms(int input, int index)
    {
        if (input == 2) return Enumerable.Range(0, rows).Select(n => new Term<T>(Factor.GradientOf(Output, n * Out + index)));
        var (row, column) = Math.DivRem(index, input == 0 ? In : Out);
        return input == 0
            ? Enumerable.Range(0, Out).Select(j => new Term<T>(Factor.GradientOf(Output, row * Out + j), Factor.Of(weight, column * Out + j)))
            : Enumerable.Range(0, rows).Select(n => new Term<T>(Factor.Of(x, n * In + row), Factor.GradientOf(Output, n * Out + column)));
    }

    public override string WithNumbers(int index, Func<T, string> number)
    {
        var (row, column) = Math.DivRem(index, Out);
        string products = Sum(In, i => $"{number(x.Values[row * In + i])}·{number(weight.Values[i * Out + column])}");
        return bias is null ? products : $"{products} + {number(bias.Values[column])}";
    }

    public override Tensor<T>? Unfold(IReadOnlyList<Tensor<T>> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (bias is null && x.Shape.Rank == 2) return null;
        var flat = x.Shape.Rank == 2 ? inputs[0] : inputs[0].Reshape([rows, In]);
        var product = flat.MatMul(inputs[1]);
        if (x.Shape.Rank > 2) product = product.Reshape(Output.Shape);
        return bias is null ? product : product.Add(inputs[2]);
    }

    private string Hint() =>
        x.Shape.Product(1, x.Shape.Rank) == In ? $"; Flatten gives {In}"
        : x.Shape[^1] == Out ? "; W is [inputs, outputs], is it transposed?"
        : "";
}
