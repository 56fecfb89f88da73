using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Losses
{
    internal sealed class BinaryCrossEntropyOp<T>(Tensor<T> prediction, Tensor<T> target, Reduction reduction)
        : ElementLossOp<T, BinaryCrossEntropy>(prediction, target, default, reduction) where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Tensor<T> prediction = prediction;
        private readonly Tensor<T> target = target;
        private readonly Reduction reduction = reduction;

        protected override string OfOne => "−({1}·log({0}) + (1 − {1})·log(1 − {0}))";

        protected override string Slope(int input) => input == 0 ? "({0} − {1})/({0}(1 − {0}))" : "log(1 − {0}) − log({0})";

        protected internal override void Validate()
        {
            CheckRange(prediction, "prediction", "it is a probability: is the Sigmoid missing, or is BinaryCrossEntropyWithLogits meant?");
            CheckRange(target, "target", "classes are 0 and 1");
        }

        public override Tensor<T> Unfold(IReadOnlyList<Tensor<T>> inputs)
        {
            Tensor<T> p = inputs[0], y = inputs[1];
            var losses = -(y * LogOf(p) + (1 - y) * LogOf(1 - p));
            return reduction == Reduction.Mean ? losses.Mean() : losses.Sum();

            static Tensor<T> LogOf(Tensor<T> x) => x.Log().Clip(BinaryCrossEntropy.SmallestLog, 0);
        }
    }

    /// <summary>−(t·log p + (1 − t)·log(1 − p)), no logarithm counted below −100.</summary>
    internal readonly struct BinaryCrossEntropy : IElementLoss
    {
        public const double SmallestLog = -100;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<V>(V p, V t) where V : struct, ILanes<V> => -V.Fma(t, LogOf(p), (V.All(1) - t) * LogOfRest(p));

        // p(1 − p) is 0 in the corners alone, where PyTorch takes 10⁻¹² (as a float, also in double). Elsewhere it is exact, so that the
        // slope of a saturated sigmoid cancels it; below the normal numbers the quotient could overflow.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V ByPrediction<V>(V p, V t) where V : struct, ILanes<V>
        {
            V product = p * (V.All(1) - p);
            V smallest = V.All(V.IsDouble ? 2.2250738585072014e-308 : 1.1754943508222875e-38);
            return (p - t) / V.Select(V.Equal(product, V.All(0)), V.All(1e-12f), V.Max(product, smallest));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V ByTarget<V>(V p, V t) where V : struct, ILanes<V> => LogOfRest(p) - LogOf(p);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V LogOf<V>(V p) where V : struct, ILanes<V> => V.Max(VectorMath.Log(p), V.All(SmallestLog));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V LogOfRest<V>(V p) where V : struct, ILanes<V> => V.Max(VectorMath.LogOnePlus(-p), V.All(SmallestLog));
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <summary>The cross-entropy of yes and no on probabilities, L = 1/n·Σ −(y·log p + (1 − y)·log(1 − p)).</summary>
        /// <param name="prediction">p, probabilities from 0 to 1, as a Sigmoid gives them.</param>
        /// <param name="target">y, of the same shape; 0, 1 or between them.</param>
        /// <param name="reduction">Mean over all elements, or Sum.</param>
        /// <remarks>
        /// Shapes: equal → a single number [].
        /// Backward: dp = (p − y)/(p(1 − p))/n, dy = (log(1 − p) − log p)/n; without n for Sum.
        /// As in PyTorch no logarithm counts below −100, and in dp of exactly 0 and 1 p(1 − p) counts as 10⁻¹², so that both give numbers.
        /// BinaryCrossEntropyWithLogits needs no such bounds, and learns from a prediction that is certain and wrong.
        /// Source: Goodfellow, Bengio, Courville, Deep Learning (2016), §6.2.2.2.
        /// </remarks>
        /// <exception cref="Tensors.ShapeException">The shapes differ, or the mean is over no element.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A prediction or a target is outside 0 … 1, at the recording.</exception>
        public static Tensors.Tensor<T> BinaryCrossEntropy(
            Tensors.Tensor<T> prediction, Tensors.Tensor<T> target, Losses.Reduction reduction = Losses.Reduction.Mean) =>
            new Losses.BinaryCrossEntropyOp<T>(prediction, target, reduction).Apply();
    }
}
