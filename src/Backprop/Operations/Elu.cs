using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The exponential linear unit.</summary>
public static class EluOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The exponential linear unit, y = x above 0 and α·(eˣ − 1) below. A NaN passes on.</summary>
        /// <param name="alpha">α: −α is what y approaches far below 0; 1 is the usual one, with which the slope has no jump at 0.</param>
        /// <remarks>
        /// Shapes: any → the same.
        /// Backward: dx = dy where x > 0, else dy·(y + α).
        /// Source: Clevert, Unterthiner, Hochreiter, Fast and Accurate Deep Network Learning by Exponential Linear Units (2016).
        /// </remarks>
        public Tensor<T> Elu(double alpha = 1) => new EluOp<T>(x, alpha).Apply();
    }
}

internal sealed class EluOp<T>(Tensor<T> x, double alpha) : UnaryOp<T, EluFunction>(x, new EluFunction(alpha))
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => $"{{0}} if {{0}} > 0, else {FormulaText.Of(alpha)}·(exp({{0}}) − 1)";

    protected override string Slope => $"1 if {{0}} > 0, else {{y}} + {FormulaText.Of(alpha)}";
}

internal readonly struct EluFunction(double alpha) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => V.Select(x > V.All(0), x, V.All(alpha) * VectorMath.ExpMinusOne(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.Select(x <= V.All(0), y + V.All(alpha), V.All(1));
}
