using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>Values kept within bounds.</summary>
public static class ClipOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Values kept within bounds, y = min(max(x, low), high). A NaN passes on.</summary>
        /// <param name="low">The lower bound; −∞ for none.</param>
        /// <param name="high">The upper bound, at least <paramref name="low"/>; ∞ for none.</param>
        /// <remarks>
        /// Shapes: any → the same.
        /// Backward: dx = dy from low to high, bounds included; 0 outside.
        /// </remarks>
        /// <exception cref="ArgumentException">The bounds are the wrong way round, or one is not a number.</exception>
        public Tensor<T> Clip(double low, double high)
        {
            if (!(low <= high))
                throw new ArgumentException(
                    $"Clip: the bounds {FormulaText.Of(low)} and {FormulaText.Of(high)} came; " +
                    "the lower one goes first and must not be above the upper.");
            return new ClipOp<T>(x, low, high).Apply();
        }
    }
}

internal sealed class ClipOp<T>(Tensor<T> x, double low, double high) : UnaryOp<T, ClipFunction>(x, new ClipFunction(low, high))
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => $"min(max({{0}}, {FormulaText.Of(low)}), {FormulaText.Of(high)})";

    protected override string Slope => $"1 if {FormulaText.Of(low)} ≤ {{0}} ≤ {FormulaText.Of(high)}, else 0";

    protected override string Flat => "outside the bounds, {0}";
}

internal readonly struct ClipFunction(double low, double high) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => V.Min(V.Max(x, V.All(low)), V.All(high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.Select((x < V.All(low)) | (x > V.All(high)), V.All(0), V.All(1));
}
