using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Losses
{
    internal sealed class BinaryCrossEntropyWithLogitsOp<T>(Tensor<T> logits, Tensor<T> target, Reduction reduction)
        : ElementLossOp<T, BinaryCrossEntropyWithLogits>(logits, target, default, reduction) where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Tensor<T> logits = logits;
        private readonly Tensor<T> target = target;
        private readonly Reduction reduction = reduction;
        private Tensor<T> probabilities = null!;

        protected override string OfOne => "log(1 + exp({0})) − {1}·{0}";

        protected override string Slope(int input) => input == 0 ? "σ({0}) − {1}" : "−{0}";

        protected internal override void Validate() => CheckRange(target, "target", "classes are 0 and 1");

        protected override void Prepare() => probabilities = Keep("sigmoid", logits.Shape);

        protected override void Forward()
        {
            base.Forward();
            Elementwise.Map(default(SigmoidFunction), logits.Values, Write(probabilities), Work);
        }

        public override Tensor<T> Unfold(IReadOnlyList<Tensor<T>> inputs) =>
            Nn<T>.BinaryCrossEntropy(inputs[0].Sigmoid(), inputs[1], reduction);
    }

    /// <summary>log(1 + eˣ) − t·x, without overflow: |x|·w + log(1 + e^−|x|), w = 1 − t above 0 and t below.</summary>
    internal readonly struct BinaryCrossEntropyWithLogits : IElementLoss
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<V>(V x, V t) where V : struct, ILanes<V>
        {
            V size = V.Abs(x), w = V.Select(x < V.All(0), t, V.All(1) - t);
            // An infinite logit on the right side costs nothing; ∞·0 would be NaN.
            return V.Select(V.Equal(w, V.All(0)), V.All(0), size * w) + VectorMath.LogOnePlus(VectorMath.Exp(-size));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V ByPrediction<V>(V x, V t) where V : struct, ILanes<V> => VectorMath.Sigmoid(x) - t;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V ByTarget<V>(V x, V t) where V : struct, ILanes<V> => -x;
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <summary>The cross-entropy of yes and no on logits, L = 1/n·Σ (log(1 + eˣ) − y·x).</summary>
        /// <param name="logits">x, the scores before any Sigmoid.</param>
        /// <param name="target">y, of the same shape; 0, 1 or between them.</param>
        /// <param name="reduction">Mean over all elements, or Sum.</param>
        /// <remarks>
        /// Shapes: equal → a single number [].
        /// Backward: dx = (σ(x) − y)/n, dy = −x/n; without n for Sum. Keeps the sigmoid.
        /// Exact for logits of any size.
        /// Source: Goodfellow, Bengio, Courville, Deep Learning (2016), §6.2.2.2.
        /// </remarks>
        /// <exception cref="Tensors.ShapeException">The shapes differ, or the mean is over no element.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A target is outside 0 … 1, at the recording.</exception>
        public static Tensors.Tensor<T> BinaryCrossEntropyWithLogits(
            Tensors.Tensor<T> logits, Tensors.Tensor<T> target, Losses.Reduction reduction = Losses.Reduction.Mean) =>
            new Losses.BinaryCrossEntropyWithLogitsOp<T>(logits, target, reduction).Apply();
    }
}
