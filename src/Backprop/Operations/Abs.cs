using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The absolute value.</summary>
public static class AbsOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The absolute value, y = |x|.</summary>
        /// <remarks>
        /// Shapes: any → the same.
        /// Backward: dx = dy·sign x, 0 at the kink x = 0.
        /// </remarks>
        public Tensor<T> Abs() => new AbsOp<T>(x).Apply();
    }
}

internal sealed class AbsOp<T>(Tensor<T> x) : UnaryOp<T, AbsFunction>(x, default) where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => "|{0}|";

    protected override string Slope => "sign({0})";
}

internal readonly struct AbsFunction : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => V.Abs(x);

    // What is neither above nor below 0 is its own sign: 0, or NaN, which passes on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.Select(x > V.All(0), V.All(1), V.Select(x < V.All(0), V.All(-1), x));
}
