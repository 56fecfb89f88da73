using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The exponential function.</summary>
public static class ExpOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The exponential function, y = eˣ.</summary>
        /// <remarks>
        /// Shapes: any → the same.
        /// Backward: dx = dy·y.
        /// </remarks>
        public Tensor<T> Exp() => new ExpOp<T>(x).Apply();
    }
}

internal sealed class ExpOp<T>(Tensor<T> x) : UnaryOp<T, ExpFunction>(x, default) where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => "exp({0})";

    protected override string Slope => "{y}";
}

internal readonly struct ExpFunction : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => VectorMath.Exp(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => y;
}
