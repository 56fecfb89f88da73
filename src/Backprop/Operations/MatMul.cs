using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The matrix product.</summary>
public static class MatMulOperation
{
    extension<T>(Tensor<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The matrix product C = A·B.</summary>
        /// <remarks>
        /// Shapes: A [m, k], B [k, n] → C [m, n].
        /// Backward: dA = dC·Bᵀ, dB = Aᵀ·dC.
        /// Source: Goodfellow, Bengio, Courville, Deep Learning (2016), §6.5.
        /// </remarks>
        /// <exception cref="ShapeException">The columns of A are not the rows of B.</exception>
        public Tensor<T> MatMul(Tensor<T> b) => new MatMulOp<T>(a, b).Apply();
    }
}

internal sealed class MatMulOp<T>(Tensor<T> a, Tensor<T> b) : Operation<T>(a, b) where T : unmanaged, IFloatingPointIeee754<T>
{
    private int M => a.Shape[0];
    private int K => a.Shape[1];
    private int N => b.Shape[1];

    public override string Formula => "{0}·{1}";

    public override long MultiplyAdds => (long)M * K * N;

    public override string GradientFormula(int input) => input == 0 ? "{dy}·{1}ᵀ" : "{0}ᵀ·{dy}";

    protected override Shape InferShape()
    {
        if (a.Shape.Rank != 2 || b.Shape.Rank != 2 || K != b.Shape[0])
            throw new ShapeException(
                "MatMul", $"A {a.Shape} · B {b.Shape} needs two matrices, A with as many columns as B has rows", a.Shape, b.Shape);
        return [M, N];
    }

    protected override void Forward() => Gemm.NN(a.Values, b.Values, Result, M, N, K, accumulate: false, threads: Work);

    protected override void Backward()
    {
        if (Wants(0)) Gemm.NT(OutputGradient, b.Values, GradientOf(0), M, K, N, Accumulate(0), threads: Work);   // dA (+)= dC·Bᵀ
        if (Wants(1)) Gemm.TN(a.Values, OutputGradient, GradientOf(1), K, N, M, Accumulate(1), threads: Work);   // dB (+)= Aᵀ·dC
    }

    public override IEnumerable<Term<T>> Terms(int input, int index)
    {
        int row = index / inputColumns(input), column = index % inputColumns(input);
        return input == 0
            ? Enumerable.Range(0, N).Select(j => new Term<T>(Factor.GradientOf(Output, row * N + j), Factor.Of(b, column * N + j)))
            : Enumerable.Range(0, M).Select(i => new Term<T>(Factor.Of(a, i * K + row), Factor.GradientOf(Output, i * N + column)));

        int inputColumns(int which) => which == 0 ? K : N;
    }

    public override string WithNumbers(int index, Func<T, string> number)
    {
        int row = index / N, column = index % N;
        return Sum(K, k => $"{number(a.Values[row * K + k])}·{number(b.Values[k * N + column])}");
    }
}
