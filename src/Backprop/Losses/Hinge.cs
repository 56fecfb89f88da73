using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Losses
{
    internal sealed class HingeOp<T>(Tensor<T> score, Tensor<T> target, Reduction reduction)
        : ElementLossOp<T, HingeLoss>(score, target, default, reduction) where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Tensor<T> target = target;
        private readonly Reduction reduction = reduction;

        protected override string OfOne => "max(0, 1 − {1}·{0})";

        protected override string Slope(int input) => input == 0 ? "−{1} if {1}·{0} < 1, else 0" : "−{0} if {1}·{0} < 1, else 0";

        protected internal override void Validate()
        {
            var values = target.Values;
            for (int i = 0; i < values.Length; i++)
                if (T.Abs(values[i]) != T.One && !T.IsNaN(values[i]))
                    throw new ArgumentOutOfRangeException(
                        null, FormattableString.Invariant($"Hinge: target {values[i]:G6} at {target.Shape.Position(i)} is neither 1 nor -1; 2·t − 1 makes these of 0 and 1"));
        }

        public override Tensor<T> Unfold(IReadOnlyList<Tensor<T>> inputs)
        {
            var losses = (1 - inputs[1] * inputs[0]).Relu();
            return reduction == Reduction.Mean ? losses.Mean() : losses.Sum();
        }
    }

    internal readonly struct HingeLoss : IElementLoss
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<V>(V p, V t) where V : struct, ILanes<V> => V.Max(V.All(1) - t * p, V.All(0));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V ByPrediction<V>(V p, V t) where V : struct, ILanes<V> => V.Select(t * p < V.All(1), -t, V.All(0));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V ByTarget<V>(V p, V t) where V : struct, ILanes<V> => V.Select(t * p < V.All(1), -p, V.All(0));
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <summary>The hinge loss of yes and no, L = 1/n·Σ max(0, 1 − y·s): nothing for a score that is right by a margin of 1.</summary>
        /// <param name="score">s, any numbers; their sign is the answer.</param>
        /// <param name="target">y, of the same shape; 1 for yes, −1 for no.</param>
        /// <param name="reduction">Mean over all elements, or Sum.</param>
        /// <remarks>
        /// Shapes: equal → a single number [].
        /// Backward: ds = −y/n where y·s &lt; 1, else 0; without n for Sum.
        /// Source: Cortes, Vapnik, Support-Vector Networks (1995). For several classes see MultiClassHinge.
        /// </remarks>
        /// <exception cref="Tensors.ShapeException">The shapes differ, or the mean is over no element.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A target is neither 1 nor −1, at the recording.</exception>
        public static Tensors.Tensor<T> Hinge(
            Tensors.Tensor<T> score, Tensors.Tensor<T> target, Losses.Reduction reduction = Losses.Reduction.Mean) =>
            new Losses.HingeOp<T>(score, target, reduction).Apply();
    }
}
