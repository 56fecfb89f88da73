using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Losses
{
    internal sealed class KullbackLeiblerOp<T>(Tensor<T> logPrediction, Tensor<T> target, Reduction reduction)
        : ElementLossOp<T, KullbackLeibler>(logPrediction, target, default, reduction) where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Tensor<T> target = target;

        /// <summary>A divergence is that of a whole row.</summary>
        protected override int Count => target.Shape.Product(0, Math.Max(0, target.Shape.Rank - 1));

        protected override string OfOne => "{1}·(log({1}) − {0})";

        protected override string Slope(int input) => input == 0 ? "−{1}" : "log({1}) − {0} + 1";

        protected internal override void Validate() => CheckRange(target, "target", "it is a probability");
    }

    /// <summary>t·(log t − p), 0 where t is 0; no logarithm counts below −100.</summary>
    internal readonly struct KullbackLeibler : IElementLoss
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<V>(V p, V t) where V : struct, ILanes<V> => V.Select(V.Equal(t, V.All(0)), V.All(0), t * (LogOf(t) - p));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V ByPrediction<V>(V p, V t) where V : struct, ILanes<V> => -t;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V ByTarget<V>(V p, V t) where V : struct, ILanes<V> => LogOf(t) - p + V.All(1);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V LogOf<V>(V t) where V : struct, ILanes<V> => V.Max(VectorMath.Log(t), V.All(-100));
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <summary>The Kullback–Leibler divergence of predicted distributions from given ones, L = 1/N·Σ t·(log t − log p).</summary>
        /// <param name="logPrediction">log p, as LogSoftmax gives it.</param>
        /// <param name="target">t, of the same shape: probabilities, a distribution along the last axis.</param>
        /// <param name="reduction">Mean over the distributions (all axes but the last), or Sum.</param>
        /// <remarks>
        /// Shapes: equal → a single number [].
        /// Backward: dlog p = −t/N, dt = (log t − log p + 1)/N; without N for Sum.
        /// PyTorch calls this mean batchmean; its own mean divides by the number of classes as well.
        /// Source: Kullback, Leibler, On Information and Sufficiency (1951), equation 2.4.
        /// </remarks>
        /// <exception cref="Tensors.ShapeException">The shapes differ, or the mean is over no distribution.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A target is outside 0 … 1, at the recording.</exception>
        public static Tensors.Tensor<T> KullbackLeibler(
            Tensors.Tensor<T> logPrediction, Tensors.Tensor<T> target, Losses.Reduction reduction = Losses.Reduction.Mean) =>
            new Losses.KullbackLeiblerOp<T>(logPrediction, target, reduction).Apply();
    }
}
