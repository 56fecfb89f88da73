using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The sigmoid out of three straight lines.</summary>
public static class HardSigmoidOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The sigmoid out of three straight lines, y = (x + 3)/6, not below 0 and not above 1. A NaN passes on.</summary>
        /// <remarks>
        /// Shapes: any → the same.
        /// Backward: dx = dy/6 where −3 &lt; x &lt; 3, else 0, also at the kinks.
        /// Source: Courbariaux, Bengio, David, BinaryConnect (2015); slope and bounds are PyTorch's.
        /// </remarks>
        public Tensor<T> HardSigmoid() => new HardSigmoidOp<T>(x).Apply();
    }
}

internal sealed class HardSigmoidOp<T>(Tensor<T> x) : UnaryOp<T, HardSigmoidFunction>(x, default) where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => "min(max({0} + 3, 0), 6)/6";

    protected override string Slope => "1/6 if −3 < {0} < 3, else 0";

    protected override string Flat => "saturated, {0}";
}

internal readonly struct HardSigmoidFunction : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => V.Min(V.Max(x + V.All(3), V.All(0)), V.All(6)) / V.All(6);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.Select(V.Abs(x) < V.All(3), V.All(1.0 / 6), V.All(0));
}
