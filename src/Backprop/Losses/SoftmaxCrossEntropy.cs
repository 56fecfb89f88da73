using System.Numerics;
using Backprop.Kernels;
using Backprop.Operations;
using Backprop.Tensors;
using Kernel = Backprop.Kernels.Softmax;

namespace Backprop.Losses
{
    internal sealed class SoftmaxCrossEntropyOp<T>(Tensor<T> logits, Indices target, Reduction reduction) : Operation<T>(logits)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private Tensor<T> softmax = null!;
        private Tensor<T> losses = null!;

        private int Classes => logits.Shape[^1];

        private int Samples => target.Shape.Elements;

        private bool Divides => reduction == Reduction.Mean && Samples > 1;

        private T Divisor => Divides ? T.CreateTruncating(Samples) : T.One;

        private string Division => Divides ? $" / {Samples}" : "";

        public override Indices Indices => target;

        public override string Formula => $"{(Samples == 1 ? "" : "Σ ")}−log softmax({{0}})[class]{Division}";

        public override string GradientFormula(int input) => $"{{dy}} · (softmax({{0}}) − [1 at the class]){Division}";

        protected override Shape InferShape()
        {
            RowsOfClasses.Check(Name, "logits", logits.Shape, target.Shape, reduction);
            return [];
        }

        protected internal override void Validate() => target.Check(Name, Classes);

        protected override void Prepare()
        {
            softmax = Keep("softmax", logits.Shape);
            losses = Keep("losses", target.Shape);
        }

        protected override void Forward()
        {
            int use = Work.ForElements(logits.Length), length = Work.PartLength(Samples, use);
            WorkPool.Shared.Run(new Rows(this, length), (Samples + length - 1) / length, use);
            Result[0] = Reduce.Sum<T>(losses.Values) / Divisor;
        }

        /// <summary>The samples in parts: each row is independent of the others.</summary>
        private readonly struct Rows(SoftmaxCrossEntropyOp<T> op, int length) : IParts
        {
            public void Run(int part, int worker)
            {
                var x = op.Inputs[0].Values;
                var p = Write(op.softmax);
                var each = Write(op.losses);
                var classes = op.Indices.Values;
                for (int n = part * length; n < Math.Min((part + 1) * length, each.Length); n++)
                {
                    var row = x.Slice(n * op.Classes, op.Classes);
                    T logSum = Kernel.Forward(row, p.Slice(n * op.Classes, op.Classes), out T largest);
                    each[n] = logSum - (row[classes[n]] - largest);   // −log softmax = log Σ exp(x − largest) − (x[class] − largest)
                }
            }
        }

        protected override void Backward()
        {
            if (!Wants(0)) return;
            var dx = GradientOf(0);
            var classes = target.Values;
            T factor = OutputGradient[0] / Divisor;
            Elementwise.Scale(factor, softmax.Values, dx, Accumulate(0), Work);                         // dx (+)= dL/N·softmax
            for (int n = 0; n < classes.Length; n++) dx[n * Classes + classes[n]] -= factor;        // dx[class] −= dL/N
        }

        public override IEnumerable<Term<T>> Terms(int input, int index)
        {
            bool isClass = index % Classes == target.Values[index / Classes];
            var slope = isClass ? Factor.Number("softmax − 1", softmax.Values[index] - T.One) : Factor.Of(softmax, index);
            var gradient = Factor.GradientOf(Output, 0);
            yield return Divides
                ? new Term<T>(gradient, Factor.Number($"1/{Samples}", T.One / Divisor), slope)
                : new Term<T>(gradient, slope);
        }

        internal override string GradientWithNumbers(int input, int index, Func<T, string> number)
        {
            string p = number(softmax.Values[index]);
            return "{dy} · " + (index % Classes == target.Values[index / Classes] ? $"({p} − 1)" : p) + Division;
        }

