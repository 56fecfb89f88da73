using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The sum of two tensors.</summary>
public static class AddOperation
{
    extension<T>(Tensor<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The sum, y = a + b. Written a + b in programs.</summary>
        /// <remarks>
        /// Shapes: equal; or one operand has just the last axes of the other, or is a single number [], and is repeated over the rest.
        /// Backward: da = dy, db = dy. A repeated operand gets the sum over its repeats.
        /// </remarks>
        /// <exception cref="ShapeException">The shapes are neither equal nor is one repeated along the other.</exception>
        public Tensor<T> Add(Tensor<T> b) => new AddOp<T>(a, b).Apply();
    }

    extension<T>(Tensor<T>) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Add{T}(Tensor{T}, Tensor{T})"/>
        public static Tensor<T> operator +(Tensor<T> a, Tensor<T> b) => a.Add(b);

        /// <summary>A number added to every element.</summary>
        public static Tensor<T> operator +(Tensor<T> a, double b) => a.Add(Nn<T>.Filled([], T.CreateTruncating(b)));

        /// <summary>A number added to every element.</summary>
        public static Tensor<T> operator +(double a, Tensor<T> b) => Nn<T>.Filled([], T.CreateTruncating(a)).Add(b);
    }
}

internal sealed class AddOp<T>(Tensor<T> a, Tensor<T> b) : BinaryOp<T, AddFunction>(a, b, default)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => "{0} + {1}";

    protected override string Slope(int input) => "";
}

internal readonly struct AddFunction : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V a, V b) where V : struct, ILanes<V> => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V DerivativeA<V>(V a, V b, V y) where V : struct, ILanes<V> => V.All(1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V DerivativeB<V>(V a, V b, V y) where V : struct, ILanes<V> => V.All(1);
}
