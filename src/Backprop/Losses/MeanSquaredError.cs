using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Losses
{
    internal sealed class MeanSquaredErrorOp<T>(Tensor<T> prediction, Tensor<T> target, Reduction reduction)
        : ElementLossOp<T, SquaredError>(prediction, target, default, reduction) where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Reduction reduction = reduction;

        protected override string OfOne => "({1} − {0})²";

        protected override string Slope(int input) => input == 0 ? "−2({1} − {0})" : "2({1} − {0})";

        public override Tensor<T> Unfold(IReadOnlyList<Tensor<T>> inputs)
        {
            var squares = (inputs[1] - inputs[0]).Square();
            return reduction == Reduction.Mean ? squares.Mean() : squares.Sum();
        }
    }

    internal readonly struct SquaredError : IElementLoss
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<V>(V p, V t) where V : struct, ILanes<V> => (t - p) * (t - p);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V ByPrediction<V>(V p, V t) where V : struct, ILanes<V> => V.All(-2) * (t - p);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V ByTarget<V>(V p, V t) where V : struct, ILanes<V> => V.All(2) * (t - p);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <summary>The mean of the squared errors, L = 1/n·Σ (y − ŷ)² over all n elements.</summary>
        /// <param name="prediction">ŷ.</param>
        /// <param name="target">y, of the same shape.</param>
        /// <param name="reduction">Mean, or Sum for Σ (y − ŷ)².</param>
        /// <remarks>
        /// Shapes: equal → a single number [].
        /// Backward: dŷ = −2(y − ŷ)/n, dy = 2(y − ŷ)/n; without n for Sum.
        /// Source: Goodfellow, Bengio, Courville, Deep Learning (2016), §5.1.4.
        /// </remarks>
        /// <exception cref="Tensors.ShapeException">The shapes differ, or the mean is over no element.</exception>
        public static Tensors.Tensor<T> MeanSquaredError(
            Tensors.Tensor<T> prediction, Tensors.Tensor<T> target, Losses.Reduction reduction = Losses.Reduction.Mean) =>
            new Losses.MeanSquaredErrorOp<T>(prediction, target, reduction).Apply();
    }
}
