using System.Globalization;
using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Losses
{
    /// <summary>The cross-entropy of yes and no, with a weight for yes: out of softplus, which overflows nowhere.</summary>
    internal static class WeightedBinaryCrossEntropy
    {
        private const string Name = "BinaryCrossEntropyWithLogits";

        /// <summary>(1 − y)·log(1 + eˣ) + w·y·log(1 + e⁻ˣ), their mean or sum.</summary>
        public static Tensor<T> Of<T>(Tensor<T> logits, Tensor<T> target, Tensor<T> positiveWeight, Reduction reduction)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            ArgumentNullException.ThrowIfNull(logits);
            ArgumentNullException.ThrowIfNull(target);
            ArgumentNullException.ThrowIfNull(positiveWeight);
            if (logits.Shape != target.Shape)
                throw new ShapeException(Name, $"prediction {logits.Shape} and target {target.Shape} need equal shapes", logits.Shape, target.Shape);
            if (!logits.Shape.EndsWith(positiveWeight.Shape))
                throw new ShapeException(
                    Name, $"the positive weight {positiveWeight.Shape} came; logits {logits.Shape} need one number [] or one for each output, the last axes of theirs",
                    logits.Shape, positiveWeight.Shape);
            if (logits.Length == 0 && reduction == Reduction.Mean)
                throw new ShapeException(Name, $"the mean over an empty batch {logits.Shape} has no value; leave empty batches out", logits.Shape);
            CheckTargets(target);
            var losses = (1 - target) * logits.Softplus() + target * positiveWeight * (-logits).Softplus();
            return reduction == Reduction.Mean ? losses.Mean() : losses.Sum();
        }

        private static void CheckTargets<T>(Tensor<T> target) where T : unmanaged, IFloatingPointIeee754<T>
        {
            var values = target.Values;
            for (int i = 0; i < values.Length; i++)
                if (values[i] < T.Zero || values[i] > T.One)
                    throw new ArgumentOutOfRangeException(null, string.Create(
                        CultureInfo.InvariantCulture, $"{Name}: target {values[i]:G6} at {target.Shape.Position(i)} is outside 0 … 1; classes are 0 and 1"));
        }
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <summary>The cross-entropy of yes and no on logits, in which yes counts by a weight: L = 1/n·Σ ((1 − y)·log(1 + eˣ) + w·y·log(1 + e⁻ˣ)).</summary>
        /// <param name="logits">x, the scores before any Sigmoid.</param>
        /// <param name="target">y, of the same shape; 0, 1 or between them.</param>
        /// <param name="positiveWeight">w, one number [], or one for each output, such as [C]: the number of noes over the number of yeses makes both count
        /// alike.</param>
        /// <param name="reduction">Mean over all elements, or Sum.</param>
        /// <remarks>
        /// Shapes: x and y equal → a single number []. The mean divides by the number of elements, as in PyTorch.
        /// Several steps of the tape: Softplus on both sides, products, and the mean. Exact for logits of any size.
        /// </remarks>
        /// <exception cref="Tensors.ShapeException">The shapes do not fit, or the mean is over no element.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A target is outside 0 … 1, at the recording.</exception>
        public static Tensors.Tensor<T> BinaryCrossEntropyWithLogits(
            Tensors.Tensor<T> logits, Tensors.Tensor<T> target, Tensors.Tensor<T> positiveWeight, Losses.Reduction reduction = Losses.Reduction.Mean) =>
            Losses.WeightedBinaryCrossEntropy.Of(logits, target, positiveWeight, reduction);
    }
}
