using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The square root.</summary>
public static class SqrtOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The square root, y = √x. A negative x gives NaN.</summary>
        /// <remarks>
        /// Shapes: any → the same.
        /// Backward: dx = dy/(2y), which is infinite at 0: add a small number first where x can be 0.
        /// </remarks>
        public Tensor<T> Sqrt() => new SqrtOp<T>(x).Apply();
    }
}

internal sealed class SqrtOp<T>(Tensor<T> x) : UnaryOp<T, SqrtFunction>(x, default) where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => "√({0})";

    protected override string Slope => "1/(2{y})";
}

internal readonly struct SqrtFunction : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => V.Sqrt(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.All(0.5) / y;
}
