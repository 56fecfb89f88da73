using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The leaky rectifier.</summary>
public static class LeakyReluOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The leaky rectifier, y = x above 0 and slope·x below. A NaN passes on.</summary>
        /// <param name="slope">The slope below 0, usually small; 0.01 is the usual one.</param>
        /// <remarks>
        /// Shapes: any → the same.
        /// Backward: dx = dy where x > 0, else slope·dy, also at the kink x = 0.
        /// Source: Maas, Hannun, Ng, Rectifier Nonlinearities Improve Neural Network Acoustic Models (2013).
        /// </remarks>
        public Tensor<T> LeakyRelu(double slope = 0.01) => new LeakyReluOp<T>(x, slope).Apply();
    }
}

internal sealed class LeakyReluOp<T>(Tensor<T> x, double slope) : UnaryOp<T, LeakyReluFunction>(x, new LeakyReluFunction(slope))
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => $"max(0, {{0}}) + {FormulaText.Of(slope)}·min(0, {{0}})";

    protected override string Slope => $"1 if {{0}} > 0, else {FormulaText.Of(slope)}";
}

internal readonly struct LeakyReluFunction(double slope) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => V.Select(x > V.All(0), x, V.All(slope) * x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.Select(x <= V.All(0), V.All(slope), V.All(1));
}
