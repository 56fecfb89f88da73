using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The soft rectifier.</summary>
public static class SoftplusOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The soft rectifier, y = log(1 + eˣ), above 0 and nearly max(0, x) away from it.</summary>
        /// <remarks>
        /// Shapes: any → the same.
        /// Forward: max(0, x) + log(1 + e^−|x|), in which nothing overflows and nothing is cut off.
        /// Backward: dx = dy·σ(x).
        /// Source: Dugas et al., Incorporating Second-Order Functional Knowledge for Better Option Pricing (2001).
        /// </remarks>
        public Tensor<T> Softplus() => new SoftplusOp<T>(x).Apply();
    }
}

internal sealed class SoftplusOp<T>(Tensor<T> x) : UnaryOp<T, SoftplusFunction>(x, default) where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => "log(1 + exp({0}))";

    protected override string Slope => "σ({0})";
}

internal readonly struct SoftplusFunction : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => V.Max(x, V.All(0)) + VectorMath.LogOnePlus(VectorMath.Exp(-V.Abs(x)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => VectorMath.Sigmoid(x);
}
