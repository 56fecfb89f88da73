using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>A multiple by a constant.</summary>
public static class ScaleOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>A multiple by a constant, y = c·x. Written 2 * x in programs.</summary>
        /// <param name="factor">c.</param>
        /// <remarks>
        /// Shapes: any → the same.
        /// Backward: dx = c·dy.
        /// </remarks>
        public Tensor<T> Scale(double factor) => new ScaleOp<T>(x, factor).Apply();
    }
}

internal sealed class ScaleOp<T>(Tensor<T> x, double factor) : UnaryOp<T, ScaleFunction>(x, new ScaleFunction(factor))
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => $"{FormulaText.Of(factor)}·{{0}}";

    protected override string Slope => FormulaText.Of(factor);
}

internal readonly struct ScaleFunction(double factor) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => V.All(factor) * x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.All(factor);
}
