using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Losses
{
    internal sealed class HalfSquaredErrorOp<T>(Tensor<T> prediction, Tensor<T> target, Reduction reduction)
        : ElementLossOp<T, HalfSquaredError>(prediction, target, default, reduction) where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Reduction reduction = reduction;

        protected override string OfOne => "½({1} − {0})²";

        protected override string Slope(int input) => input == 0 ? "−({1} − {0})" : "{1} − {0}";

        public override Tensor<T> Unfold(IReadOnlyList<Tensor<T>> inputs)
        {
            var halves = (inputs[1] - inputs[0]).Square().Scale(0.5);
            return reduction == Reduction.Mean ? halves.Mean() : halves.Sum();
        }
    }

    internal readonly struct HalfSquaredError : IElementLoss
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<V>(V p, V t) where V : struct, ILanes<V> => V.All(0.5) * (t - p) * (t - p);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V ByPrediction<V>(V p, V t) where V : struct, ILanes<V> => p - t;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V ByTarget<V>(V p, V t) where V : struct, ILanes<V> => t - p;
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <summary>Half the sum of the squared errors, L = ½·Σ (y − ŷ)² over all elements: its gradient has no factor 2.</summary>
        /// <param name="prediction">ŷ.</param>
        /// <param name="target">y, of the same shape.</param>
        /// <param name="reduction">Sum, or Mean for the sum divided by the number of elements.</param>
        /// <remarks>
        /// Shapes: equal → a single number [].
        /// Backward: dŷ = −(y − ŷ), dy = y − ŷ; divided by the number of elements for Mean.
        /// Source: Rumelhart, Hinton, Williams, Learning representations by back-propagating errors (1986), equation 3.
        /// </remarks>
        /// <exception cref="Tensors.ShapeException">The shapes differ, or the mean is over no element.</exception>
        public static Tensors.Tensor<T> HalfSquaredError(
            Tensors.Tensor<T> prediction, Tensors.Tensor<T> target, Losses.Reduction reduction = Losses.Reduction.Sum) =>
            new Losses.HalfSquaredErrorOp<T>(prediction, target, reduction).Apply();
    }
}
