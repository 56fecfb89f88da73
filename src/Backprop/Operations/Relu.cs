using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The rectifier.</summary>
public static class ReluOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The rectifier, y = max(0, x). A NaN passes on.</summary>
        /// <remarks>
        /// Shapes: any → the same.
        /// Backward: dx = dy where x > 0, else 0; at the kink x = 0 it is 0.
        /// Source: Glorot, Bordes, Bengio, Deep Sparse Rectifier Neural Networks (2011).
        /// </remarks>
        public Tensor<T> Relu() => new ReluOp<T>(x).Apply();
    }
}

internal sealed class ReluOp<T>(Tensor<T> x) : UnaryOp<T, ReluFunction>(x, default) where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => "max(0, {0})";

    protected override string Slope => "1 if {0} > 0, else 0";

    protected override string Flat => "ReLU closed, {0}";
}

internal readonly struct ReluFunction : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => V.Max(x, V.All(0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.Select(x <= V.All(0), V.All(0), V.All(1));
}
