using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The difference of two tensors.</summary>
public static class SubtractOperation
{
    extension<T>(Tensor<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The difference, y = a − b. Written a - b in programs.</summary>
        /// <remarks>
        /// Shapes: equal; or one operand has just the last axes of the other, or is a single number [], and is repeated over the rest.
        /// Backward: da = dy, db = −dy. A repeated operand gets the sum over its repeats.
        /// </remarks>
        /// <exception cref="ShapeException">The shapes are neither equal nor is one repeated along the other.</exception>
        public Tensor<T> Subtract(Tensor<T> b) => new SubtractOp<T>(a, b).Apply();
    }

    extension<T>(Tensor<T>) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Subtract{T}(Tensor{T}, Tensor{T})"/>
        public static Tensor<T> operator -(Tensor<T> a, Tensor<T> b) => a.Subtract(b);

        /// <summary>Every element less a number.</summary>
        public static Tensor<T> operator -(Tensor<T> a, double b) => a.Subtract(Nn<T>.Filled([], T.CreateTruncating(b)));

        /// <summary>A number less every element.</summary>
        public static Tensor<T> operator -(double a, Tensor<T> b) => Nn<T>.Filled([], T.CreateTruncating(a)).Subtract(b);
    }
}

internal sealed class SubtractOp<T>(Tensor<T> a, Tensor<T> b) : BinaryOp<T, SubtractFunction>(a, b, default)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => "{0} − {1}";

    protected override string Slope(int input) => input == 0 ? "" : "−1";
}

internal readonly struct SubtractFunction : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V a, V b) where V : struct, ILanes<V> => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V DerivativeA<V>(V a, V b, V y) where V : struct, ILanes<V> => V.All(1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V DerivativeB<V>(V a, V b, V y) where V : struct, ILanes<V> => V.All(-1);
}
