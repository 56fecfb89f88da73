using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The Gaussian error linear unit.</summary>
public static class GeluOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The Gaussian error linear unit, y = x·Φ(x): x times the share of standard normal numbers that are below x.</summary>
        /// <remarks>
        /// Shapes: any → the same.
        /// Forward: Φ(x) = ½·(1 + erf(x/√2)).
        /// Backward: dx = dy·(Φ(x) + x·φ(x)) with the normal density φ(x) = e^(−x²/2)/√(2π).
        /// Source: Hendrycks, Gimpel, Gaussian Error Linear Units (2016), §2.
        /// </remarks>
        public Tensor<T> Gelu() => new GeluOp<T>(x).Apply();
    }
}

internal sealed class GeluOp<T>(Tensor<T> x) : UnaryOp<T, GeluFunction>(x, default) where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => "{0} · Φ({0})";

    protected override string Slope => "Φ({0}) + {0}·φ({0})";
}

internal readonly struct GeluFunction : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => x * Share(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.Fma(x, Density(x), Share(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Share<V>(V x) where V : struct, ILanes<V> => V.Fma(V.All(0.5), VectorMath.Erf(x * V.All(0.70710678118654752)), V.All(0.5));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Density<V>(V x) where V : struct, ILanes<V> => V.All(0.39894228040143268) * VectorMath.Exp(V.All(-0.5) * x * x);
}