        public override string WithNumbers(int index, Func<T, string> number)
        {
            if (Samples == 0) return "0";
            string sum = Sum(Samples, n => $"log {number(softmax.Values[n * Classes + target.Values[n]])}");
            return (Samples == 1 ? $"−{sum}" : $"−({sum})") + Division;
        }

        public override Tensor<T> Unfold(IReadOnlyList<Tensor<T>> inputs)
        {
            var logShares = -inputs[0].LogSoftmax().Pick(target);
            return reduction == Reduction.Mean ? logShares.Mean() : logShares.Sum();
        }
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <summary>The cross-entropy of classes, L = 1/N·Σ −log softmax(x)[class]: logits in, one class per sample.</summary>
        /// <param name="logits">x, the scores before any softmax.</param>
        /// <param name="target">The right classes, from 0.</param>
        /// <param name="reduction">Mean over samples and time, or Sum.</param>
        /// <param name="classWeights">w, [C], 0 or more; all classes count alike if left out.</param>
        /// <param name="labelSmoothing">ε, 0 up to but not including 1: the target is 1 − ε at the class, and ε/C at each; 0.1 is usual.</param>
        /// <param name="ignoredClass">A class, also one that does not exist such as −1, whose samples do not count.</param>
        /// <param name="mask">m, of the target's shape, 0 or more: 1 counts, 0 is padding, and nothing of it changes any number.</param>
        /// <remarks>
        /// <para>Shapes: x [N, C] with target [N], or x [N, T, C] with target [N, T] → a single number [].</para>
        /// <para>Backward: dx = (softmax(x) − 1 at the class)/N; without N for Sum. Keeps the softmax and the loss of each sample.
        /// Exact for logits of any size; a logit of −∞ is a class that cannot be.</para>
        /// <para>In full: L = Σ m·((1 − ε)·w_class·−log p_class + ε/C·Σ_c w_c·−log p_c), divided for the mean by Σ m·w_class over what counts, as in PyTorch.
        /// dx = m/W·(p·Σ t − t) with t = (1 − ε)·w at the class, plus ε/C·w_c at each. Weights and mask are constants.</para>
        /// <para>Source: Goodfellow, Bengio, Courville, Deep Learning (2016), §6.2.2.3; for the smoothing Szegedy et al., Rethinking the Inception
        /// Architecture (2016), §7.</para>
        /// </remarks>
        /// <exception cref="Tensors.ShapeException">The shapes do not fit, or the mean is over no sample.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A class is outside 0 … C − 1, with its position; or a weight or the smoothing is out of range.</exception>
        /// <exception cref="ArgumentException">The mean is wanted, and nothing counts.</exception>
        public static Tensors.Tensor<T> SoftmaxCrossEntropy(
            Tensors.Tensor<T> logits, Tensors.Indices target, Losses.Reduction reduction = Losses.Reduction.Mean, Tensors.Tensor<T>? classWeights = null,
            double labelSmoothing = 0, int? ignoredClass = null, Tensors.Tensor<T>? mask = null)
        {
            ArgumentNullException.ThrowIfNull(target);
            if (labelSmoothing is not (>= 0 and < 1))
                throw new ArgumentOutOfRangeException(nameof(labelSmoothing), FormattableString.Invariant(
                    $"SoftmaxCrossEntropy: labelSmoothing {labelSmoothing} came; it is 0 (none) up to but not including 1, usually 0.1."));
            bool allCountAlike = classWeights is null && mask is null && labelSmoothing == 0 && ignoredClass is null;
            return allCountAlike ? new Losses.SoftmaxCrossEntropyOp<T>(logits, target, reduction).Apply()
                : new Losses.WeightedSoftmaxCrossEntropyOp<T>(
                    logits, target, new(Constant(classWeights), Constant(mask), labelSmoothing, ignoredClass), reduction).Apply();

            static Tensors.Tensor<T>? Constant(Tensors.Tensor<T>? tensor) => tensor is { WantsGradient: true } ? Operations.DetachOperation.Detach(tensor) : tensor;
        }
    }
}
