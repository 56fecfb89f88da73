using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The square.</summary>
public static class SquareOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The square, y = x².</summary>
        /// <remarks>
        /// Shapes: any → the same.
        /// Backward: dx = dy·2x.
        /// </remarks>
        public Tensor<T> Square() => new SquareOp<T>(x).Apply();
    }
}

internal sealed class SquareOp<T>(Tensor<T> x) : UnaryOp<T, SquareFunction>(x, default) where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => "{0}²";

    protected override string Slope => "2{0}";
}

internal readonly struct SquareFunction : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => x * x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => x + x;
}
