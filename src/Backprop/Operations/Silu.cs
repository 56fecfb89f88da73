using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The sigmoid linear unit.</summary>
public static class SiluOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The sigmoid linear unit, also called swish, y = x·σ(x).</summary>
        /// <remarks>
        /// Shapes: any → the same.
        /// Backward: dx = dy·(σ(x) + y·(1 − σ(x))).
        /// Source: Elfwing, Uchibe, Doya, Sigmoid-Weighted Linear Units for Neural Network Function Approximation (2018).
        /// </remarks>
        public Tensor<T> Silu() => new SiluOp<T>(x).Apply();
    }
}

internal sealed class SiluOp<T>(Tensor<T> x) : UnaryOp<T, SiluFunction>(x, default) where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => "{0} · σ({0})";

    protected override string Slope => "σ({0}) + {y}(1 − σ({0}))";
}

internal readonly struct SiluFunction : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => x * VectorMath.Sigmoid(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V>
    {
        V share = VectorMath.Sigmoid(x);
        return V.Fma(y, V.All(1) - share, share);
    }
}
