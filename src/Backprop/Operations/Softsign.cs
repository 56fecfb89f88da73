using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The soft sign.</summary>
public static class SoftsignOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The soft sign, y = x/(1 + |x|), between −1 and 1.</summary>
        /// <remarks>
        /// Shapes: any → the same.
        /// Backward: dx = dy/(1 + |x|)².
        /// Source: Bergstra et al., Quadratic Polynomials Learn Better Image Features (2009).
        /// </remarks>
        public Tensor<T> Softsign() => new SoftsignOp<T>(x).Apply();
    }
}

internal sealed class SoftsignOp<T>(Tensor<T> x) : UnaryOp<T, SoftsignFunction>(x, default) where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => "{0}/(1 + |{0}|)";

    protected override string Slope => "1/(1 + |{0}|)²";
}

internal readonly struct SoftsignFunction : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => x / (V.All(1) + V.Abs(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V>
    {
        V inverse = V.All(1) / (V.All(1) + V.Abs(x));
        return inverse * inverse;
    }
}
