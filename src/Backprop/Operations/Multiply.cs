using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The product of two tensors, element by element.</summary>
public static class MultiplyOperation
{
    extension<T>(Tensor<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The product of elements, y = a·b. Written a * b in programs; the matrix product is MatMul.</summary>
        /// <remarks>
        /// Shapes: equal; or one operand has just the last axes of the other, or is a single number [], and is repeated over the rest.
        /// Backward: da = dy·b, db = dy·a. A repeated operand gets the sum over its repeats.
        /// </remarks>
        /// <exception cref="ShapeException">The shapes are neither equal nor is one repeated along the other.</exception>
        public Tensor<T> Multiply(Tensor<T> b) => new MultiplyOp<T>(a, b).Apply();
    }

    extension<T>(Tensor<T>) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Multiply{T}(Tensor{T}, Tensor{T})"/>
        public static Tensor<T> operator *(Tensor<T> a, Tensor<T> b) => a.Multiply(b);

        /// <summary>A multiple of every element, as Scale.</summary>
        public static Tensor<T> operator *(Tensor<T> a, double b) => a.Scale(b);

        /// <summary>A multiple of every element, as Scale.</summary>
        public static Tensor<T> operator *(double a, Tensor<T> b) => b.Scale(a);
    }
}

internal sealed class MultiplyOp<T>(Tensor<T> a, Tensor<T> b) : BinaryOp<T, MultiplyFunction>(a, b, default)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => "{0} · {1}";

    protected override string Slope(int input) => input == 0 ? "{1}" : "{0}";
}

internal readonly struct MultiplyFunction : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V a, V b) where V : struct, ILanes<V> => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V DerivativeA<V>(V a, V b, V y) where V : struct, ILanes<V> => b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V DerivativeB<V>(V a, V b, V y) where V : struct, ILanes<V> => a;
}
