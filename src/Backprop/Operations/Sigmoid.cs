using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The logistic function.</summary>
public static class SigmoidOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The logistic function, y = σ(x) = 1/(1 + e⁻ˣ), between 0 and 1.</summary>
        /// <remarks>
        /// Shapes: any → the same.
        /// Backward: dx = dy·y(1 − y).
        /// Neither overflows nor gives NaN for any finite or infinite x.
        /// Source: Rumelhart, Hinton, Williams, Learning representations by back-propagating errors (1986).
        /// </remarks>
        public Tensor<T> Sigmoid() => new SigmoidOp<T>(x).Apply();
    }
}

internal sealed class SigmoidOp<T>(Tensor<T> x) : UnaryOp<T, SigmoidFunction>(x, default) where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => "σ({0})";

    protected override string Slope => "{y}(1 − {y})";
}

internal readonly struct SigmoidFunction : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => VectorMath.Sigmoid(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => y * (V.All(1) - y);
}
