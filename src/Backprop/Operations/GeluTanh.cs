using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The Gaussian error linear unit, approximated by a hyperbolic tangent.</summary>
public static class GeluTanhOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The Gaussian error linear unit with its normal distribution approximated, y = ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))): at most 0.0005 from Gelu,
        /// and what some published networks were trained with.</summary>
        /// <remarks>
        /// Shapes: any → the same.
        /// Backward, with t the tanh: dx = dy·½·(1 + t + x·(1 − t²)·√(2/π)·(1 + 0.134145·x²)).
        /// Source: Hendrycks, Gimpel, Gaussian Error Linear Units (2016), §2.
        /// </remarks>
        public Tensor<T> GeluTanh() => new GeluTanhOp<T>(x).Apply();
    }
}

internal sealed class GeluTanhOp<T>(Tensor<T> x) : UnaryOp<T, GeluTanhFunction>(x, default) where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => "½·{0}·(1 + tanh(√(2/π)·({0} + 0.044715·{0}³)))";

    protected override string Slope => "½(1 + t + {0}(1 − t²)·√(2/π)·(1 + 0.134145·{0}²)), t = tanh(√(2/π)·({0} + 0.044715·{0}³))";
}

internal readonly struct GeluTanhFunction : IUnary
{
    private const double Root = 0.79788456080286536, Cubic = 0.044715;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => V.All(0.5) * x * (V.All(1) + TanhOf(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V>
    {
        // Where the tanh is ±1 its slope is 0, and x² must not overflow there: 0·∞ would be NaN.
        V bounded = V.Min(V.Max(x, V.All(-30)), V.All(30)), t = TanhOf(bounded);
        V inner = V.All(Root) * V.Fma(V.All(3 * Cubic) * bounded, bounded, V.All(1));
        return V.All(0.5) * V.Fma(bounded * V.Fma(-t, t, V.All(1)), inner, V.All(1) + t);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V TanhOf<V>(V x) where V : struct, ILanes<V> => VectorMath.Tanh(V.All(Root) * V.Fma(V.All(Cubic) * x * x, x, x));
}
