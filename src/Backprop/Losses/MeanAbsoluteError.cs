using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Losses
{
    internal sealed class MeanAbsoluteErrorOp<T>(Tensor<T> prediction, Tensor<T> target, Reduction reduction)
        : ElementLossOp<T, AbsoluteError>(prediction, target, default, reduction) where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Reduction reduction = reduction;

        protected override string OfOne => "|{1} − {0}|";

        protected override string Slope(int input) => input == 0 ? "sign({0} − {1})" : "sign({1} − {0})";

        public override Tensor<T> Unfold(IReadOnlyList<Tensor<T>> inputs)
        {
            var sizes = (inputs[1] - inputs[0]).Abs();
            return reduction == Reduction.Mean ? sizes.Mean() : sizes.Sum();
        }
    }

    internal readonly struct AbsoluteError : IElementLoss
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<V>(V p, V t) where V : struct, ILanes<V> => V.Abs(t - p);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V ByPrediction<V>(V p, V t) where V : struct, ILanes<V> => Sign(p - t);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V ByTarget<V>(V p, V t) where V : struct, ILanes<V> => Sign(t - p);

        // A NaN is no sign, and passes on.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V Sign<V>(V x) where V : struct, ILanes<V> => V.Select(x > V.All(0), V.All(1), V.Select(x < V.All(0), V.All(-1), x));
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <summary>The mean of the absolute errors, L = 1/n·Σ |y − ŷ| over all n elements: less moved by outliers than squares.</summary>
        /// <param name="prediction">ŷ.</param>
        /// <param name="target">y, of the same shape.</param>
        /// <param name="reduction">Mean, or Sum for Σ |y − ŷ|.</param>
        /// <remarks>
        /// Shapes: equal → a single number [].
        /// Backward: dŷ = sign(ŷ − y)/n, 0 where they are equal, dy = −dŷ; without n for Sum.
        /// Source: Willmott, Matsuura, Advantages of the mean absolute error (2005), equation 2.
        /// </remarks>
        /// <exception cref="Tensors.ShapeException">The shapes differ, or the mean is over no element.</exception>
        public static Tensors.Tensor<T> MeanAbsoluteError(
            Tensors.Tensor<T> prediction, Tensors.Tensor<T> target, Losses.Reduction reduction = Losses.Reduction.Mean) =>
            new Losses.MeanAbsoluteErrorOp<T>(prediction, target, reduction).Apply();
    }
}
