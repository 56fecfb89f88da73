using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The opposite number.</summary>
public static class NegateOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The opposite number, y = −x.</summary>
        /// <remarks>
        /// Shapes: any → the same.
        /// Backward: dx = −dy.
        /// </remarks>
        public Tensor<T> Negate() => new NegateOp<T>(x).Apply();
    }

    extension<T>(Tensor<T>) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Negate{T}(Tensor{T})"/>
        public static Tensor<T> operator -(Tensor<T> x) => x.Negate();
    }
}

internal sealed class NegateOp<T>(Tensor<T> x) : UnaryOp<T, NegateFunction>(x, default) where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => "−{0}";

    protected override string Slope => "−1";

    public override string GradientFormula(int input) => "−{dy}";
}

internal readonly struct NegateFunction : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => -x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.All(-1);
}
