using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>A constant power.</summary>
public static class PowerOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>A constant power, y = xᵖ.</summary>
        /// <param name="exponent">p. Unless it is whole, a negative x gives NaN.</param>
        /// <remarks>
        /// Shapes: any → the same.
        /// Backward: dx = dy·p·xᵖ⁻¹.
        /// </remarks>
        public Tensor<T> Power(double exponent) => new PowerOp<T>(x, exponent).Apply();
    }
}

internal sealed class PowerOp<T>(Tensor<T> x, double exponent) : UnaryOp<T, PowerFunction>(x, new PowerFunction(exponent))
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => $"{{0}}^{FormulaText.Of(exponent)}";

    protected override string Slope => $"{FormulaText.Of(exponent)}·{{0}}^{FormulaText.Of(exponent - 1)}";
}

internal readonly struct PowerFunction(double exponent) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => VectorMath.Power(x, exponent);

    // x⁰ is the constant 1 also at x = 0, where 0·x⁻¹ would be NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> =>
        V.All(exponent) * VectorMath.Power(x, exponent == 0 ? 0 : exponent - 1);
}
