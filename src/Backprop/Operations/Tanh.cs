using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The hyperbolic tangent.</summary>
public static class TanhOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The hyperbolic tangent, y = tanh x, between −1 and 1.</summary>
        /// <remarks>
        /// Shapes: any → the same.
        /// Backward: dx = dy·(1 − y²).
        /// Source: LeCun, Bottou, Orr, Müller, Efficient BackProp (1998), §4.4.
        /// </remarks>
        public Tensor<T> Tanh() => new TanhOp<T>(x).Apply();
    }
}

internal sealed class TanhOp<T>(Tensor<T> x) : UnaryOp<T, TanhFunction>(x, default) where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => "tanh({0})";

    protected override string Slope => "1 − {y}²";
}

internal readonly struct TanhFunction : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => VectorMath.Tanh(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.All(1) - y * y;
}
