using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The scaled exponential linear unit.</summary>
public static class SeluOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The scaled exponential linear unit, y = λ·x above 0 and λα·(eˣ − 1) below, with λ = 1.0507… and α = 1.6733…: what comes in with mean 0 and
        /// deviation 1 goes out so, layer after layer. A NaN passes on.</summary>
        /// <remarks>
        /// Shapes: any → the same.
        /// Backward: dx = λ·dy where x > 0, else dy·(y + λα).
        /// Source: Klambauer, Unterthiner, Mayr, Hochreiter, Self-Normalizing Neural Networks (2017), equation 14.
        /// </remarks>
        public Tensor<T> Selu() => new SeluOp<T>(x).Apply();
    }
}

internal sealed class SeluOp<T>(Tensor<T> x) : UnaryOp<T, SeluFunction>(x, default) where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => "1.0507·({0} if {0} > 0, else 1.67326·(exp({0}) − 1))";

    protected override string Slope => "1.0507 if {0} > 0, else {y} + 1.7581";
}

internal readonly struct SeluFunction : IUnary
{
    private const double Scale = 1.0507009873554804934193349852946, Alpha = 1.6732632423543772848170429916717;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => V.All(Scale) * V.Select(x > V.All(0), x, V.All(Alpha) * VectorMath.ExpMinusOne(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.Select(x <= V.All(0), y + V.All(Scale * Alpha), V.All(Scale));
}
