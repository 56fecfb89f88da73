using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The larger of two, element by element.</summary>
public static class MaximumOperation
{
    extension<T>(Tensor<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The larger of two elements, y = max(a, b). A NaN passes on.</summary>
        /// <remarks>
        /// Shapes: equal; or one operand has just the last axes of the other, or is a single number [], and is repeated over the rest.
        /// Backward: dy goes to the larger one, to a if they are equal. A repeated operand gets the sum over its repeats.
        /// </remarks>
        /// <exception cref="ShapeException">The shapes are neither equal nor is one repeated along the other.</exception>
        public Tensor<T> Maximum(Tensor<T> b) => new MaximumOp<T>(a, b).Apply();
    }
}

internal sealed class MaximumOp<T>(Tensor<T> a, Tensor<T> b) : BinaryOp<T, MaximumFunction>(a, b, default)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => "max({0}, {1})";

    protected override string Slope(int input) => input == 0 ? "1 if {0} ≥ {1}, else 0" : "1 if {0} < {1}, else 0";

    protected override bool Chooses => true;
}

internal readonly struct MaximumFunction : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V a, V b) where V : struct, ILanes<V> => V.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V DerivativeA<V>(V a, V b, V y) where V : struct, ILanes<V> => V.Select(First(a, b), V.All(1), V.All(0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V DerivativeB<V>(V a, V b, V y) where V : struct, ILanes<V> => V.Select(First(a, b), V.All(0), V.All(1));

    // Where a is not a number it is what came out; where only b is not, b is.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V First<V>(V a, V b) where V : struct, ILanes<V> => V.Select(V.Equal(a, a), a >= b, V.AllBits(-1));
}
