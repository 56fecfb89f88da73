using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Losses
{
    internal sealed class HuberOp<T>(Tensor<T> prediction, Tensor<T> target, double delta, Reduction reduction)
        : ElementLossOp<T, HuberError>(prediction, target, new HuberError(delta), reduction) where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly double delta = delta;
        private readonly Reduction reduction = reduction;

        protected override string OfOne => "huber({1} − {0})";

        protected override string Slope(int input) =>
            $"clip({(input == 0 ? "{0} − {1}" : "{1} − {0}")}, ±{FormulaText.Of(delta)})";

        public override Tensor<T> Unfold(IReadOnlyList<Tensor<T>> inputs)
        {
            var size = (inputs[1] - inputs[0]).Abs();
            var inner = size.Clip(0, delta);
            var losses = inner * (size - inner.Scale(0.5));
            return reduction == Reduction.Mean ? losses.Mean() : losses.Sum();
        }
    }

    /// <summary>q·(a − ½·q) with a = |t − p| and q = min(a, δ): ½·a² up to δ, then a straight line.</summary>
    internal readonly struct HuberError(double delta) : IElementLoss
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<V>(V p, V t) where V : struct, ILanes<V>
        {
            V size = V.Abs(t - p), inner = V.Min(size, V.All(delta));
            return inner * V.Fma(V.All(-0.5), inner, size);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V ByPrediction<V>(V p, V t) where V : struct, ILanes<V> => Clipped(p - t);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V ByTarget<V>(V p, V t) where V : struct, ILanes<V> => Clipped(t - p);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private V Clipped<V>(V x) where V : struct, ILanes<V> => V.Max(V.Min(x, V.All(delta)), V.All(-delta));
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <summary>Huber's loss: ½·(y − ŷ)² for errors up to δ, and δ·(|y − ŷ| − ½·δ) for larger ones, so that outliers pull no harder than δ.</summary>
        /// <param name="prediction">ŷ.</param>
        /// <param name="target">y, of the same shape.</param>
        /// <param name="delta">δ, in the unit of the target, finite and above 0.</param>
        /// <param name="reduction">Mean over all elements, or Sum.</param>
        /// <remarks>
        /// Shapes: equal → a single number [].
        /// Backward: dŷ = (ŷ − y cut at ±δ)/n, dy = −dŷ; without n for Sum.
        /// Source: Huber, Robust Estimation of a Location Parameter (1964), §3.
        /// </remarks>
        /// <exception cref="Tensors.ShapeException">The shapes differ, or the mean is over no element.</exception>
        /// <exception cref="ArgumentOutOfRangeException">δ is not a finite number above 0.</exception>
        public static Tensors.Tensor<T> Huber(
            Tensors.Tensor<T> prediction, Tensors.Tensor<T> target, double delta = 1, Losses.Reduction reduction = Losses.Reduction.Mean)
        {
            if (!(delta > 0 && double.IsFinite(delta)))
                throw new ArgumentOutOfRangeException(nameof(delta), FormattableString.Invariant($"Huber: delta {delta} came; it is a finite number above 0, usually 1."));
            return new Losses.HuberOp<T>(prediction, target, delta, reduction).Apply();
        }
    }
}
