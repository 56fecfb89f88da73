using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The natural logarithm.</summary>
public static class LogOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The natural logarithm, y = log x. log 0 is −∞, a negative x gives NaN.</summary>
        /// <remarks>
        /// Shapes: any → the same.
        /// Backward: dx = dy/x.
        /// </remarks>
        public Tensor<T> Log() => new LogOp<T>(x).Apply();
    }
}

internal sealed class LogOp<T>(Tensor<T> x) : UnaryOp<T, LogFunction>(x, default) where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => "log({0})";

    protected override string Slope => "1/{0}";
}

internal readonly struct LogFunction : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => VectorMath.Log(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.All(1) / x;
}
